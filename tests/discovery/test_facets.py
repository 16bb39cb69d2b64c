import datetime

import pytest

from socialekaart_plugin.discovery.facets import (
    DAYS,
    FACETS,
    INTERNAL,
    VALUE,
    facet_values,
    tag_labels,
)
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import Place
from socialekaart_plugin.publication.public_record import build_payload, sources_of
from socialekaart_plugin.publication.public_record.sources import kind_of
from socialekaart_plugin.publication.rules import as_of
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    at,
)

TODAY = datetime.date(2026, 11, 23)


def payload_of(record):
    source = sources_of(kind_of(record)).get(pk=record.pk)
    payload = build_payload(source, Audience.PUBLIC)
    return payload if isinstance(record, Place) else as_of(payload, TODAY)


def values(record, facet):
    return [value for name, value in facet_values(payload_of(record)) if name == facet]


@pytest.fixture
def bare(db):
    return OrganisationFactory(themes=[])


def test_a_record_of_which_little_is_known_falls_under_little(bare):
    assert dict(facet_values(payload_of(bare))) == {
        "kind": "organisation",
        "organisation_kind": "volunteer",
        "language": "nl",
    }


def test_a_theme_brings_the_wider_ones_each_once(db):
    money = ThemeFactory(name="Geld")
    debts, saving = (ThemeFactory(name=name, parent=money) for name in ("Schulden", "Sparen"))
    record = OrganisationFactory(themes=[debts, saving])
    assert sorted(values(record, "theme")) == ["geld", "schulden", "sparen"]


def test_the_areas_of_all_places_count_the_wider_ones_too(town):
    assert values(town.club, "area") == ["stad", "oost"]
    assert values(town.course, "area") == ["stad", "oost"]


def test_practical_facts_are_values(db):
    record = ActivityFactory(
        target_groups=[TargetGroupFactory(name="Ouderen")],
        forms=["place", "online"],
        cost="by_income",
        city_pass=True,
        registration=["phone", "mail"],
        referral="needed",
        areas_served=[AreaFactory(name="Rokkeveen")],
    )
    assert values(record, "kind") == ["activity"]
    assert values(record, "organisation_kind") == []
    assert values(record, "target_group") == ["ouderen"]
    assert values(record, "form") == ["place", "online"]
    assert values(record, "cost") == ["by_income"]
    assert values(record, "city_pass") == ["yes"]
    assert values(record, "registration") == ["phone", "mail"]
    assert values(record, "referral") == ["needed"]
    assert values(record, "organisation") == [record.organisation.slug]
    assert values(record, "served") == ["rokkeveen"]


def test_whoever_names_languages_speaks_those(db):
    assert values(OrganisationFactory(languages=["ar", "nl"]), "language") == ["nl", "ar"]


def test_what_is_so_of_the_record_or_of_one_of_its_places_counts_as_accessible(db):
    place = PlaceFactory(accessibility={"wide_doors": True, "quiet_room": True})
    record = ActivityFactory(
        accessibility={"quiet_room": False, "step_free_entrance": True},
        sessions=[at(place), at(PlaceFactory(accessibility={"induction_loop": False}))],
    )
    assert sorted(values(record, "accessibility")) == [
        "quiet_room",
        "step_free_entrance",
        "wide_doors",
    ]


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("Koffie & thee", "koffie-thee"),
        ("Één ouder", "een-ouder"),
        ("wmo=2015", "wmo-2015"),
        ("язык", "язык"),
        ("x" * 500, "x" * 64),
    ],
)
def test_a_keyword_becomes_a_value_that_fits_an_address(tag, value):
    assert tag_labels({"tags": [tag]}) == {value: tag}
    assert VALUE.fullmatch(value)


def test_a_long_keyword_is_cut():
    [value] = tag_labels({"tags": [" ".join(["woord"] * 100)]})
    assert VALUE.fullmatch(value)


def test_a_keyword_without_letters_has_no_value():
    assert tag_labels({"tags": ["😀", " - "]}) == {}


@pytest.mark.parametrize(
    "tags",
    [["18", "18+", "18-", "-18"], ["C", "C++", "C#", "C+"], ["50+", "+50", "50"], ["AO", "A&O"]],
)
def test_keywords_that_differ_in_a_sign_are_values_of_their_own(tags):
    assert list(tag_labels({"tags": tags}).values()) == tags


def test_of_two_spellings_the_first_is_the_name():
    assert tag_labels({"tags": ["Café", "cafe"]}) == {"cafe": "Café"}


def test_a_postcode_is_written_together_with_its_digits_alone(db):
    record = OrganisationFactory(visiting_place=PlaceFactory(postcode="2712 ab"))
    assert (values(record, "postcode"), values(record, "pc4")) == (["2712AB"], ["2712"])


def test_a_postcode_of_elsewhere_is_none(db):
    record = OrganisationFactory(visiting_place=PlaceFactory(postcode="B-1000"))
    assert (values(record, "postcode"), values(record, "pc4")) == ([], [])


def test_a_place_has_only_what_says_where_it_is(db):
    AreaFactory()
    place = PlaceFactory(accessibility={"wide_doors": True})
    assert dict(facet_values(payload_of(place))) == {
        "kind": "place",
        "postcode": "2712AB",
        "pc4": "2712",
    }


def test_the_days_of_coming_times_are_values_and_so_are_their_parts(bare):
    slots = ("monday-morning", "monday-evening", "sunday-evening")
    found = list(facet_values(payload_of(bare), slots))
    assert [value for name, value in found if name == "weekday"] == ["monday", "sunday"]
    assert [value for name, value in found if name == "slot"] == list(slots)


def test_every_value_is_of_a_facet_that_is_known_and_fits_an_address(town):
    for record in (town.bureau, town.club, town.course, town.in_centre):
        for name, value in facet_values(payload_of(record), ("monday-morning",)):
            assert name in FACETS or name in INTERNAL
            assert VALUE.fullmatch(value)


def test_a_fixed_value_has_a_name_in_its_facet(db):
    record = ActivityFactory(
        forms=["home"], cost="free", city_pass=True, registration=["link"], referral="not_needed"
    )
    for name, value in facet_values(payload_of(record), tuple(f"{day}-morning" for day in DAYS)):
        if name in FACETS and FACETS[name].choices:
            assert FACETS[name].choices[value]


def test_every_facet_knows_where_its_names_are():
    for name, facet in FACETS.items():
        assert facet.name == name
        assert [bool(facet.choices), facet.kind is not None, facet.has_labels].count(True) == 1
    assert not set(FACETS) & set(INTERNAL)


def test_the_days_are_told_from_monday_on():
    assert list(map(str, FACETS["weekday"].choices.values()))[::6] == ["maandag", "zondag"]
    assert list(FACETS["weekday"].choices) == list(DAYS)


def test_visitors_are_offered_districts_and_no_organisations():
    area = FACETS["area"]
    kinds = ("municipality", "district", "neighbourhood")
    assert [kind for kind in kinds if area.offers({"area_kind": kind})] == ["district"]
    assert [name for name, facet in FACETS.items() if not facet.is_offered] == ["organisation"]
    assert FACETS["theme"].offers({"kind": "theme"})
