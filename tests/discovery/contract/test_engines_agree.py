"""The engines beside each other on the demonstration directory: the same answer to any question."""

import datetime
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction

from socialekaart_plugin.discovery.engines import DatabaseEngine
from socialekaart_plugin.discovery.engines.base import Engine, Near
from socialekaart_plugin.discovery.facets import FACETS
from socialekaart_plugin.discovery.search import SearchRequest, SearchResults, pipeline, search
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.management.demo import load_demo_directory
from tests.discovery.elastic import filled_index, scratch_configuration
from tests.discovery.judged.metrics import read_queries

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]

NOON = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)
QUESTIONS = 120
#: Days and times that become filters, and no words at all.
TIMES = ["vandaag", "dinsdagavond", "nu open", "morgen", "vanavond taal", "weekend", ""]

Engines = dict[str, Callable[..., Engine]]


@pytest.fixture(scope="module")
def engines(django_db_setup: None, django_db_blocker: Any) -> Iterator[Engines]:
    from socialekaart_plugin.discovery.engines.elasticsearch.engine import ElasticsearchEngine

    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOON, tick=False),
        transaction.atomic(),
        scratch_configuration() as configured,
    ):
        load_demo_directory(today=NOON.date(), progress=lambda *_args: None)
        filled_index(configured)
        yield {
            "database": DatabaseEngine,
            "elasticsearch": lambda given: ElasticsearchEngine(configured, given),
        }
        transaction.set_rollback(True)


def any_request(chance: random.Random, values: dict[str, list[str]]) -> SearchRequest:
    text = chance.choice(TIMES + [judged["query"] for judged in read_queries("open")])
    names = chance.sample(list(values), chance.choice([0, 0, 1, 2]))
    near = Near(
        52.06 + chance.uniform(-0.03, 0.03),
        4.49 + chance.uniform(-0.03, 0.03),
        chance.choice([None, 500.0, 2000.0]),
    )
    return SearchRequest(
        text=text,
        facets={
            name: tuple(chance.sample(values[name], min(len(values[name]), chance.choice([1, 2]))))
            for name in names
        },
        near=near if chance.random() < 0.4 else None,
        age=chance.choice([None, None, 5, 30, 70]),
        audience=chance.choice([Audience.PUBLIC, Audience.REFERRER]),
        counted=tuple(FACETS),
        limit=300,
        sort=chance.choice(["relevance", "name", "-name", "distance", "-verified"]),
        parts=chance.choice([(), (), ("evening",)]),
        weekdays=chance.choice([(), (), (2,)]),
    )


def answered(request: SearchRequest, results: SearchResults) -> dict[str, Any]:
    """Return what must be the same; relevance is each engine's own, within the stated tolerance."""
    found = [payload["short_id"] for payload in results.payloads]
    is_ranked = request.sort == "relevance" and results.plan.clauses
    return {
        "found": sorted(found) if is_ranked else found,
        "payloads": sorted(results.payloads, key=lambda payload: payload["short_id"]),
        "total": results.total,
        "options": results.options,
        "corrections": results.corrections,
        "relaxations": results.relaxations,
        "questions": results.questions,
        "distances": {
            found.payload["short_id"]: None if found.distance is None else round(found.distance)
            for found in results.found
        },
    }


def test_engines_give_the_same_answer(engines: Engines, monkeypatch: Any) -> None:
    chance = random.Random(20261123)
    options = search(SearchRequest(counted=tuple(FACETS))).options
    values = {name: [each.value for each in found] for name, found in options.items() if found}
    numbers = set()
    for _number in range(QUESTIONS):
        request = any_request(chance, values)
        answers = {}
        for name, make in engines.items():
            monkeypatch.setattr(pipeline, "current_engine", make)
            answers[name] = answered(request, search(request))
        assert answers["elasticsearch"] == answers["database"], request
        numbers.add(answers["database"]["total"])
    # Not all of them about nothing, or about everything.
    assert len(numbers) > 10
