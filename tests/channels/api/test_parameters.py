import datetime

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.api.v2.utils import BadRequestError

from socialekaart_plugin.channels.api.parameters import search_request, selected_fields
from socialekaart_plugin.discovery.search import Near, SearchRequest
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import RecordKind
from tests.factories import OrganisationFactory


def read(query):
    return search_request(
        QueryDict(query), kind=RecordKind.ORGANISATION, audience=Audience.REFERRER
    )


def test_no_parameters_ask_for_the_first_page_of_that_kind():
    assert read("") == SearchRequest(
        facets={"kind": ("organisation",)}, limit=20, audience=Audience.REFERRER
    )


def test_every_parameter_is_read():
    asked = (
        "search=taal&theme=a,b&theme=c&area=oost&organisation=x&cost=free&order=-name&offset=5"
        "&limit=7&postcode=2711 AB&near=52.06,-4.5&radius=750.5&day=friday,monday&part=evening"
        "&date=2026-11-23&open_now=true&age=12&verified_since=2026-01-01&facets=theme,cost"
        "&times=false&exact=true&explain=1"
    )
    assert read(asked) == SearchRequest(
        text="taal",
        facets={
            "kind": ("organisation",),
            "theme": ("a", "b", "c"),
            "area": ("oost",),
            "cost": ("free",),
            "organisation": ("x",),
        },
        postcode="2711 AB",
        near=Near(52.06, -4.5),
        radius=750.5,
        weekdays=(4, 0),
        parts=("evening",),
        dates=(datetime.date(2026, 11, 23),),
        open_now=True,
        age=12,
        verified_since=datetime.date(2026, 1, 1),
        sort="-name",
        offset=5,
        limit=7,
        audience=Audience.REFERRER,
        counted=("theme", "cost"),
        read_times=False,
        correct=False,
        explain=True,
    )


def test_all_facets_are_counted_by_a_star_but_the_kind_that_is_the_endpoint():
    counted = read("facets=*").counted
    assert {"theme", "area", "tag", "weekday", "help_question", "language"} <= set(counted)
    assert not {"kind", "organisation"} & set(counted)


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
        ("kind=activity", "not an operation or a recognised field: kind"),
        ("slot=monday-evening", "not an operation or a recognised field: slot"),
        ("facets=colour", "unknown facets: colour"),
        ("facets=theme,kind", "unknown facets: kind"),
        ("facets=organisation", "unknown facets: organisation"),
        ("facets=", "unknown facets"),
        ("postcode=", "postcode must be"),
        ("postcode=0123AB", "postcode must be"),
        ("postcode=2711AB%0A", "postcode must be"),
        ("postcode=2711%00", "postcode must be"),
        ("near=52", "near must be"),
        ("near=52,4,1", "near must be"),
        ("near=91,4", "near must be"),
        ("near=52,181", "near must be"),
        ("near=nan,nan", "near must be"),
        ("near=1e999,4", "near must be"),
        ("near=٥٢,4", "near must be"),
        ("radius=500", "radius needs near or postcode"),
        ("near=52,4&radius=0", "radius must be in metres"),
        ("near=52,4&radius=-1", "radius must be in metres"),
        ("near=52,4&radius=100001", "radius must be in metres"),
        ("near=52,4&radius=inf", "radius must be in metres"),
        ("near=52,4&radius=" + "9" * 5000, "radius must be in metres"),
        ("order=distance", "order=distance needs near or postcode"),
        ("day=maandag", "day must be one or more of monday"),
        ("day=", "day must be"),
        ("part=night", "part must be one or more of morning"),
        ("date=2026-02-30", "date must be a date"),
        ("date=20261123", "date must be a date"),
        ("date=" + ",".join(f"2026-01-{day:02}" for day in range(1, 32)) + ",2026-02-01", "most"),
        ("verified_since=yesterday", "verified_since must be a date"),
        ("verified_since=2026-01-01,2026-01-02", "at most 1"),
        ("age=-1", "age must be"),
        ("age=121", "age must be"),
        ("age=x", "age must be"),
        ("open_now=yes", "open_now must be true or false"),
        ("explain=", "explain must be true or false"),
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
        st.sampled_from(
            [
                "limit",
                "offset",
                "order",
                "search",
                "theme",
                "area",
                "fields",
                "postcode",
                "near",
                "radius",
                "day",
                "part",
                "date",
                "age",
                "open_now",
                "verified_since",
                "facets",
            ]
        )
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
    assert request.radius is None or 0 < request.radius <= 100_000
    assert len(request.dates) <= 31


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
