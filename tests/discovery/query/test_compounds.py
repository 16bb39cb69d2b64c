from socialekaart_plugin.discovery.query.wording_rules import Synonyms


def test_a_compound_is_found_by_its_parts(planned, ways):
    assert ways(planned("schuldhulp")) == {
        (("schuldhulp",), "stem"): 1.0,
        (("schuld", "hulp"), "phrase"): 0.9,
        (("schuld", "hulp"), "stem"): 0.8,
    }


def test_a_compound_of_three_needs_its_parts_and_no_pairs(planned, ways):
    assert (("schuld", "hulp", "maatje"), "stem") in ways(planned("schuldhulpmaatje"))


def test_a_part_that_says_too_little_is_not_looked_for_alone(planned, ways):
    assert set(ways(planned("voedselbank"))) == {(("voedselbank",), "stem")}


def test_words_typed_apart_are_also_looked_for_as_one(planned, ways):
    plan = planned("schuld hulp")
    assert len(plan.clauses) == 1
    apart = plan.clauses[0].alternatives[0]
    assert [clause.typed for clause in apart.clauses] == ["schuld", "hulp"]
    assert ways(plan)[("schuldhulp",), "stem"] == 0.9


def test_words_are_joined_with_the_letters_that_tie_them(planned, ways):
    assert (("dorpshuis",), "stem") in ways(
        planned("dorp huis", compounds=frozenset({"dorp", "huis"}))
    )


def test_words_that_make_no_compounds_are_left_apart(planned):
    assert len(planned("yoga Rokkeveen").clauses) == 2


def test_words_with_another_between_are_left_apart(planned):
    assert len(planned("hulp bij schuld").clauses) == 2
    assert len(planned('schuld "x" hulp').clauses) == 3


def test_with_a_vocabulary_only_what_it_has_is_joined(planned, ways, known):
    assert len(planned("schuld hulp", vocabulary=known("schuld", "hulp")).clauses) == 2
    plan = planned("padel tennis", vocabulary=known("padel", "tennis", "padeltennis"))
    assert set(ways(plan)) == {(("padeltennis",), "stem")}


def test_three_words_may_be_one(planned, ways, known):
    plan = planned("schuld hulp maatje", vocabulary=known("schuldhulpmaatje"))
    assert set(ways(plan)) == {(("schuldhulpmaatje",), "stem")}


def test_joined_words_have_the_synonyms_of_the_compound_and_their_own(planned):
    group, other = Synonyms(("schuldhulp", "sanering")), Synonyms(("schuld", "lening"))
    plan = planned("schuld hulp", group, other)
    assert "sanering" in [way.label for way in plan.clauses[0].alternatives]
    apart = plan.clauses[0].alternatives[0].clauses[0]
    assert "lening" in [way.label for way in apart.alternatives]


def test_a_word_of_an_editor_may_be_typed_apart(planned):
    plan = planned("xyz foo", Synonyms(("xyzfoo", "yoga")))
    assert "yoga" in [way.label for way in plan.clauses[0].alternatives]


def test_short_words_and_numbers_are_never_joined(planned, known):
    assert len(planned("in bo", vocabulary=known("inbo")).clauses) == 1
    assert len(planned("mavo 4", vocabulary=known("mavo4")).clauses) == 2
