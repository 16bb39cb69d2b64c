"""A real Elasticsearch for tests: an index of their own, gone afterwards."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from socialekaart_plugin.discovery.engines.elasticsearch.connection import (
    Configuration,
    client_of,
)
from socialekaart_plugin.discovery.engines.elasticsearch.replication import Index, NotBuiltError
from socialekaart_plugin.discovery.selectors import current_analyzer


@contextmanager
def scratch_configuration(**options: Any) -> Iterator[Configuration]:
    """Settings with a prefix of their own; their indices are removed at the end."""
    given = {"hosts": (os.environ["ELASTICSEARCH_URL"],), "timeout": 10.0, **options}
    configured = Configuration(index_prefix=f"test-{uuid.uuid4().hex[:12]}", **given)
    try:
        yield configured
    finally:
        client = client_of(configured)
        for name in client.indices.get(index=f"{configured.index_prefix}-*"):
            client.indices.delete(index=name)
        client.close()


def filled_index(configured: Configuration) -> Index:
    """Build the index of what is in the database now."""
    index = Index(configured, current_analyzer)
    index.rebuild(progress=lambda _done, _total: None)
    return index


def brought_up_to_date(configured: Configuration) -> None:
    """Let the index follow the database; built when there is none."""
    index = Index(configured, current_analyzer)
    try:
        index.sync(progress=lambda _done, _total: None)
    except NotBuiltError:
        filled_index(configured)
