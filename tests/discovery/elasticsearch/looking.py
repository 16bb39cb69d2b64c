"""Looking into an index behind the back of what is tested."""

from typing import Any

from elasticsearch.helpers import scan

from socialekaart_plugin.discovery.engines.elasticsearch.mapping import STATE_ID
from socialekaart_plugin.discovery.engines.elasticsearch.replication import Index
from socialekaart_plugin.models import PublishedRecord


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def kept(index: Index, name: str = "") -> dict[int, dict[str, Any]]:
    """Every document of an index by its key, as it is kept; by default of the one searched."""
    target = name or index.indices.live_index()
    index.client.indices.refresh(index=target)
    hits = scan(index.client, index=target)
    return {int(hit["_id"]): hit["_source"] for hit in hits if hit["_id"] != STATE_ID}


def document(index: Index, record: Any) -> dict[str, Any] | None:
    """What the index keeps of a record for everybody."""
    return kept(index).get(2 * PublishedRecord.objects.get(uuid=record.uuid).pk)


def names(index: Index) -> list[str]:
    """The folded names in the index."""
    return sorted(each["sort_name"] for each in kept(index).values())


def its_indices(index: Index) -> list[str]:
    """The names of the indices of a site, whatever their mapping."""
    prefix = index.indices.configured.index_prefix
    return sorted(index.client.indices.get(index=f"{prefix}-v*"))
