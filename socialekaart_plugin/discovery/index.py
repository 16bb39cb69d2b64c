"""Keeping the search entries: written in the transaction that changed the public records."""

from collections.abc import Callable, Iterable

from django.utils import timezone

from socialekaart_plugin.foundation.audiences import OUTSIDE, Audience
from socialekaart_plugin.publication.choices import FINDABLE
from socialekaart_plugin.publication.models import PublishedRecord
from socialekaart_plugin.publication.rules import Payload, has_ended

from .models import FacetValue, SearchEntry
from .rules import fold

BATCH_SIZE = 500


def index_records(
    records: Iterable[PublishedRecord],
    *,
    values_of: Callable[[Payload], Iterable[tuple[str, str]]],
) -> None:
    """Write the entries of these records anew: a public one is findable, a withdrawn one not.

    Neither is an activity that has ended; it leaves when the gate stamps it, the night after.

    Args:
        records: rows that changed, of any kind.
        values_of: gives the facets (name and value) that a payload falls under.
    """
    findable = [record for record in records if record.kind in FINDABLE]
    if not findable:
        return
    stale = SearchEntry.objects.filter(record__in=[record.pk for record in findable])
    FacetValue.objects.filter(entry__in=stale).delete()
    stale.delete()
    today = timezone.localdate()
    entries: list[SearchEntry] = []
    payloads: list[Payload] = []
    for record in findable:
        for audience, payload in zip(
            OUTSIDE, (record.public_payload, record.referrer_payload), strict=True
        ):
            if payload is not None and not has_ended(payload, today):
                entries.append(_entry(record, audience, payload))
                payloads.append(payload)
    SearchEntry.objects.bulk_create(entries, batch_size=BATCH_SIZE)
    values = [
        FacetValue(entry=entry, facet=facet, value=value)
        for entry, payload in zip(entries, payloads, strict=True)
        for facet, value in dict.fromkeys(values_of(payload))
    ]
    FacetValue.objects.bulk_create(values, batch_size=BATCH_SIZE)


def _entry(record: PublishedRecord, audience: Audience, payload: Payload) -> SearchEntry:
    return SearchEntry(
        record=record,
        audience=audience,
        kind=record.kind,
        name=fold(payload["name"])[:200],
        text=_text(payload),
    )


def _text(payload: Payload) -> str:
    """Return what a record is found by; in another language as well, for who reads no Dutch."""
    translated = [
        translation[name]
        for translation in payload.get("translations", ())
        for name in ("name", "summary")
    ]
    own = [payload["name"], *payload["alternative_names"], payload["summary"]]
    return fold(" ".join(own + translated))
