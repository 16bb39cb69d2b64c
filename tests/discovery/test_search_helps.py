import datetime

import pytest
from django.utils import translation

from socialekaart_plugin.discovery.models import QueryRule, StopRule, SynonymGroup
from socialekaart_plugin.discovery.query.plan import When
from socialekaart_plugin.discovery.search import Near, Relaxation, SearchRequest, search
from socialekaart_plugin.foundation.audiences import Audience
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    PlaceFactory,
    at,
    square,
    weekly,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("each_engine")]


def names(text="", **request):
    return [payload["name"] for payload in search(SearchRequest(text=text, **request)).payloads]


def test_a_typing_error_is_corrected_and_said(town):
    results = search(SearchRequest(text="hardlpoen"))
    assert [payload["name"] for payload in results.payloads] == ["Atletiekvereniging Één"]
    assert [(c.typed, c.corrected) for c in results.corrections] == [("hardlpoen", "hardlopen")]


def test_whoever_wants_no_correction_gets_none(town):
    results = search(SearchRequest(text="hardlpoen", correct=False))
    assert (results.total, results.corrections) == (0, ())


def test_the_first_part_of_a_word_is_completed_without_calling_it_an_error(town):
    results = search(SearchRequest(text="hardl"))
    assert [payload["name"] for payload in results.payloads] == ["Atletiekvereniging Één"]
    assert results.corrections == ()


def test_a_word_that_is_known_is_never_corrected(town):
    OrganisationFactory(public=True, name="Hardloper")
    results = search(SearchRequest(text="hardloper"))
    assert results.corrections == ()
    assert "Hardloper" in [payload["name"] for payload in results.payloads]


def test_what_editors_decide_holds_at_once(town):
    assert names("rennen", correct=False) == []
    group = SynonymGroup.objects.create(terms="rennen\nhardlopen")
    assert names("rennen") == ["Atletiekvereniging Één"]
    group.delete()
    assert names("rennen", correct=False) == []
    StopRule.objects.create(word="formulier", does_not_find="formulieren")
    assert "Bureau Budget" not in names("formulier", correct=False)


def test_editors_put_records_first_and_leave_records_out(town):
    query = {"query": "Budget!", "record_uuid": town.course.uuid}
    rule = QueryRule.objects.create(**query, effect="pin")
    first = search(SearchRequest(text="budget")).found[0]
    assert (first.payload["name"], first.is_pinned) == ("Cursus rondkomen", True)
    rule.delete()
    QueryRule.objects.create(**query, effect="exclude")
    assert "Cursus rondkomen" not in names("budget")
    assert "Cursus rondkomen" in names("cursus budget")


def test_what_one_could_leave_out_gives_what_it_says(town):
    asked = {"facets": {"theme": ("sport",), "area": ("centrum",)}, "age": 30}
    results = search(SearchRequest(text="hardlopen", **asked))
    assert results.total == 0
    for relaxation in results.relaxations:
        if relaxation.kind == "facet":
            facets = {k: v for k, v in asked["facets"].items() if k != relaxation.name}
            assert len(names("hardlopen", facets=facets, age=30)) == relaxation.total
    assert Relaxation("facet", "area", 1) in results.relaxations
    assert all(relaxation.kind != "age" for relaxation in results.relaxations)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("when", {"weekdays": (6,)}),
        ("near", {"near": Near(53.0, 6.0, 10)}),
        ("age", {"age": 200, "facets": {"kind": ("organisation", "activity")}}),
        ("verified", {"verified_since": datetime.date(2026, 1, 1)}),
    ],
)
def test_every_filter_can_be_left_out(town, kind, asked):
    for record in (town.bureau, town.club, town.course):
        record.max_age = 100
        record.save()
    results = search(SearchRequest(**asked))
    assert [(found.kind, found.total) for found in results.relaxations] == [(kind, 3)]


def test_a_word_can_be_left_out(town):
    results = search(SearchRequest(text="formulieren hardlopen"))
    assert {(found.kind, found.name, found.total) for found in results.relaxations} == {
        ("word", "formulieren", 1),
        ("word", "hardlopen", 1),
    }


def test_where_enough_is_found_nothing_need_be_left_out(town):
    assert search(SearchRequest(facets={"area": ("stad",)})).relaxations == ()


def test_the_nearest_area_that_has_something_is_named(town):
    AreaFactory(name="Verweg", outline=square(4.58, 52.18), parent=town.municipality)
    AreaFactory(name="Vlakbij", outline=square(4.56, 52.05), parent=town.municipality)
    results = search(SearchRequest(facets={"area": ("vlakbij",)}))
    assert results.total == 0
    assert results.relaxations[0] == Relaxation("area", "area", 2, value="oost", label="Oost")


def test_the_nearest_area_for_referrers_is_not_named_to_the_public(town):
    town.course.sessions = [at(town.for_referrers)]
    town.course.save()
    town.club.visiting_place = None
    town.club.save()
    AreaFactory(name="Vlakbij", outline=square(4.56, 52.05), parent=town.municipality)
    request = {"facets": {"area": ("vlakbij",)}}
    assert search(SearchRequest(**request)).relaxations[0].value == "centrum"
    referrer = SearchRequest(**request, audience=Audience.REFERRER)
    assert search(referrer).relaxations[0].value == "oost"


def test_a_question_leads_to_the_help_question_and_what_it_gathers(town):
    HelpQuestionFactory(
        name="Ik kan mijn rekeningen niet betalen", explanation="x", themes=[town.money]
    )
    results = search(SearchRequest(text="ik kan mijn rekeningen niet meer betalen"))
    assert [(q.name, q.count) for q in results.questions] == [
        ("Ik kan mijn rekeningen niet betalen", 2)
    ]
    found = [payload["name"] for payload in results.payloads]
    assert sorted(found) == ["Bureau Budget", "Cursus rondkomen"]
    assert results.total == 2


def test_what_one_could_leave_out_counts_what_the_help_question_gathers_too(town):
    HelpQuestionFactory(name="Ik kan mijn rekeningen niet betalen", themes=[town.money])
    text, facets = "ik kan mijn rekeningen niet betalen", {"area": ("oost",)}
    results = search(SearchRequest(text=text, facets=facets))
    (without,) = (r for r in results.relaxations if r.name == "area")
    assert without.total == search(SearchRequest(text=text)).total == 2


def test_a_help_question_without_records_for_the_public_is_not_shown(town):
    HelpQuestionFactory(name="Ik zoek een olifant", themes=[], organisations=[town.club])
    text = "ik zoek een olifant"
    assert [q.name for q in search(SearchRequest(text=text)).questions] == ["Ik zoek een olifant"]
    town.club.unpublish()
    assert search(SearchRequest(text=text)).questions == ()


def test_of_a_sentence_not_every_word_need_be_found(town):
    text = "ik wil graag samen gaan hardlopen langs rivieren"
    results = search(SearchRequest(text=text))
    assert "Atletiekvereniging Één" in [payload["name"] for payload in results.payloads]
    assert results.plan.minimum < len(results.plan.clauses)


def test_of_two_words_both_must_be_found(town):
    assert names("hardlopen rivieren") == []


@pytest.fixture
def evenings(time_machine):
    """Two activities, on Tuesday and Thursday evenings; it is a Monday."""
    time_machine.move_to("2026-11-23 08:00Z")
    for name, weekday in [("Dinsdagkoor", "TU"), ("Koor op donderdag", "TH")]:
        schedule = weekly(weekdays=[weekday], starts_at="19:00", ends_at="21:00")
        ActivityFactory(public=True, name=name, sessions=[at(PlaceFactory(), schedule=schedule)])


def test_times_that_were_typed_become_filters(evenings):
    results = search(SearchRequest(text="koor dinsdagavond"))
    assert [payload["name"] for payload in results.payloads] == ["Dinsdagkoor"]
    assert results.plan.when == When(weekdays=(1,), parts=("evening",))
    assert results.plan.when_text == "dinsdagavond"


def test_and_may_be_words_after_all(evenings):
    results = search(SearchRequest(text="donderdag", read_times=False))
    assert [payload["name"] for payload in results.payloads] == ["Koor op donderdag"]
    assert results.plan.when == When()


def test_what_was_chosen_goes_before_what_was_typed(evenings):
    assert names("dinsdagavond", weekdays=(3,)) == ["Koor op donderdag"]


def test_what_is_open_now_is_what_goes_on_at_this_moment(evenings, time_machine):
    assert names("nu open") == names(open_now=True) == []
    time_machine.move_to("2026-11-24 19:00Z")
    assert names("nu open") == names(open_now=True) == ["Dinsdagkoor"]


def test_what_is_always_is_open_now_and_on_every_day_and_the_rest_is_not(evenings):
    for state in ("always", "by_appointment", ""):
        ActivityFactory(public=True, name=f"Lijn {state}", without_times=state)
    assert names("nu open") == names(open_now=True) == ["Lijn always"]
    assert names(weekdays=(6,), parts=("morning",)) == ["Lijn always"]
    assert sorted(names(weekdays=(1,))) == ["Dinsdagkoor", "Lijn always"]


def test_the_day_is_that_of_the_town(evenings, time_machine):
    time_machine.move_to("2026-11-23 23:30Z")
    assert names("vandaag") == ["Dinsdagkoor"]


def pieces_of(found):
    return "".join(text for text, _is_found in found.name), [t for t, is_it in found.name if is_it]


def test_what_was_looked_for_stands_out_in_the_name_and_the_text(town):
    (found,) = search(SearchRequest(text="hardlopen atletiekvereniging")).found
    assert pieces_of(found) == ("Atletiekvereniging Één", ["Atletiekvereniging"])
    assert found.snippet == (("Samen ", False), ("hardlopen", True), (".", False))


def test_markup_in_a_record_stays_text():
    OrganisationFactory(
        public=True,
        name="<b>Vet</b> & zo",
        summary="x",
        description="<p>Eerst iets.</p><p>Dan &lt;script&gt; en <b>olifant</b> &amp; muis.</p>",
    )
    (found,) = search(SearchRequest(text="olifant")).found
    assert pieces_of(found)[0] == "<b>Vet</b> & zo"
    assert found.snippet == (
        ("Dan <script> en ", False),
        ("olifant", True),
        (" & muis.", False),
    )


def test_of_a_long_description_the_part_around_the_word_is_shown():
    OrganisationFactory(
        public=True, summary="x", description=f"<p>{'voor ' * 99} olifant {'na ' * 299}</p>"
    )
    (found,) = search(SearchRequest(text="olifant")).found
    text = "".join(piece for piece, _is_found in found.snippet)
    assert text.startswith("… voor")
    assert text.endswith("na …")
    assert "olifant" in text
    assert len(text) < 400


def test_who_asks_is_told_why_a_record_stands_where_it_stands(town):
    QueryRule.objects.create(query="hardlopen", record_uuid=town.club.uuid)
    with translation.override("en"):
        (found,) = search(SearchRequest(text="hardlopen", explain=True)).found
    first, match, *_rest, score = found.explanation
    assert first == "put first by an editor"
    assert match.startswith("“hardlopen” as typed, in the summary:")
    assert score.startswith("score ")
    assert search(SearchRequest(text="hardlopen")).found[0].explanation == ()
