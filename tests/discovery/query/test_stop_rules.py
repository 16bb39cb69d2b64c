from socialekaart_plugin.discovery.query.wording_rules import Synonyms

CARD = {"stop_rules": {"kaart": frozenset({"kaarten"})}}
BANK = {"stop_rules": {"bank": frozenset({"voedselbank", "bankje", "bankjes"})}}


def forms(plan, clause=0):
    ways = plan.clauses[clause].alternatives
    assert all(way.is_literal for way in ways)
    return {way.tokens[0] for way in ways}


def test_a_word_finds_its_forms_but_not_the_one_that_is_not_meant(planned):
    found = forms(planned("kaart", **CARD))
    assert {"kaart", "kaartje", "kaartjes"} <= found
    assert "kaarten" not in found


def test_what_was_typed_is_first(planned):
    assert planned("kaart", **CARD).clauses[0].alternatives[0].tokens == ("kaart",)


def test_the_other_form_is_typed_as_ever(planned, ways):
    assert ways(planned("kaarten", **CARD)) == {(("kaart",), "stem"): 1.0}


def test_a_compound_does_not_come_in_by_its_part(planned):
    assert "voedselbank" not in forms(planned("bank", **BANK))
    assert not {"bankje", "bankjes"} & forms(planned("bank", **BANK))


def test_with_a_vocabulary_longer_words_are_found_that_no_rule_forbids(planned, known):
    words = known("werken", "werkplek", "werkgroep", "huiswerk")
    rules = {"stop_rules": {"werk": frozenset({"werkgroep"})}}
    plan = planned("werk", vocabulary=words, **rules)
    weights = {way.tokens[0]: way.weight for way in plan.clauses[0].alternatives}
    assert weights["werken"] == 1.0
    assert weights["werkplek"] == 0.8
    assert not {"werkgroep", "huiswerk"} & weights.keys()


def test_the_synonyms_of_the_other_form_do_not_come_along(planned):
    cards = Synonyms(("kaarten", "klaverjassen"))
    maps = Synonyms(("kaart", "plattegrond"))
    labels = {way.label for way in planned("kaart", cards, maps, **CARD).clauses[0].alternatives}
    assert "klaverjassen" not in labels
    assert "plattegrond" in labels


def test_a_synonym_that_is_forbidden_does_not_come_in(planned):
    plan = planned("bank", Synonyms(("bank", "voedselbank", "lening")), **BANK)
    labels = {way.label for way in plan.clauses[0].alternatives}
    assert "voedselbank" not in labels
    assert "lening" in labels


def test_a_synonym_keeps_to_the_rule_of_its_own_word(planned):
    plan = planned("baan", Synonyms(("baan", "werk")), stop_rules={"werk": frozenset({"werkje"})})
    synonyms = [way for way in plan.clauses[0].alternatives if way.reason == "synonym"]
    assert {way.tokens for way in synonyms} >= {("werk",), ("werken",)}
    assert ("werkje",) not in {way.tokens for way in synonyms}
    assert all(way.is_literal and way.weight == 0.85 for way in synonyms)


def test_words_typed_apart_do_not_become_what_is_forbidden(planned):
    rules = {
        "stop_rules": {"bank": frozenset({"schuldbank"})},
        "compounds": frozenset({"schuld", "bank"}),
    }
    ways = planned("schuld bank", **rules).clauses[0].alternatives
    assert ("schuldbank",) not in {way.tokens for way in ways}


def test_it_is_told(planned):
    assert [(t.step, t.detail) for t in planned("kaart", **CARD).trace] == [
        ("stop_rule", "kaart ≠ kaarten")
    ]
