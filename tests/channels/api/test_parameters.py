import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.api.v2.utils import BadRequestError

from socialekaart_plugin.channels.api.parameters import search_request, selected_fields
from socialekaart_plugin.discovery.search import SearchRequest
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import RecordKind
from tests.factories import OrganisationFactory


def read(query):
    return search_request(
        QueryDict(query), kind=RecordKind.ORGANISATION, audience=Audience.REFERRER
    )


def test_no_parameters_ask_for_the_first_page_of_that_kind():
    assert read("") == SearchRequest(
        kinds=(RecordKind.ORGANISATION,), limit=20, audience=Audience.REFERRER
    )


def test_every_parameter_is_read():
    asked = "search=taal&theme=a,b&theme=c&area=oost&organisation=x&order=-name&offset=5&limit=7"
    assert read(asked) == SearchRequest(
        text="taal",
        kinds=(RecordKind.ORGANISATION,),
        facets={"theme": ("a", "b", "c"), "area": ("oost",), "organisation": ("x",)},
        sort="-name",
        offset=5,
        limit=7,
        audience=Audience.REFERRER,
    )


def test_what_wagtail_lets_pass_is_let_pass():
    assert read("_=1&format=json&fields=*") == read("")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("nonsense=1", "not an operation or a recognised field: nonsense"),
        ("b=1&a=1", "not an operation or a recognised field: a, b"),
        ("limit=x", "limit must be a positive integer"),
        ("limit=-1", "limit must be a positive integer"),
        ("limit=", "limit must be a positive integer"),
        ("limit=5%0A", "limit must be a positive integer"),
        ("limit=²", "limit must be a positive integer"),
        ("limit=٣", "limit must be a positive integer"),
        ("limit=21", "limit cannot be higher than 20"),
        ("offset=1.5", "offset must be a positive integer"),
        ("offset=" + "9" * 30, "offset must be a positive integer"),
        ("order=id", "cannot order by this"),
        ("order=random", "cannot order by this"),
        ("order=", "cannot order by this"),
        ("search=" + "a" * 201, "200 characters or fewer"),
        ("search=a%00b", "NUL"),
        ("theme=", "theme must be a slug"),
        ("theme=a,,b", "theme must be a slug"),
        ("theme=a%0A", "theme must be a slug"),
        ("theme=a b", "theme must be a slug"),
        ("area=" + "a" * 121, "area must be a slug"),
        ("theme=" + ",".join(["a"] * 51), "at most 50"),
        ("theme=%00", "theme must be a slug"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(query, message):
    with pytest.raises(BadRequestError) as refused:
        read(query)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("limit_max", "asked", "given"),
    [(None, "limit=5000", 5000), (10, "", 10), (100, "", 20), (100, "limit=100", 100)],
)
def test_the_limit_is_the_one_of_wagtails_api(settings, limit_max, asked, given):
    settings.WAGTAILAPI_LIMIT_MAX = limit_max
    assert read(asked).limit == given


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    names=st.lists(
        st.sampled_from(["limit", "offset", "order", "search", "theme", "area", "fields"])
        | st.text(max_size=5),
        max_size=4,
    ),
    values=st.lists(st.text(max_size=250) | st.integers().map(str), min_size=4, max_size=4),
)
def test_any_parameters_are_a_bounded_request_or_refused(names, values):
    query = QueryDict(mutable=True)
    for name, value in zip(names, values, strict=False):
        query.appendlist(name, value)
    try:
        request = search_request(query, kind=RecordKind.ACTIVITY, audience=Audience.PUBLIC)
    except BadRequestError:
        return
    assert 0 <= request.limit <= 20
    assert 0 <= request.offset <= 1_000_000
    assert len(request.text) <= 200


KNOWN, DEFAULT = ("name", "summary", "tags"), ("name", "summary")


@pytest.mark.parametrize(
    ("value", "chosen"),
    [
        ("", DEFAULT),
        ("tags", KNOWN),
        ("*", KNOWN),
        ("_", ()),
        ("_,tags,name", ("name", "tags")),
        ("-summary", ("name",)),
        ("*,-summary", ("name", "tags")),
        ("-summary,tags", ("name", "tags")),
        ("id,meta", DEFAULT),
    ],
)
def test_fields_are_chosen_as_in_wagtails_api(value, chosen):
    assert selected_fields(value, known=KNOWN, default=DEFAULT) == chosen


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("colour", "unknown fields: colour"),
        ("-colour", "unknown fields: colour"),
        ("verified_by_name", "unknown fields: verified_by_name"),
        ("name,*", "must be in the first position"),
        ("-*", "cannot be negated"),
        ("tags(name)", "nested"),
        ("name,,tags", "unexpected char"),
        ("(", "unexpected char"),
        ("name tags", "unexpected"),
    ],
)
def test_fields_that_are_unknown_or_unreadable_are_refused(value, message):
    with pytest.raises(BadRequestError) as refused:
        selected_fields(value, known=KNOWN, default=DEFAULT)
    assert message in str(refused.value)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(value=st.text(alphabet="*_-,() name\0é", max_size=20) | st.text(max_size=20))
def test_any_fields_are_known_ones_or_refused(value):
    try:
        chosen = selected_fields(value, known=KNOWN, default=DEFAULT)
    except BadRequestError:
        return
    assert set(chosen) <= set(KNOWN)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "",
        "limit=0",
        "limit=20",
        "limit=21",
        "limit=-1",
        "limit=x",
        "limit=",
        "limit=1000000000",
        "offset=0",
        "offset=-1",
        "offset=x",
        "offset=1000000000",
        "fields=*",
        "fields=_",
        "fields=nonsense",
        "fields=-nonsense",
        "fields=*,*",
        "fields=(",
        "fields=",
        "nonsense=1",
        "nonsense=1&other=2",
        "_=1",
        "search=",
    ],
)
def test_an_answer_has_the_status_and_the_words_of_wagtails_own_endpoints(client, query):
    OrganisationFactory(public=True)
    ours = client.get(f"/api/v2/organisations/?{query}")
    theirs = client.get(f"/api/v2/pages/?{query}")
    assert ours.status_code == theirs.status_code
    assert ours.json().get("message") == theirs.json().get("message")
    assert set(ours.json()) == set(theirs.json())
