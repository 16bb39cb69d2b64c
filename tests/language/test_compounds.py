"""Compounds: what is found by its parts, and what is not."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.language import (
    STANDARD_COMPOUNDS,
    Analyzer,
    folded_words,
)
from socialekaart_plugin.language.word_lists import SILENT_PARTS, WHOLE_WORDS

ANALYZER = Analyzer(frozenset(STANDARD_COMPOUNDS))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("schuldhulpmaatje", ("schuld", "hulp", "maatje", "schuldhulp", "hulpmaatje")),
        ("schuldhulpmaatjes", ("schuld", "hulp", "maatje", "schuldhulp", "hulpmaatje")),
        ("taalles", ("taal", "les")),
        ("taallessen", ("taal", "les")),
        ("taalcafe", ("taal", "cafe")),
        ("wandelgroepen", ("wandel", "groep")),
        ("rolstoeldansen", ("rolstoel", "dans")),
        ("buurthuis", ("buurt", "huis")),
        ("buurthuizen", ("buurt", "huis")),
        ("mannengroep", ("man", "groep")),
        ("vrouwenontbijt", ("vrouw", "ontbijt")),
        ("ouderengroep", ("ouderen", "groep")),
        ("ouderavond", ("ouder", "avond")),
        ("kinderopvang", ("kind", "opvang")),
        ("gezinscoach", ("gezin", "coach")),
        ("mantelzorgcafe", ("mantelzorg", "cafe")),
        ("voorleesgroep", ("voorles", "groep")),
        ("thuiszorg", ("thuis", "zorg")),
        ("moestuin", ("tuin",)),
        ("maatjesproject", ("maatje", "project")),
        ("huiswerkbegeleiding", ("huiswerk", "begeleid")),
        ("vrijwilligerstraining", ("vrijwilliger", "training")),
    ],
)
def test_a_compound_is_found_by_its_parts(word: str, parts: tuple[str, ...]) -> None:
    assert ANALYZER.term(word).parts == parts


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("voedselbank", "bank"),
        ("kledingbank", "bank"),
        ("tandarts", "tand"),
        ("huisarts", "huis"),
        ("huisbezoek", "huis"),
        ("jongerenwerk", "werk"),
        ("geldzorgen", "zorg"),
        ("stoelyoga", "stoel"),
        ("ziekenhuis", "huis"),
        ("ziekenhuizen", "huis"),
        ("ouderengroep", "ouder"),
        ("maatschappij", "maat"),
        ("handelen", "hand"),
        ("feestdag", "feest"),
        ("planeet", "eten"),
        ("netwerk", "werk"),
        ("rechtbank", "bank"),
    ],
)
def test_a_compound_is_not_found_by_what_means_something_else(word: str, part: str) -> None:
    term = ANALYZER.term(word)

    assert part not in (term.stem, *term.parts)


def test_a_voedselbank_is_found_by_voedsel() -> None:
    assert ANALYZER.term("voedselbanken").parts == ("voedsel",)
    assert ANALYZER.term("voedselbanken").stem == "voedselbank"


@pytest.mark.parametrize(
    "word",
    ["kaarten", "wandelen", "taalxyz", "xyzles", "hulp", "zoetermeer", "العربية", "65"],
)
def test_a_word_that_is_not_made_of_listed_words_has_no_parts(word: str) -> None:
    assert ANALYZER.term(word).parts == ()


def test_neighbours_of_a_long_compound_read_as_the_word_they_make() -> None:
    for pair in ("schuldhulp", "hulpmaatjes"):
        assert ANALYZER.term(pair).stem in ANALYZER.term("schuldhulpmaatjes").parts


def test_an_irregular_plural_counts_within_a_compound() -> None:
    for one, many in [
        ("zwembad", "zwembaden"),
        ("bloemenmarkt", "bloemenmarkten"),
        ("kledingstad", "kledingsteden"),
    ]:
        assert ANALYZER.term(one).stem == ANALYZER.term(many).stem


def test_the_list_decides_what_is_split() -> None:
    assert Analyzer(frozenset({"zeep", "kist"})).term("zeepkisten").parts == ("zeep", "kist")
    assert Analyzer(frozenset({"zeep"})).term("zeepkisten").parts == ()
    assert Analyzer(frozenset()).term("schuldhulp").parts == ()
    assert Analyzer(frozenset({"zeep", "ko"})).term("zeepko").parts == ()


def test_the_least_parts_win_and_then_the_longest_last_one() -> None:
    analyzer = Analyzer(frozenset({"zeep", "kist", "zeepkist", "rit", "kistrit"}))

    assert analyzer.term("zeepkistrit").parts == ("zeep", "kistrit")
    assert analyzer.term("zeepkist").parts == ()


def test_the_lists_hold_folded_words_of_three_letters_or_more() -> None:
    silent = {entry.strip("-") for entry in SILENT_PARTS}
    for word in {*STANDARD_COMPOUNDS, *WHOLE_WORDS, *silent}:
        assert folded_words(word) == [word]
        assert len(word) >= 3
    assert all(entry.startswith("-") != entry.endswith("-") for entry in SILENT_PARTS)


def test_every_silent_part_is_a_part_that_can_occur() -> None:
    known = {ANALYZER.term(word).stem for word in STANDARD_COMPOUNDS}
    silent = {entry.strip("-") for entry in SILENT_PARTS}

    assert {word for word in silent if ANALYZER.term(word).stem not in known} == set()


def test_the_standard_list_is_of_the_size_that_a_person_can_keep() -> None:
    assert 300 <= len(STANDARD_COMPOUNDS) <= 700


@given(
    st.lists(
        st.sampled_from(("s", "en", "e", "n", *STANDARD_COMPOUNDS)), min_size=1, max_size=12
    ).map("".join)
    | st.text(alphabet=string.ascii_lowercase, max_size=80)
)
def test_the_parts_of_any_word_are_few_and_never_the_word_itself(word: str) -> None:
    term = ANALYZER.term(word)

    assert len(term.parts) <= 2 * (64 // 3)
    assert len(set(term.parts)) == len(term.parts)
    assert all(folded_words(part) == [part] for part in term.parts)
