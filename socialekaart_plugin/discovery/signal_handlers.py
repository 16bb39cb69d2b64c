"""Search follows the gate within the same transaction: public and findable at once, or neither."""

from typing import Any

from socialekaart_plugin.discovery.facets import facet_values
from socialekaart_plugin.publication.models import PublishedRecord
from socialekaart_plugin.publication.signals import published_records_changed

from .index import index_records


def index_changed_records(records: list[PublishedRecord], **kwargs: Any) -> None:
    """Write the entries of what changed."""
    index_records(records, values_of=facet_values)


def connect() -> None:
    """Connect search; called by `AppConfig.ready()`."""
    published_records_changed.connect(
        index_changed_records, dispatch_uid="socialekaart_discovery_index"
    )
