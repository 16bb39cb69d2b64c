import datetime
import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialekaart_plugin.discovery.documents import GAP, build_document, decode_times, minutes
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.language import STANDARD_COMPOUNDS, Analyzer
from socialekaart_plugin.models import OrganisationTranslation
from socialekaart_plugin.places.rules import format_point
from socialekaart_plugin.publication.public_record import build_payload, sources_of
from socialekaart_plugin.publication.public_record.sources import kind_of
from tests.factories import (
    ActivityFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    at,
    opening_hours,
    weekly,
)

NOW = datetime.datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
ANALYZER = Analyzer(frozenset(STANDARD_COMPOUNDS))


def payload_of(record, audience=Audience.PUBLIC):
    return build_payload(sources_of(kind_of(record)).get(pk=record.pk), audience)


def document(record, *, now=NOW, **changes):
    payload = {**payload_of(record), **changes}
    return build_document(payload, analyzer=ANALYZER, calendar=None, now=now)


def stems(text):
    return tuple(term.stem for term in ANALYZER.terms(text))


@pytest.fixture
def bureau(db):
    return OrganisationFactory(
        name="Bij Ons in Oost",
        alternative_names="De Knip\nHet Loket",
        summary="Hulp bij de schulden.",
        description="<p>Kom <b>gerust</b> langs.</p><p>Ook met brieven.</p>",
    )


def test_of_a_name_every_word_counts_and_elsewhere_stop_words_do_not(bureau):
    found = document(bureau)
    assert found.tokens["name"] == stems("bij ons in oost")
    assert found.tokens["other_names"] == (*stems("de knip"), GAP, *stems("het loket"))
    assert found.tokens["summary"] == stems("hulp schulden")
    assert found.name_length == 4


def test_between_paragraphs_there_is_a_gap(bureau):
    tokens = document(bureau).tokens["description"]
    assert tokens == (*stems("gerust langs"), GAP, *stems("brieven"))


def test_a_paragraph_of_stop_words_leaves_no_gap_of_its_own(bureau):
    tokens = document(bureau, description="<p>de</p><p>een</p><p>hulp</p><p>van</p>").tokens
    assert tokens["description"] == stems("hulp")


def test_what_it_is_about_for_whom_and_where_are_subjects(town):
    town.course.target_groups = [TargetGroupFactory(name="Nieuwkomers")]
    town.course.tags.add("sparen")
    town.course.save()
    named = ("Geld", "Nieuwkomers", "sparen", "Bureau Budget", "Sporthal", "Stad", "Oost")
    tokens = document(town.course).tokens["subjects"]
    assert tokens == tuple(token for name in named for token in (*stems(name), GAP))[:-1]


def test_a_wider_theme_is_a_subject_and_each_name_counts_once(db):
    wide = ThemeFactory(name="Geld")
    narrow = [ThemeFactory(name=name, parent=wide) for name in ("Schulden", "Sparen")]
    tokens = document(OrganisationFactory(themes=narrow)).tokens["subjects"]
    assert tokens == (*stems("geld"), GAP, *stems("schulden"), GAP, *stems("sparen"))


def test_translated_names_and_summaries_are_found_beside_ours(db):
    translation = OrganisationTranslation(
        language="en", name="Debt desk", summary="Help with letters."
    )
    record = OrganisationFactory(name="Loket", summary="Hulp.", translations=[translation])
    found = document(record)
    assert found.tokens["other_names"] == stems("debt desk")
    assert found.tokens["summary"][: len(stems("hulp")) + 1] == (*stems("hulp"), GAP)
    assert {"debt", "desk"} <= set(found.name_literal)
    assert "letters" in found.literal
    assert found.name_length == 1


def test_the_parts_of_compounds_stand_apart_each_once(bureau):
    found = document(bureau, summary="Schuldhulp, schuldhulpmaatje en schuldhulp.")
    expected = [p for word in ("schuldhulp", "schuldhulpmaatje") for p in ANALYZER.term(word).parts]
    assert found.parts["summary"] == tuple(dict.fromkeys(expected))
    assert {"schuld", "hulp"} <= set(found.parts["summary"])
    assert found.parts["name"] == ()


def test_words_are_kept_as_they_are_written_each_once_those_of_names_first(bureau):
    found = document(bureau, summary="Hulp bij Schulden, schulden, schúlden.")
    assert found.name_literal == ("bij", "ons", "in", "oost", "de", "knip", "het", "loket")
    assert found.literal[:8] == found.name_literal
    assert found.literal.count("schulden") == 1
    assert len(set(found.literal)) == len(found.literal)
    assert set(found.words) == {word for word in found.literal if len(word) >= 3}


def test_the_audience_decides_what_can_be_found(db):
    place = PlaceFactory(name="Spreekkamer Vlinder", audience=Audience.REFERRER)
    record = OrganisationFactory(visiting_place=place)
    by_audience = {
        audience: build_document(
            payload_of(record, audience), analyzer=ANALYZER, calendar=None, now=NOW
        )
        for audience in (Audience.PUBLIC, Audience.REFERRER)
    }
    assert "vlinder" not in by_audience[Audience.PUBLIC].literal
    assert by_audience[Audience.PUBLIC].points == ()
    assert "vlinder" in by_audience[Audience.REFERRER].literal
    assert by_audience[Audience.REFERRER].points == ((52.06, 4.49),)


def test_two_audiences_that_see_the_same_have_the_same_document(town):
    for record in (town.bureau, town.club):
        public, referrer = (
            build_document(payload_of(record, a), analyzer=ANALYZER, calendar=None, now=NOW)
            for a in (Audience.PUBLIC, Audience.REFERRER)
        )
        assert public == referrer


def test_what_is_over_has_no_document(db):
    record = ActivityFactory(valid_until=datetime.date(2026, 11, 22))
    assert document(record) is None
    assert document(record, now=NOW - datetime.timedelta(days=1)) is not None


def test_what_it_is_filtered_and_ranked_by_comes_along(db):
    record = OrganisationFactory(min_age=12, max_age=18, tags=["Koffie & thee"])
    record.verified_on = datetime.date(2026, 11, 1)
    record.save(update_fields=["verified_on"])
    found = document(record)
    assert (found.min_age, found.max_age) == (12, 18)
    assert (found.verified_on, found.upkeep) == (datetime.date(2026, 11, 1), "fresh")
    assert ("tag", "koffie-thee") in found.facets
    assert found.labels == {("tag", "koffie-thee"): "Koffie & thee"}
    late = document(record, now=NOW + datetime.timedelta(days=400))
    assert late.upkeep == "due"


def test_every_point_is_there_once(db):
    one, same = PlaceFactory(), PlaceFactory()
    other = PlaceFactory(location=format_point(52.07, 4.5))
    nowhere = PlaceFactory(location="")
    record = ActivityFactory(sessions=[at(place) for place in (one, other, same, nowhere)])
    assert document(record).points == ((52.06, 4.49), (52.07, 4.5))


def test_coming_times_give_days_and_parts_of_days(db):
    record = ActivityFactory(sessions=[at(PlaceFactory(), schedule=weekly())])
    found = document(record)
    start, _end = decode_times(found.times)[0]
    assert start == minutes(NOW.replace(day=24, hour=10, minute=0))
    assert found.times_until == datetime.date(2027, 1, 4)
    assert ("weekday", "tuesday") in found.facets
    assert ("slot", "tuesday-morning") in found.facets


def test_a_closing_that_is_announced_takes_its_times_away(db):
    record = OrganisationFactory(opening_hours=opening_hours())
    notice = {"kind": "closed", "starts_on": "2026-11-28", "ends_on": "2027-02-01", "text": ""}
    assert len(decode_times(document(record).times)) == 7
    assert len(decode_times(document(record, notices=[notice]).times)) == 1


def test_a_place_has_a_small_document(town):
    found = document(town.in_centre)
    assert found.tokens["name"] == stems("buurthuis")
    assert found.tokens["subjects"] == (*stems("stad"), GAP, *stems("centrum"))
    assert found.points == ((52.06, 4.49),)
    assert dict(found.facets) == {"kind": "place", "postcode": "2712AB", "pc4": "2712"}
    assert (found.upkeep, found.times, found.times_until) == ("", b"", None)


def test_reading_a_payload_leaves_it_as_it_was(town):
    payload = payload_of(town.course)
    before = json.dumps(payload)
    build_document(payload, analyzer=ANALYZER, calendar=None, now=NOW)
    assert json.dumps(payload) == before


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(max_size=300), tags=st.lists(st.text(max_size=60), max_size=3))
def test_any_text_can_be_read(bureau, text, tags):
    found = document(
        bureau,
        name=text,
        alternative_names=[text],
        summary=text,
        description=f"<p>{text}</p>",
        tags=tags,
    )
    written = {token for tokens in found.tokens.values() for token in tokens}
    assert all(" " not in token and token for token in written | set(found.literal))
    assert all(" " not in value and "=" not in value for _facet, value in found.facets)
    assert GAP not in found.literal
