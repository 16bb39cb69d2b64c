"""The judged set is whole, and its halves are alike; `flows/test_demo_directory.py` asks more."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from socialekaart_plugin.management.demo_content import read_content
from tests.discovery.judged.metrics import HALVES, JudgedQuery, read_queries

CLASSES = {
    *("name", "single_word", "morphology", "compound_split", "compound_joined", "lay_term"),
    *("synonym", "typo", "question", "prefix", "must_not_match", "nothing"),
}
DUTCH: list[JudgedQuery] = [entry for half in HALVES for entry in read_queries(half)]
RULES = read_content("search_rules")


def classes_of(half: str) -> Counter[str]:
    return Counter(entry["class"] for entry in read_queries(half))


def test_the_halves_have_as_many_queries_of_each_class() -> None:
    assert classes_of("open") == classes_of("sealed")
    assert set(classes_of("open")) == CLASSES
    assert min(classes_of("open").values()) >= 8


def test_no_query_is_judged_twice() -> None:
    queries = Counter(entry["query"].casefold() for entry in DUTCH)
    assert [query for query, number in queries.items() if number > 1] == []


@pytest.mark.parametrize("entry", DUTCH, ids=lambda entry: entry["query"])
def test_a_judgment_is_whole(entry: JudgedQuery) -> None:
    relevant, forbidden = entry["relevant"], entry["not"]
    assert set(relevant.values()) <= {1, 2, 3}
    assert not set(relevant) & set(forbidden)
    assert bool(forbidden) == (entry["class"] == "must_not_match")
    if entry["class"] == "nothing":
        assert set(relevant.values()) <= {1}
    elif entry["class"] != "must_not_match":
        assert 3 in relevant.values()
    if entry["class"] == "prefix":
        assert len(entry["query"]) >= 4


def test_every_record_of_the_shared_data_that_is_named_is_there(shared_data: Path) -> None:
    folder = shared_data / "us-ohana-sample" / "data" / "sample-csv"
    names: Counter[str] = Counter()
    for table in ("organizations", "services"):
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            names.update(row["name"] for row in csv.DictReader(file))
    named = {name for entry in read_queries("shared") for name in entry["relevant"]}
    assert [name for name in named if names[name] != 1] == []


def test_the_rules_of_the_editor_are_plain_words() -> None:
    groups, stops = RULES["synonyms"], RULES["stop_rules"]
    assert 60 <= len(groups) <= 100
    terms = [group["key"].splitlines() for group in groups]
    words = [term for group in terms for term in group]
    words += [word for stop in stops for word in (stop["word"], stop["does_not_find"])]
    assert [word for word in words if word != word.strip().lower()] == []
    assert all(len(set(group)) == len(group) > 1 for group in terms)
