import pytest

from socialekaart_plugin.discovery.query import corrected_text
from socialekaart_plugin.discovery.query.plan import Correction
from socialekaart_plugin.discovery.query.wording_rules import Synonyms


def added(plan, clause=0):
    ways = plan.clauses[clause].alternatives[1:]
    return [(way.reason, way.tokens, way.weight) for way in ways]


def test_without_a_vocabulary_nothing_is_guessed(planned):
    plan = planned("voedselbnak")
    assert (added(plan), plan.corrections) == ([], ())


def test_a_slip_of_the_pen_is_taken_for_the_word_it_resembles(planned, known):
    plan = planned("Voedselbnak Zoetermeer", vocabulary=known("voedselbank", "zoetermeer"))
    assert added(plan) == [("typo", ("voedselbank",), 0.6)]
    assert plan.corrections == (Correction("Voedselbnak", "voedselbank"),)
    assert corrected_text(plan) == "voedselbank Zoetermeer"
    assert ("typo", "voedselbnak → voedselbank") in [(t.step, t.detail) for t in plan.trace]


def test_what_was_typed_stays_the_first_way(planned, known):
    way = planned("yogga", vocabulary=known("yoga")).clauses[0].alternatives[0]
    assert (way.tokens, way.reason, way.weight) == (("yogga",), "typed", 1.0)


def test_an_accent_is_no_slip(planned, known):
    assert planned("Yogá", vocabulary=known("yoga")).corrections == ()


def test_a_word_that_is_had_is_left_as_it_is(planned, known):
    assert added(planned("boter", vocabulary=known("boter", "boten", "boterham"))) == []


def test_the_first_part_of_a_word_is_completed_and_not_corrected(planned, known):
    plan = planned("wandelg", vocabulary=known("wandelgids", "wandelgroep", "yoga"))
    assert added(plan) == [
        ("prefix", ("wandelgids",), 0.7),
        ("prefix", ("wandelgroep",), 0.7),
    ]
    assert plan.corrections == ()


@pytest.mark.parametrize("text", ["yog", "abc", "2711", "2711ab", "c0v1d19", "112"])
def test_short_words_numbers_and_postcodes_are_never_corrected(planned, known, text):
    plan = planned(text, vocabulary=known("yoga", "abcd", "2712", "2711ac", "covid18", "113"))
    assert (added(plan), plan.corrections) == ([], ())


def test_a_word_with_a_number_is_its_parts_and_never_corrected(planned, known):
    plan = planned("covid19", vocabulary=known("covid18"))
    parts = ("covid", "19")
    assert added(plan) == [("compound", parts, 0.9), ("compound", parts, 0.8)]
    assert plan.corrections == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [("boek", "hoed"), ("wandel", "handig"), ("koffie", "toffee"), ("zwemmen", "klimmen")],
)
def test_what_differs_too_much_is_another_word(planned, known, text, word):
    assert planned(text, vocabulary=known(word)).corrections == ()


def test_a_word_of_four_letters_is_completed_and_never_corrected(planned, known):
    words = known("over", "even", "ovenschotel")
    assert added(planned("ovex", vocabulary=words)) == []
    assert [reason for reason, _tokens, _weight in added(planned("oven", vocabulary=words))] == [
        "prefix"
    ]


def test_of_several_only_the_nearest_are_taken_three_at_most(planned, known):
    plan = planned("yogga", vocabulary=known("yoga", "yogha", "yogza", "yogba", "yoggis"))
    assert len(added(plan)) == 3
    assert len(plan.corrections) == 1
    nearest = planned("dementei", vocabulary=known("dementie", "dementen"))
    assert added(nearest) == [("typo", ("dementie",), 0.6)]


def test_a_word_of_editors_is_no_slip_though_no_record_has_it(planned, known):
    plan = planned(
        "krediet", Synonyms(("krediet", "lening")), vocabulary=known("lening", "kredieten")
    )
    assert [reason for reason, _tokens, _weight in added(plan)] == ["synonym"]


def test_a_slip_in_a_word_of_editors_leads_to_what_that_leads_to(planned, known):
    plan = planned("geldzorgn", Synonyms(("geldzorgen", "schulden")), vocabulary=known("schuld"))
    assert plan.corrections == (Correction("geldzorgn", "geldzorgen"),)
    assert added(plan) == [("typo", ("schuld",), pytest.approx(0.51))]


def test_one_half_of_a_compound_is_corrected(planned, known):
    plan = planned("taalmatje", vocabulary=known("taal", "maatje"))
    assert plan.corrections == (Correction("taalmatje", "taalmaatje"),)
    assert added(plan) == [("typo", ("taal", "maatje"), 0.6)]


def test_half_a_compound_that_nobody_has_is_no_guess(planned, known):
    assert planned("taalmatje", vocabulary=known("taal")).corrections == ()


def test_a_compound_of_which_the_parts_are_had_is_known(planned, known):
    assert planned("taalmaatje", vocabulary=known("taal", "maatje", "taalmaat")).corrections == ()


def test_a_word_with_a_stop_rule_is_not_corrected(planned, known):
    rules = {"stop_rules": {"kaart": frozenset({"kaarten"})}}
    assert planned("kaart", vocabulary=known("staart", "kaars"), **rules).corrections == ()
