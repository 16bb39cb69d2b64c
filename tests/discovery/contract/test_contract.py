"""One contract for every engine: the same hits, totals, counts and geography."""

import pytest

from socialekaart_plugin.discovery.engines.base import Engine, EngineQuery
from socialekaart_plugin.foundation.audiences import Audience
from tests.discovery.contract import (
    cases_facets,
    cases_order,
    cases_times,
    cases_whereabouts,
    cases_words,
)
from tests.discovery.contract.asking import Case, engine_query
from tests.discovery.contract.town import Town

CASES: list[Case] = [
    *cases_words.CASES,
    *cases_facets.CASES,
    *cases_whereabouts.CASES,
    *cases_times.CASES,
    *cases_order.CASES,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_an_engine_keeps_the_contract(engine: Engine, town: Town, case: Case) -> None:
    results = engine.search(engine_query(case.query, town.keys))
    assert [hit.payload["name"] for hit in results.hits] == case.hits
    assert [town.keys[hit.payload["name"]] for hit in results.hits] == [
        hit.record for hit in results.hits
    ]
    assert results.total == (len(case.hits) if case.total is None else case.total)
    assert results.counts == case.counts
    if case.distances:
        metres = {hit.payload["name"]: hit.distance for hit in results.hits}
        assert metres == pytest.approx(case.distances, abs=0.1)


def test_no_sentence_is_said_twice() -> None:
    assert len({case.what for case in CASES}) == len(CASES)


def test_totals_are_those_of_searching(engine: Engine, town: Town) -> None:
    queries = [engine_query(case.query, town.keys) for case in CASES]
    assert engine.totals(queries) == [engine.search(query).total for query in queries]


@pytest.mark.parametrize("name", ["colour", "slot", "postcode", "served", ""])
def test_a_facet_that_does_not_exist_is_an_error(engine: Engine, name: str) -> None:
    for query in (EngineQuery(facets={name: ("x",)}), EngineQuery(counted=(name,))):
        with pytest.raises(LookupError):
            engine.search(query)


@pytest.mark.parametrize(
    ("words", "audience", "found"),
    [
        (["kaart"], Audience.PUBLIC, ["Kaarten en koffie", "Wandelclub De Kaart"]),
        (["ka"], Audience.PUBLIC, ["Kaarten en koffie", "Wandelclub De Kaart"]),
        (["koffie", "ka"], Audience.PUBLIC, ["Kaarten en koffie"]),
        (["kaart", "koffie"], Audience.PUBLIC, []),
        (["molen"], Audience.PUBLIC, ["Molenhuis", "Buurthuis Molen"]),
        (["budget"], Audience.PUBLIC, ["Budgetcursus", "Schuldhulp"]),
        (["اللغ"], Audience.PUBLIC, ["Taalles"]),
        (["spreek"], Audience.PUBLIC, ["Spreekuur"]),
        (["spreek"], Audience.REFERRER, ["Spreekkamer", "Spreekuur"]),
        (["spreek"], Audience.INTERNAL, []),
        (["voorb"], Audience.REFERRER, []),
        (["rondkomen"], Audience.PUBLIC, []),
    ],
)
def test_names_are_found_by_the_first_part_of_their_words(
    engine: Engine, words: list[str], audience: Audience, found: list[str]
) -> None:
    assert [named.name for named in engine.names(words, audience=audience, limit=5)] == found


def test_of_names_no_more_are_given_than_asked(engine: Engine) -> None:
    found = engine.names(["ka"], audience=Audience.PUBLIC, limit=1)
    assert [(named.kind, named.name, named.count) for named in found] == [
        ("activity", "Kaarten en koffie", 1)
    ]


@pytest.mark.parametrize(
    ("word", "prefix", "found"),
    [
        ("wand", True, ["wandelen", "wandelclub"]),
        ("rondkomne", False, ["rondkomen"]),
        ("bnak", False, ["bank"]),
        ("zzzzzz", False, []),
        ("zzzzzz", True, []),
    ],
)
def test_words_are_known_that_begin_so_or_look_alike(
    engine: Engine, word: str, prefix: bool, found: list[str]
) -> None:
    assert engine.words_like(word, prefix=prefix, limit=5) == found


@pytest.mark.parametrize(
    ("postcode", "audience", "point"),
    [
        ("2701AA", Audience.PUBLIC, (52.13, 4.43)),
        ("2701ZZ", Audience.PUBLIC, (52.13, 4.43)),
        ("2702", Audience.PUBLIC, (52.05, 4.43)),
        ("2703CC", Audience.PUBLIC, None),
        ("2703CC", Audience.REFERRER, (52.05, 4.45)),
        ("9999XX", Audience.REFERRER, None),
    ],
)
def test_a_postcode_is_where_the_places_with_it_are(
    engine: Engine, postcode: str, audience: Audience, point: tuple[float, float] | None
) -> None:
    found = engine.point_of(postcode, audience=audience)
    assert found == (None if point is None else pytest.approx(point))


def test_what_values_are_called_is_known(engine: Engine) -> None:
    themes = engine.values("theme")
    assert {slug: (value.name, value.depth) for slug, value in themes.items()} == {
        "geld": ("Geld", 0),
        "schulden": ("Schulden", 1),
        "bewegen": ("Bewegen", 0),
        "ontmoeten": ("Ontmoeten", 0),
        "taal": ("Taal", 0),
    }
    assert engine.values("tag")["koffie"].name == "Koffie"
    assert engine.values("area")["oost"].area_kind == "district"
    assert engine.values("area")["oost"].centre == pytest.approx((52.05, 4.55))


def test_who_asks_why_is_told_where_a_word_was_found(engine: Engine, town: Town) -> None:
    from tests.discovery.contract.asking import words

    query = engine_query({"clauses": words("kaart"), "explain": True}, town.keys)
    cards = engine.search(query).hits[0]
    assert [(reading.what, reading.field) for reading in cards.readings] == [
        ("match", "name"),
        ("match", "summary"),
        ("fresh", ""),
    ]
