"""What the process was answered is an answer as long as nothing changed, and no moment longer."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import pytest
from django.db import transaction
from elasticsearch import Elasticsearch

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.engines.base import EngineQuery
from socialekaart_plugin.discovery.engines.elasticsearch.connection import Configuration
from socialekaart_plugin.discovery.engines.elasticsearch.engine import ElasticsearchEngine
from socialekaart_plugin.discovery.engines.elasticsearch.factory import (
    breaker_of,
    failover_engine,
)
from socialekaart_plugin.discovery.engines.elasticsearch.mapping import AUDIENCES
from socialekaart_plugin.discovery.search import SearchRequest, search
from socialekaart_plugin.discovery.selectors import current_analyzer
from socialekaart_plugin.foundation.audiences import Audience
from tests.discovery.elastic import brought_up_to_date, scratch_configuration
from tests.discovery.elasticsearch.looking import silent
from tests.factories import change, publish

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def built(configured, index, town):
    index.rebuild(progress=silent)
    return configured


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every request to the server that searches."""
    sent: list[Any] = []
    ask = Elasticsearch.msearch

    def listen(client: Elasticsearch, **arguments: Any) -> Any:
        sent.append(arguments["searches"])
        return ask(client, **arguments)

    monkeypatch.setattr(Elasticsearch, "msearch", listen)
    return sent


@pytest.fixture
def names(built) -> Callable[..., set[str]]:
    """The names of what an engine finds; a new one each time, as for each visitor."""

    def find(**options: Any) -> set[str]:
        results = ElasticsearchEngine(built, current_analyzer).search(EngineQuery(**options))
        return {hit.payload["name"] for hit in results.hits}

    return find


def test_the_same_search_is_asked_once(built, asked, names):
    # From now on the process knows that documents say what help questions gather.
    names()
    asked.clear()
    query = EngineQuery(counted=("theme", "area", "help_question"))
    answers = [ElasticsearchEngine(built, current_analyzer).search(query) for _ in range(3)]
    assert len(asked) == 1
    assert answers[0].total == 3
    assert answers[0] == answers[1] == answers[2]


def test_a_page_with_words_costs_the_server_nothing_the_second_time(site, built, asked):
    request = SearchRequest(text="bureau", counted=("theme",))
    first = search(request)
    assert asked
    asked.clear()
    again = search(request)
    # It finds little, so what to leave out is counted each time.
    assert all(body["size"] == 0 for searches in asked for body in searches[3::2])
    assert again.payloads == first.payloads
    assert again.options == first.options


def test_names_are_kept_too(built, asked):
    for _ in range(2):
        engine = ElasticsearchEngine(built, current_analyzer)
        assert engine.names(["bureau"], audience=Audience.PUBLIC, limit=5)
    assert len(asked) == 1


def test_what_is_withdrawn_is_gone_at_once(built, names, town, asked):
    assert "Bureau Budget" in names()
    withdraw_record(record=town.bureau, reason="Gestopt")
    assert "Bureau Budget" not in names()
    brought_up_to_date(built)
    asked.clear()
    assert "Bureau Budget" not in names()
    assert "Bureau Budget" not in names()
    assert len(asked) == 1


def test_what_is_published_is_found_as_soon_as_the_index_has_it(built, names, town):
    names()
    change(town.club, name="Atletiek")
    publish(town.club)
    assert "Atletiek" in names()
    brought_up_to_date(built)
    assert "Atletiek" in names()
    assert "Atletiekvereniging Één" not in names()


def test_what_is_counted_follows(built, town):
    query = EngineQuery(counted=("theme",))

    def counts() -> dict[str, int]:
        engine = ElasticsearchEngine(built, current_analyzer)
        return engine.search(query).counts["theme"]

    before = counts()
    assert before[town.sport.slug] == 1
    withdraw_record(record=town.club, reason="Gestopt")
    brought_up_to_date(built)
    after = counts()
    assert town.sport.slug not in after
    assert after == {slug: number for slug, number in before.items() if slug != town.sport.slug}


def test_while_the_index_is_behind_nothing_is_kept(names, town, asked):
    withdraw_record(record=town.bureau, reason="Gestopt")
    names()
    names()
    assert len(asked) == 2


def test_a_change_that_is_undone_leaves_what_was_answered_before(names, town):
    before = names()
    with transaction.atomic():
        withdraw_record(record=town.bureau, reason="Gestopt")
        assert "Bureau Budget" not in names()
        transaction.set_rollback(True)
    assert names() == before


@pytest.mark.parametrize("before", list(AUDIENCES))
def test_each_audience_has_its_own(built, town, asked, before):
    def payloads(audience: Audience, *, use_cache: bool) -> list[Any]:
        engine = ElasticsearchEngine(built, current_analyzer, use_cache=use_cache)
        return [hit.payload for hit in engine.search(EngineQuery(audience=audience)).hits]

    payloads(before, use_cache=True)
    fresh = {audience: payloads(audience, use_cache=False) for audience in AUDIENCES}
    # Where the second session of the course is, is for referrers alone.
    assert fresh[Audience.PUBLIC] != fresh[Audience.REFERRER]
    for _ in range(2):
        for audience in AUDIENCES:
            assert payloads(audience, use_cache=True) == fresh[audience]
    assert len(asked) == 4


def test_a_site_may_keep_nothing(db, town, asked):
    with scratch_configuration(kept_answers=0) as configured:
        brought_up_to_date(configured)
        for _ in range(2):
            ElasticsearchEngine(configured, current_analyzer).search(EngineQuery())
    assert len(asked) == 2


@pytest.fixture
def retried_at_once(db, town, settings) -> Iterator[Configuration]:
    """A site that tries a server again a nanosecond after it failed."""
    with scratch_configuration(retry_after=1e-9) as made:
        names = ("hosts", "index_prefix", "timeout", "retry_after")
        settings.SOCIALEKAART_ELASTICSEARCH = {name: asdict(made)[name] for name in names}
        brought_up_to_date(made)
        yield made


def test_what_is_kept_does_not_say_that_the_server_is_well(retried_at_once, asked):
    built, query = retried_at_once, EngineQuery()
    failover_engine(current_analyzer).search(query)
    breaker = breaker_of(built)
    kept = ElasticsearchEngine(built, current_analyzer)
    kept.search(query)
    assert not kept.was_answered
    assert len(asked) == 1
    leave = breaker.allow_request()
    assert leave is not None
    breaker.failed(leave, "no answer")
    # Whoever tries whether all is well asks the server.
    failover_engine(current_analyzer).search(query)
    assert len(asked) == 2
    assert breaker.trouble is None
