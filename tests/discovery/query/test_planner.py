import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialekaart_plugin.discovery.query import (
    QUERY_MAX_LENGTH,
    QUERY_MAX_WORDS,
    build_plan,
    corrected_text,
)
from socialekaart_plugin.discovery.query.compiled_rules import compile_rules
from socialekaart_plugin.discovery.query.limits import MOST_ALTERNATIVES, MOST_TOKENS
from socialekaart_plugin.discovery.query.plan import Trace, When
from socialekaart_plugin.discovery.query.wording_rules import PlanRules, Synonyms
from socialekaart_plugin.language import Analyzer

MANY_SYNONYMS = Synonyms(
    ("hulp", *(f"bijstand{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"))
)
LONG_SYNONYMS = Synonyms(("geld zorgen", *(f"zin{n} van zes losse woorden {n}" for n in range(30))))


def typed(plan):
    return [clause.typed for clause in plan.clauses]


def steps(plan):
    return [(trace.step, trace.detail) for trace in plan.trace]


def test_nothing_typed_is_an_empty_plan(planned):
    assert planned("  \x00 ").clauses == ()
    assert planned("").minimum == 0


def test_every_word_must_match(planned):
    plan = planned("Yoga Rokkeveen")
    assert typed(plan) == ["Yoga", "Rokkeveen"]
    assert plan.minimum == 2


def test_stop_words_are_left_out_and_told(planned):
    plan = planned("ik zoek een fysiotherapeut in de wijk")
    assert typed(plan) == ["fysiotherapeut", "wijk"]
    assert steps(plan) == [("stop_words", "ik zoek een in de")]


def test_of_stop_words_alone_all_are_kept(planned):
    assert typed(planned("bij ons")) == ["bij", "ons"]


def test_beside_a_time_stop_words_alone_are_not_kept(planned):
    plan = planned("wat is er vandaag")
    assert plan.clauses == ()
    assert plan.when == When(dates=(datetime.date(2026, 11, 23),))


def test_times_become_a_condition_that_can_be_undone(planned):
    plan = planned("yoga dinsdagavond")
    assert (plan.when, plan.when_text) == (When(weekdays=(1,), parts=("evening",)), "dinsdagavond")
    assert typed(plan) == ["yoga"]
    assert ("time", "dinsdagavond") in steps(plan)
    undone = planned("yoga dinsdagavond", read_times=False)
    assert (undone.when, undone.when_text) == (When(), "")
    assert typed(undone) == ["yoga", "dinsdagavond"]


@pytest.mark.parametrize("text", ['"samen eten"', "“samen eten”", "„samen eten”", "« samen eten »"])
def test_between_quotes_words_stand_next_to_each_other(planned, ways, analyzer, text):
    stems = tuple(analyzer.term(word).stem for word in ("samen", "eten"))
    assert ways(planned(text)) == {(stems, "phrase"): 1.0}


def test_a_phrase_is_looked_for_with_and_without_its_stop_words(planned, ways):
    assert set(ways(planned('"lezen en schrijven"'))) == {
        (("lees", "en", "schrijf"), "phrase"),
        (("lees", "schrijf"), "phrase"),
    }


def test_one_word_between_quotes_is_found_as_it_is_written(planned, ways):
    assert ways(planned('"Kaarten"')) == {(("kaarten",), "literal"): 1.0}


@pytest.mark.parametrize("text", ['"', '""', 'yoga"', '"yoga', "“yoga", "''", '" "'])
def test_lone_and_empty_quotes_are_nothing(planned, text):
    assert typed(planned(text)) == (["yoga"] if "yoga" in text else [])


@pytest.mark.parametrize(
    "text",
    ["yoga AND NOT", "yoga*", "yoga | !", "name:yoga", "NEAR(yoga, 5)", "(yoga", "yoga' OR 1=1 --"],
)
def test_operators_of_search_engines_are_words_like_any_other(planned, text):
    tokens = [token for token, _kind in tokens_of(planned(text).clauses)]
    assert "yoga" in tokens
    assert all(token.isalnum() for token in tokens)


def tokens_of(clauses):
    for clause in clauses:
        for way in clause.alternatives:
            yield from ((token, way) for token in way.tokens)
            yield from tokens_of(way.clauses)


def test_records_are_pinned_and_left_out_for_the_whole_query_however_it_is_written(planned):
    rules = {"pinned": {"cafe op dinsdag": (3, 1)}, "excluded": {"cafe op dinsdag": (9,)}}
    plan = planned("  Café,  OP dinsdag! ", **rules)
    assert (plan.pinned, plan.excluded) == ((3, 1), (9,))
    assert steps(plan)[-2:] == [("pin", "cafe op dinsdag"), ("exclude", "cafe op dinsdag")]
    other = planned("café", **rules)
    assert (other.pinned, other.excluded) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "ik ben moe",
        "Hoe vraag ik zorg aan?",
        "waar is koffie",
        "yoga zwemmen fietsen rijden",
        "can I sport",
    ],
)
def test_a_sentence_is_told_from_words(planned, text):
    assert planned(text).is_question


@pytest.mark.parametrize(
    "text", ["yoga", "ik", "fysiotherapeut in de wijk", '"ik ben moe"', "De Wie"]
)
def test_words_are_no_sentence(planned, text):
    assert not planned(text).is_question


def test_words_beyond_the_twelfth_are_not_looked_at(planned):
    assert typed(planned(" ".join(f"w{n}" for n in range(20)))) == [f"w{n}" for n in range(12)]
    assert typed(planned("w0 de een het w1")) == ["w0", "w1"]
    assert len(planned(" ".join(["de"] * 60)).clauses) == QUERY_MAX_WORDS


def test_characters_beyond_the_last_are_not_looked_at(planned):
    plan = planned("a" * 199 + "yoga")
    assert len(plan.text) == QUERY_MAX_LENGTH


def test_what_was_added_gives_way_to_what_was_typed(planned):
    plan = planned("hulp " + " ".join(f"woord{n}" for n in range(11)), MANY_SYNONYMS)
    assert len(plan.clauses) == 12
    assert [clause.alternatives[0].label for clause in plan.clauses][:2] == ["hulp", "woord0"]
    assert len(plan.clauses[0].alternatives) == MOST_ALTERNATIVES


def test_the_text_is_corrected_word_by_word(planned, known):
    plan = planned("Wandeln, in de wandelnde tak", vocabulary=known("wandelen", "tak"))
    assert corrected_text(plan).startswith("wandelen, in de ")


def assert_bounded(plan):
    found = list(tokens_of(plan.clauses))
    assert len(plan.text) <= QUERY_MAX_LENGTH
    assert len(found) <= MOST_TOKENS
    assert all(token for token, _way in found)
    assert all(0 < way.weight <= 1 for _token, way in found)
    assert 0 <= plan.minimum == len(plan.clauses) <= QUERY_MAX_WORDS
    for clause in plan.clauses:
        assert 0 < len(clause.alternatives) <= MOST_ALTERNATIVES
        assert all(bool(way.tokens) != bool(way.clauses) for way in clause.alternatives)
    assert all(isinstance(trace, Trace) and trace.detail for trace in plan.trace)


PIECES = """
schuld hulp schuldhulp geld zorgen zonder huis "samen eten" kaart maatje dinsdag nu open wmo taalles
schuldhulpverleningsmaatje voedselbnak 2711 AB 's avonds de het en " “ AND * :
"""
RULES = PlanRules(
    synonyms=(MANY_SYNONYMS, LONG_SYNONYMS, Synonyms(("zonder huis", "dakloos"))),
    stop_rules={"kaart": frozenset({"kaarten"})},
    compounds=frozenset({"schuld", "hulp", "maatje", "taal", "les", "geld", "zorg"}),
    questions=(("geld", "Ik heb geen geld"), ("taal", "Ik wil de taal leren")),
    mark="bounds",
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    text=st.lists(st.sampled_from(PIECES.split()), max_size=40).map(" ".join)
    | st.text(max_size=10_000)
    | st.text("\x00\"'“”„«»*:()&|!<->^~ \u202e\u200b\u0301aé½ﬁ٣😀", max_size=400),
    has_vocabulary=st.booleans(),
)
def test_any_text_gives_a_plan_within_bounds(analyzer, known, text, has_vocabulary):
    plan = build_plan(
        text,
        rules=RULES,
        analyzer=analyzer,
        today=datetime.date(2026, 11, 23),
        vocabulary=known("voedselbank", "kaarten", "schuldhulp") if has_vocabulary else None,
    )
    assert_bounded(plan)
    corrected_text(plan)


def test_rules_are_read_anew_when_they_differ(planned, ways):
    one = Synonyms(("yoga", "pilates"))
    both = {(("yoga",), "stem"), (("pilates",), "stem")}
    for mark in ("1", "2", ""):
        assert ways(planned("yoga", mark="none" + mark)).keys() < both
        assert ways(planned("yoga", one, mark=mark)).keys() == both
    # Without a mark nothing tells them apart but themselves.
    assert ways(planned("yoga")).keys() < both


def test_rules_with_the_same_mark_are_read_once(analyzer):
    first, second = (PlanRules(synonyms=(MANY_SYNONYMS,), mark="once") for _ in range(2))
    assert compile_rules(first, analyzer) is compile_rules(second, analyzer)
    assert compile_rules(first, analyzer) is not compile_rules(first, Analyzer(frozenset({"yoga"})))
