import datetime

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialekaart_plugin.directory.actions import confirm_record
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.discovery.models import FacetValue, SearchEntry
from socialekaart_plugin.discovery.search import (
    MAX_OFFSET,
    FacetOption,
    SearchRequest,
    facet_options,
    search,
)
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import RecordKind
from tests.factories import ActivityFactory, OrganisationFactory, PlaceFactory, ThemeFactory, at

pytestmark = pytest.mark.django_db


def names(text="", **request):
    return [payload["name"] for payload in search(SearchRequest(text=text, **request)).payloads]


def test_without_a_question_everything_is_listed_by_name(town):
    assert names() == ["Atletiekvereniging Één", "Bureau Budget", "Cursus rondkomen"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("budget", ["Bureau Budget", "Cursus rondkomen"]),
        ("budget formulieren", ["Bureau Budget"]),
        ("formulieren budget", ["Bureau Budget"]),
        ("budget hardlopen", []),
        ("BUDGET", ["Bureau Budget", "Cursus rondkomen"]),
        ("een", ["Atletiekvereniging Één"]),
        ("één", ["Atletiekvereniging Één"]),
        ("géldzaken", ["Bureau Budget"]),
        ("schuldhulp", ["Bureau Budget"]),
        ("knip", ["Bureau Budget"]),
        ("  budget,  formulieren! ", ["Bureau Budget"]),
        ("nergens", []),
        ("?!", ["Atletiekvereniging Één", "Bureau Budget", "Cursus rondkomen"]),
        ("%", ["Atletiekvereniging Één", "Bureau Budget", "Cursus rondkomen"]),
        ("bud_et", []),
    ],
)
def test_a_record_is_found_when_all_words_occur(town, text, found):
    assert names(text) == found


def test_a_private_word_finds_nothing():
    OrganisationFactory(public=True, name="Openbaar", description="<p>geheimwoord</p>")
    OrganisationFactory(name="Nog een concept")
    assert names("geheimwoord") == []
    assert names("concept") == []


def test_what_begins_with_the_words_comes_before_what_holds_them():
    for name, summary in [
        ("Stichting Taalcafé", "x"),
        ("Zwaluw", "Het taalcafé op maandag."),
        ("Andere", "Het taalcafé op dinsdag."),
        ("Taalcafé Oost", "x"),
        ("Taalcafé", "x"),
    ]:
        OrganisationFactory(public=True, name=name, summary=summary)
    assert names("taalcafe") == [
        "Taalcafé",
        "Taalcafé Oost",
        "Stichting Taalcafé",
        "Andere",
        "Zwaluw",
    ]
    assert names("taalcafe", sort="name") == [
        "Andere",
        "Stichting Taalcafé",
        "Taalcafé",
        "Taalcafé Oost",
        "Zwaluw",
    ]
    assert names("taalcafe", sort="-name") == names("taalcafe", sort="name")[::-1]


def test_one_kind_may_be_asked_for(town):
    assert names(kinds=(RecordKind.ACTIVITY,)) == ["Cursus rondkomen"]
    assert names(kinds=(RecordKind.ORGANISATION,)) == ["Atletiekvereniging Één", "Bureau Budget"]
    assert len(names(kinds=(RecordKind.ORGANISATION, RecordKind.ACTIVITY))) == 3


def test_places_and_themes_are_not_found_by_themselves(town):
    assert names("Buurthuis") == []
    assert names(kinds=(RecordKind.PLACE,)) == []


def test_a_wider_theme_finds_what_stands_below_it(town):
    assert names(facets={"theme": ("geld",)}) == ["Bureau Budget", "Cursus rondkomen"]
    assert names(facets={"theme": ("schulden",)}) == ["Bureau Budget"]


def test_a_wider_area_finds_what_lies_in_it(town):
    assert len(names(facets={"area": ("stad",)})) == 3
    assert names(facets={"area": ("centrum",)}) == ["Bureau Budget"]


def test_an_organisation_finds_its_activities(town):
    assert names(facets={"organisation": (town.bureau.slug,)}) == ["Cursus rondkomen"]


def test_within_a_facet_any_value_will_do_and_between_facets_all_must(town):
    assert len(names(facets={"theme": ("schulden", "sport")})) == 2
    assert names(facets={"theme": ("schulden", "sport"), "area": ("oost",)}) == [
        "Atletiekvereniging Één"
    ]
    assert names("hardlopen", facets={"theme": ("geld",)}) == []
    assert len(names(facets={"theme": ()})) == 3
    assert names(facets={"theme": ("bestaat-niet",)}) == []


def test_the_total_counts_every_record_once_whatever_matches(town):
    results = search(SearchRequest(facets={"theme": ("geld", "schulden")}, limit=1))
    assert (results.total, len(results.payloads)) == (2, 1)


def test_a_facet_that_does_not_exist_is_an_error(town):
    with pytest.raises(LookupError):
        search(SearchRequest(facets={"colour": ("green",)}))
    with pytest.raises(LookupError):
        facet_options(["colour"], audience=Audience.PUBLIC)


def test_a_place_for_referrers_is_no_way_for_the_public_to_find_a_record(town):
    course = ActivityFactory(
        public=True,
        name="Stil spreekuur",
        organisation=town.bureau,
        sessions=[at(town.for_referrers)],
    )
    by_area = {"area": ("oost",)}
    assert course.name not in names(facets=by_area)
    assert course.name in names(facets=by_area, audience=Audience.REFERRER)


def test_each_audience_gets_its_own_payload(town):
    def places(audience):
        (payload,) = search(SearchRequest(text="rondkomen", audience=audience)).payloads
        return [place["name"] for place in payload["places"]]

    assert places(Audience.PUBLIC) == ["Sporthal"]
    assert places(Audience.REFERRER) == ["Sporthal", "Spreekkamer"]


def test_nothing_can_be_found_for_colleagues(town):
    assert names(audience=Audience.INTERNAL) == []


def test_pages_hold_every_record_once_also_when_names_are_the_same():
    for _number in range(7):
        OrganisationFactory(public=True, name="Dezelfde naam")
    for sort in ("name", "-name", "relevance"):
        for text in ("", "naam"):
            pages = [
                search(SearchRequest(text=text, sort=sort, offset=offset, limit=3)).payloads
                for offset in (0, 3, 6)
            ]
            found = [payload["uuid"] for page in pages for payload in page]
            assert (len(found), len(set(found))) == (7, 7)


@pytest.mark.parametrize("offset", [3, 10**6, MAX_OFFSET + 1, 10**12, 10**30])
def test_beyond_the_last_record_there_is_nothing_and_the_total_stays_right(town, offset):
    results = search(SearchRequest(offset=offset))
    assert (results.total, results.payloads) == (3, [])


def test_a_limit_of_nothing_only_counts(town, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert search(SearchRequest(limit=0)).total == 3


def test_a_record_reads_as_it_does_today(town, time_machine):
    time_machine.move_to("2026-01-02 12:00Z")
    confirm_record(
        record=town.club, on=datetime.date(2026, 1, 2), channel=VerificationChannel.PHONE
    )
    for moment, state in [("2026-12-31 12:00Z", "fresh"), ("2027-01-02 12:00Z", "due")]:
        time_machine.move_to(moment)
        (payload,) = search(SearchRequest(text="atletiek")).payloads
        assert payload["upkeep"]["state"] == state


@pytest.mark.parametrize("number", [1, 40])
def test_a_search_is_two_queries_whatever_it_finds(number, django_assert_num_queries):
    theme = ThemeFactory()
    for index in range(number):
        OrganisationFactory(
            public=True,
            name=f"Groep {index}",
            themes=[theme],
            tags=["a", "b"],
            visiting_place=PlaceFactory() if index < 3 else None,
        )
    request = SearchRequest(text="groep", facets={"theme": (theme.slug,)}, limit=40)
    with django_assert_num_queries(2):
        results = search(request)
    assert len(results.payloads) == number
    with django_assert_num_queries(1):
        facet_options(["theme", "area"], audience=Audience.PUBLIC)


def test_a_visitor_is_offered_the_values_in_use_as_a_tree_in_its_order(town):
    ThemeFactory(name="Ongebruikt")
    ThemeFactory(name="Alleen een concept")
    options = facet_options(["theme"], audience=Audience.PUBLIC)
    assert options == {
        "theme": [
            FacetOption("sport", "Sport", 0),
            FacetOption("geld", "Geld", 0),
            FacetOption("schulden", "Schulden", 1),
        ]
    }


def test_a_wider_theme_is_offered_for_what_stands_below_it():
    wide = ThemeFactory(name="Geld")
    OrganisationFactory(public=True, themes=[ThemeFactory(name="Schulden", parent=wide)])
    options = facet_options(["theme"], audience=Audience.PUBLIC)
    assert [option.name for option in options["theme"]] == ["Geld", "Schulden"]


def test_a_visitor_is_offered_districts_only(town):
    options = facet_options(["area"], audience=Audience.PUBLIC)
    assert [option.name for option in options["area"]] == ["Centrum", "Oost"]


def test_a_facet_without_values_is_offered_empty(db):
    assert facet_options(["theme", "area"], audience=Audience.PUBLIC) == {"theme": [], "area": []}


def test_a_district_with_places_for_referrers_only_is_offered_to_referrers_only(town):
    town.course.sessions = [at(town.for_referrers)]
    town.course.save()
    town.club.visiting_place = None
    town.club.save()

    def offered(audience):
        return [o.name for o in facet_options(["area"], audience=audience)["area"]]

    assert offered(Audience.PUBLIC) == ["Centrum"]
    assert offered(Audience.REFERRER) == ["Centrum", "Oost"]


any_text = st.text(max_size=300) | st.lists(
    st.sampled_from(
        ["budget", "%", "_", "\\", "'", '"', "\0", "*", "(", "NEAR", "\u202e", "😀", " "]
    )
).map("".join)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    text=any_text,
    value=any_text.filter(lambda value: "\0" not in value),
    sort=st.sampled_from(["relevance", "name", "-name"]),
    offset=st.integers(0, 10**40),
    audience=st.sampled_from(list(Audience)[:2]),
)
def test_any_question_has_an_answer(town, text, value, sort, offset, audience):
    search(
        SearchRequest(
            text=text, facets={"theme": (value,)}, sort=sort, offset=offset, audience=audience
        )
    )
    results = search(SearchRequest(text=text, sort=sort, offset=offset, audience=audience))
    assert 0 <= results.total <= 3


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=st.text(min_size=1, max_size=160).filter(lambda n: n.strip() and "\0" not in n))
def test_every_record_is_found_by_its_own_name(db, name):
    organisation = OrganisationFactory(public=True, name=name)
    found = search(SearchRequest(text=name[:40])).payloads
    assert organisation.name in [payload["name"] for payload in found]
    organisation.delete()


def test_rebuilding_the_gate_leaves_search_as_it_was(town):
    def entries():
        return (
            sorted(SearchEntry.objects.values_list("record__uuid", "audience", "name", "text")),
            sorted(FacetValue.objects.values_list("entry__name", "facet", "value")),
        )

    before = entries()
    call_command("rebuild_public_records")
    assert entries() == before
