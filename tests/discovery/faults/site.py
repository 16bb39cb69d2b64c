"""What a visitor is answered, an editor does and a monitor sees; and whether the index is right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from elastic_transport import Transport

from socialekaart_plugin.discovery.engines import current_engine
from socialekaart_plugin.discovery.engines.base import EngineQuery
from socialekaart_plugin.discovery.engines.database.engine import DatabaseEngine
from socialekaart_plugin.discovery.engines.elasticsearch.connection import (
    Configuration,
    client_of,
    read_configuration,
)
from socialekaart_plugin.discovery.engines.elasticsearch.engine import ElasticsearchEngine
from socialekaart_plugin.discovery.engines.elasticsearch.replication import Index, SyncResult
from socialekaart_plugin.discovery.engines.failover import FailoverEngine
from socialekaart_plugin.discovery.index_sync import SyncOutcome, sync_search_index
from socialekaart_plugin.discovery.models import SearchDocument
from socialekaart_plugin.discovery.selectors import current_analyzer
from socialekaart_plugin.foundation.audiences import Audience
from tests.factories import OrganisationFactory, publish


@contextmanager
def seconds_granted() -> Iterator[list[float | None]]:
    """Note how long each request to Elasticsearch may take, as the client is told."""
    granted: list[float | None] = []
    ask = Transport.perform_request

    def noted(self: Transport, *args: Any, **options: Any) -> Any:
        granted.append(options.get("request_timeout"))
        return ask(self, *args, **options)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Transport, "perform_request", noted)
        yield granted


@dataclass
class Site:
    """A site whose settings name a server."""

    page: Any
    settings: Any
    given: dict[str, Any]

    @property
    def configured(self) -> Configuration:
        return read_configuration(self.given)

    def use(self, **changed: Any) -> None:
        self.given = {**self.given, **changed}
        self.settings.SOCIALEKAART_ELASTICSEARCH = self.given

    def index(self) -> Index:
        return Index(self.configured, current_analyzer)

    def rebuild(self) -> SyncResult:
        return self.index().rebuild(progress=lambda _done, _total: None)

    def sync(self) -> SyncResult:
        return self.index().sync(progress=lambda _done, _total: None)

    def follow(self) -> SyncOutcome:
        """What the worker does: sync, or build when that is what is needed."""
        return sync_search_index()

    def answers(self, words: str = "budget") -> dict[str, Any]:
        """What a visitor gets for a word: the page, the API and what completes it.

        No search waits longer for Elasticsearch than the settings say, all its requests together:
        each has what the one before it left. A page that found nothing searches twice.
        """
        client = Client()
        found: dict[str, Any] = {}
        for name, address, parameters in (
            ("page", self.page.url, {"search": words}),
            ("api", "/api/v2/organisations/", {"search": words}),
            ("suggestions", f"{self.page.url}suggesties/", {"search": words}),
        ):
            with seconds_granted() as granted:
                answer = client.get(address, parameters)
            assert answer.status_code == 200, (name, answer.content[:300])
            whole = self.configured.timeout
            assert all(seconds is not None and 0 < seconds <= whole for seconds in granted), name
            begun = sum(seconds > before for before, seconds in pairwise(granted))
            assert begun <= (name == "page"), (name, granted)
            found[name] = answer.content if name == "page" else answer.json()
        return found

    def answers_of_the_database(self, words: str = "budget") -> dict[str, Any]:
        self.settings.SOCIALEKAART_ELASTICSEARCH = {}
        try:
            return self.answers(words)
        finally:
            self.settings.SOCIALEKAART_ELASTICSEARCH = self.given

    def finds(self) -> bool:
        """Whether Elasticsearch is what answers a search now."""
        engine = current_engine(current_analyzer)
        assert isinstance(engine, FailoverEngine)
        engine.search(EngineQuery(limit=1))
        return engine.is_first

    def publish(self, name: str = "Budgetkring Oost") -> Any:
        """Publish a record, as the admin does."""
        return publish(OrganisationFactory(name=name, summary="Samen op de kleintjes letten."))

    def health(self) -> dict[str, Any]:
        """What a monitor is told."""
        answer = Client().get(reverse("socialekaart_plugin:discovery_health"))
        assert answer.status_code == 200
        told: dict[str, Any] = answer.json()
        return told

    def holds_all_once(self) -> None:
        """Nothing lost and nothing double: the index has each document in its newest version."""
        client = client_of(self.configured).options(request_timeout=20)
        client.indices.refresh(index=self.configured.alias)
        answer = client.search(
            index=self.configured.alias,
            query={"exists": {"field": "record"}},
            size=1_000,
            version=True,
            source=False,
            track_total_hits=True,
        )
        held = {int(hit["_id"]): hit["_version"] for hit in answer["hits"]["hits"]}
        kept = dict(SearchDocument.objects.filter(audiences__gt=0).values_list("pk", "version"))
        assert answer["hits"]["total"]["value"] == len(held)
        assert held.keys() == kept.keys()
        assert all(held[key] >= version for key, version in kept.items())
        engines = (
            # No visitor: whoever compares has time.
            ElasticsearchEngine(replace(self.configured, timeout=20), current_analyzer),
            DatabaseEngine(current_analyzer),
        )
        for audience in (Audience.PUBLIC, Audience.REFERRER):
            query = EngineQuery(audience=audience, limit=1_000, sort="name", counted=("kind",))
            first, second = (engine.search(query) for engine in engines)
            assert [(hit.record, hit.payload) for hit in first.hits] == [
                (hit.record, hit.payload) for hit in second.hits
            ]
            assert (first.total, first.counts) == (second.total, second.counts)


@contextmanager
def no_connection(opened: Callable[[], int]) -> Iterator[None]:
    """See that nobody opens a connection meanwhile."""
    before = opened()
    yield
    assert opened() == before
