import pytest

from socialekaart_plugin.discovery.query.wording_rules import Synonyms

WMO = Synonyms(("wmo", "hulp thuis", "wijkteam"), is_one_way=True)
FOOD = Synonyms(("voedselbank", "voedselpakket"))
HOMELESS = Synonyms(("dakloos", "zonder huis", "op straat"))
READING = Synonyms(("lezen en schrijven", "laaggeletterd"))


def labels(plan, reason, clause=0):
    ways = plan.clauses[clause].alternatives
    return list(dict.fromkeys(way.label for way in ways if way.reason == reason))


def test_words_that_mean_the_same_find_each_other(planned, ways):
    plan = planned("Voedselpakketten", FOOD)
    assert ways(plan) == {
        (("voedselpakket",), "stem"): 1.0,
        (("voedselbank",), "stem"): 0.85,
    }
    assert ("synonym", "voedselpakketten → voedselbank") in [
        (trace.step, trace.detail) for trace in plan.trace
    ]


def test_one_way_leads_from_the_first_only(planned):
    assert labels(planned("wmo", WMO), "synonym") == ["hulp thuis", "wijkteam"]
    assert labels(planned("wijkteam", WMO), "synonym") == []


def test_a_synonym_of_several_words_is_a_phrase_sooner_than_words_anywhere(planned, ways):
    found = ways(planned("wmo", WMO))
    assert found[("hulp", "thuis"), "phrase"] == 0.8
    assert found[("hulp", "thuis"), "stem"] == 0.6


def test_several_words_typed_are_one_synonym(planned):
    plan = planned("lezen schrijven", READING)
    assert [clause.typed for clause in plan.clauses] == ["lezen schrijven"]
    assert labels(plan, "synonym") == ["laaggeletterd"]
    inner = plan.clauses[0].alternatives[0].clauses
    assert [clause.typed for clause in inner] == ["lezen", "schrijven"]


def test_stop_words_between_them_do_not_matter(planned):
    for text in ("lezen en schrijven", "ik wil lezen of ook schrijven"):
        assert labels(planned(text, READING), "synonym") == ["laaggeletterd"]


def test_the_longest_is_taken(planned):
    eating = Synonyms(("eten", "maaltijd"))
    together = Synonyms(("samen eten", "eetclub"))
    plan = planned("samen eten", eating, together)
    assert len(plan.clauses) == 1
    assert labels(plan, "synonym") == ["eetclub"]
    inner = plan.clauses[0].alternatives[0].clauses
    assert all(way.reason != "synonym" for clause in inner for way in clause.alternatives)


def test_the_words_around_a_synonym_are_clauses_of_their_own(planned):
    plan = planned("cursus lezen en schrijven Zoetermeer", READING)
    assert [clause.typed for clause in plan.clauses] == [
        "cursus",
        "lezen en schrijven",
        "Zoetermeer",
    ]


def test_quotes_part_words(planned):
    plan = planned('lezen "x" schrijven', READING)
    assert len(plan.clauses) == 3


def test_a_stop_word_that_makes_the_meaning_is_not_left_out(planned, ways):
    assert labels(planned("huis", HOMELESS), "synonym") == []
    plan = planned("ik ben zonder huis", HOMELESS)
    assert labels(plan, "synonym") == ["dakloos", "op straat"]
    first, second = plan.clauses[0].alternatives[:2]
    assert (first.tokens, first.is_phrase) == (("zonder", "huis"), True)
    assert [clause.typed for clause in second.clauses] == ["huis"]
    assert second.weight < 0.5
    assert (("straat",), "stem") not in ways(planned("dakloos", HOMELESS))


def test_there_are_no_chains(planned):
    plan = planned("geld", Synonyms(("geld", "schulden")), Synonyms(("schulden", "armoede")))
    assert labels(plan, "synonym") == ["schulden"]


def test_parts_of_a_synonym_are_not_looked_for(planned, ways):
    found = ways(planned("krediet", Synonyms(("krediet", "schuldhulp"))))
    assert set(found) == {(("krediet",), "stem"), (("schuldhulp",), "stem")}


def test_a_word_with_a_hyphen_is_also_typed_as_one(planned):
    group = Synonyms(("burn-out", "stress"))
    for text in ("burn-out", "burn out", "burnout"):
        assert labels(planned(text, group), "synonym") == ["stress"]


def test_a_synonym_in_several_groups_has_the_words_of_all(planned):
    plan = planned("alcohol", Synonyms(("alcohol", "drank")), Synonyms(("alcohol", "verslaving")))
    assert labels(plan, "synonym") == ["drank", "verslaving"]


@pytest.mark.parametrize(
    "terms", [(), ("",), ("?!", "yoga"), ("yoga",), ("een twee drie " * 9, "yoga")]
)
@pytest.mark.parametrize("is_one_way", [True, False])
def test_groups_without_two_readable_terms_do_nothing(planned, terms, is_one_way):
    assert labels(planned("yoga", Synonyms(terms, is_one_way)), "synonym") == []
