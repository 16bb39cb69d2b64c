import datetime

import pytest

from socialekaart_plugin.directory.actions import confirm_record
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.discovery.search import (
    MAX_OFFSET,
    FacetOption,
    Near,
    SearchRequest,
    UnknownPostcode,
    search,
)
from socialekaart_plugin.foundation.audiences import Audience
from tests.factories import ActivityFactory, PlaceFactory, ThemeFactory, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("each_engine")]

EVERYTHING = ["Atletiekvereniging Één", "Bureau Budget", "Cursus rondkomen"]


def names(text="", **request):
    return [payload["name"] for payload in search(SearchRequest(text=text, **request)).payloads]


def options(*facets, **request):
    found = search(SearchRequest(counted=facets, limit=0, **request)).options
    return {facet: [(o.name, o.count) for o in of_it] for facet, of_it in found.items()}


def test_without_a_question_everything_is_listed_by_name(town):
    assert names() == EVERYTHING


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("budget formulieren", ["Bureau Budget"]),
        ("formulieren budget", ["Bureau Budget"]),
        ("BUDGET formulier", ["Bureau Budget"]),
        ("formulieren hardlopen", []),
        ("hardlopen", ["Atletiekvereniging Één"]),
        ("één", ["Atletiekvereniging Één"]),
        ("een", ["Atletiekvereniging Één"]),
        ("schuldhulp formulieren", ["Bureau Budget"]),
        ("knip", ["Bureau Budget"]),
        ("  budget,  formulieren! ", ["Bureau Budget"]),
        ('"samen hardlopen"', ["Atletiekvereniging Één"]),
        ('"hardlopen samen"', []),
        ("nergens zo", []),
        ("?!", EVERYTHING),
        ("%", EVERYTHING),
        ("form_lieren", []),
    ],
)
def test_a_record_is_found_when_all_words_occur(town, text, found):
    assert names(text) == found


def test_places_and_themes_are_not_found_by_themselves(town):
    PlaceFactory(name="Leegstaand")
    ThemeFactory(name="Ongebruikt")
    assert names("leegstaand") == names("ongebruikt") == []
    assert names(facets={"kind": ("place",)}) == []


def test_within_a_facet_any_value_will_do_and_between_facets_all_must(town):
    assert len(names(facets={"theme": ("schulden", "sport")})) == 2
    assert names(facets={"theme": ("schulden", "sport"), "area": ("oost",)}) == [
        "Atletiekvereniging Één"
    ]
    assert names("hardlopen", facets={"theme": ("geld",)}) == []
    assert names(facets={"theme": ()}) == EVERYTHING
    assert names(facets={"theme": ("bestaat-niet",)}) == []


def test_a_facet_that_does_not_exist_is_an_error(town):
    for request in (SearchRequest(facets={"colour": ("red",)}), SearchRequest(counted=("colour",))):
        with pytest.raises(LookupError):
            search(request)


def test_a_place_for_referrers_is_no_way_for_the_public_to_find_a_record(town):
    ActivityFactory(
        public=True, name="Stil", organisation=town.bureau, sessions=[at(town.for_referrers)]
    )
    for asked in ({"facets": {"area": ("oost",)}}, {"near": Near(52.06, 4.53, 50)}):
        assert "Stil" not in names(**asked)
        assert "Stil" in names(**asked, audience=Audience.REFERRER)


def test_a_name_for_referrers_is_not_corrected_suggested_or_counted_for_the_public(town):
    request = SearchRequest(text="spreekkamre", counted=("area",))
    assert search(request).corrections == ()
    referrer = SearchRequest(text="spreekkamre", audience=Audience.REFERRER)
    assert [c.corrected for c in search(referrer).corrections] == ["spreekkamer"]


def test_each_audience_gets_its_own_payload(town):
    def places(audience):
        (payload,) = search(SearchRequest(text="rondkomen", audience=audience)).payloads
        return [place["name"] for place in payload["places"]]

    assert places(Audience.PUBLIC) == ["Sporthal"]
    assert places(Audience.REFERRER) == ["Sporthal", "Spreekkamer"]


def test_nothing_can_be_found_for_colleagues(town):
    assert names(audience=Audience.INTERNAL) == names("budget", audience=Audience.INTERNAL) == []


@pytest.mark.parametrize("offset", [3, 10**6, MAX_OFFSET + 1, 10**9, 10**30])
def test_beyond_the_last_record_there_is_nothing_and_the_total_stays_right(town, offset):
    results = search(SearchRequest(offset=offset))
    assert (results.total, results.payloads) == (3, [])


def test_a_negative_page_is_the_first(town):
    assert names(offset=-5) == EVERYTHING
    assert names(limit=-5) == []


def test_a_record_reads_as_it_does_today(town, time_machine):
    time_machine.move_to("2026-01-02 12:00Z")
    confirm_record(
        record=town.club, on=datetime.date(2026, 1, 2), channel=VerificationChannel.PHONE
    )
    for moment, state in [("2026-12-31 12:00Z", "fresh"), ("2027-01-02 12:00Z", "due")]:
        time_machine.move_to(moment)
        (payload,) = search(SearchRequest(text="atletiekvereniging")).payloads
        assert payload["upkeep"]["state"] == state


def test_a_visitor_is_offered_the_values_in_use_as_a_tree_in_its_order(town):
    ThemeFactory(name="Ongebruikt")
    found = search(SearchRequest(counted=("theme",), facets={"theme": ("schulden",)}))
    assert found.options == {
        "theme": [
            FacetOption("sport", "Sport", 0, 1, False),
            FacetOption("geld", "Geld", 0, 2, False),
            FacetOption("schulden", "Schulden", 1, 1, True),
        ]
    }


def test_what_was_chosen_stays_offered_when_it_finds_nothing(town):
    found = search(SearchRequest(counted=("theme",), facets={"theme": ("weg",)}))
    assert FacetOption("weg", "weg", 0, 0, True) in found.options["theme"]


def test_a_visitor_is_offered_districts_only(town):
    assert options("area") == {"area": [("Centrum", 1), ("Oost", 2)]}


def test_a_district_with_places_for_referrers_only_is_offered_to_referrers_only(town):
    town.course.sessions = [at(town.for_referrers)]
    town.course.save()
    town.club.visiting_place = None
    town.club.save()
    assert options("area") == {"area": [("Centrum", 1)]}
    assert options("area", audience=Audience.REFERRER) == {"area": [("Centrum", 1), ("Oost", 1)]}


def test_an_organisation_is_named_when_its_activities_are_followed(town):
    found = search(SearchRequest(counted=("organisation",), facets={"organisation": ("x\0", "é")}))
    assert [o.name for o in found.options["organisation"]] == ["x\0", "é"]
    found = search(
        SearchRequest(counted=("organisation",), facets={"organisation": (town.bureau.slug,)})
    )
    assert [o.name for o in found.options["organisation"]] == ["Bureau Budget"]


@pytest.mark.parametrize("postcode", ["9999 XX", "0000", "hier", "2711 SS", "\0", "2" * 10_000])
def test_a_postcode_that_nobody_knows_is_an_error(town, postcode):
    with pytest.raises(UnknownPostcode):
        search(SearchRequest(postcode=postcode))


def test_a_point_goes_before_a_postcode_and_takes_the_radius_asked(town):
    near = search(SearchRequest(near=Near(52.0, 4.4), postcode="9999XX", radius=500)).near
    assert near == Near(52.0, 4.4, 500)


@pytest.mark.parametrize("radius", [0, -1, -(10**9)])
def test_within_no_distance_there_is_nobody(town, radius):
    assert names(near=Near(52.06, 4.49, radius)) == []
    assert names(near=Near(52.06, 4.49), radius=radius) == []
