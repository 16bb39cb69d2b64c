import os
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from socialekaart_plugin.discovery.engines.elasticsearch import indices, source_rows
from socialekaart_plugin.discovery.engines.elasticsearch.connection import Configuration
from socialekaart_plugin.discovery.engines.elasticsearch.replication import Index
from socialekaart_plugin.discovery.selectors import current_analyzer
from tests.discovery.elastic import scratch_configuration


@pytest.fixture
def configured() -> Iterator[Configuration]:
    if not os.environ.get("ELASTICSEARCH_URL"):
        pytest.skip("needs Elasticsearch: scripts/test elasticsearch")
    with scratch_configuration() as made:
        yield made


@pytest.fixture(autouse=True)
def nobody_searches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index goes at once; but for tests that search while another one takes over."""
    if "visitors" not in request.fixturenames:
        monkeypatch.setattr(indices, "SEARCHES_END_IN", 0.0)


@pytest.fixture
def visitors() -> None:
    """There are people who search."""


@pytest.fixture
def index(configured: Configuration, db: None) -> Index:
    """The index of a site, not built yet."""
    return Index(configured, current_analyzer)


@pytest.fixture
def site(configured: Configuration, settings: Any) -> dict[str, Any]:
    """What a site with this index says in its settings; this site does."""
    names = ("hosts", "index_prefix", "timeout")
    settings.SOCIALEKAART_ELASTICSEARCH = {name: asdict(configured)[name] for name in names}
    return settings.SOCIALEKAART_ELASTICSEARCH


@pytest.fixture
def in_twos(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of two documents, so that a handful is many batches."""
    monkeypatch.setattr(source_rows, "BATCH_SIZE", 2)
