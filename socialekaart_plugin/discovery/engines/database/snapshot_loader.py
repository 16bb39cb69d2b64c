"""Loads the snapshot of a process, and updates it incrementally from the log of changes."""

import datetime
import json
from collections import defaultdict
from collections.abc import Sequence
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from pyroaring import BitMap

from socialekaart_plugin.discovery.engines.lexicon import (
    AnalyzerFor,
    Lexicon,
    LexiconKeeper,
    lexicon_keeper,
)
from socialekaart_plugin.discovery.engines.weights import NO_MAX_AGE, NO_MIN_AGE, upkeep_factor
from socialekaart_plugin.discovery.models import AUDIENCE_BITS, SearchDocument
from socialekaart_plugin.foundation.audiences import Audience

from .snapshot import (
    NEVER,
    Columns,
    Points,
    Snapshot,
    Times,
    on_globe,
)


class _Row(NamedTuple):
    """The columns of `SearchDocument` that the snapshot needs."""

    id: int
    audiences: int
    name: str
    facets: str
    labels: str
    points: str
    min_age: int | None
    max_age: int | None
    verified_on: datetime.date | None
    upkeep: str
    name_length: int
    times: bytes


class SnapshotKeeper:
    """Caches the snapshot of this process, and updates it when the index changed."""

    def __init__(self, lexicons: LexiconKeeper = lexicon_keeper) -> None:
        """Start empty; the lexicon comes from `lexicons`."""
        self._lock = Lock()
        self._lexicons = lexicons
        self._snapshot: Snapshot | None = None

    def current(self, analyzer_for: AnalyzerFor) -> Snapshot:
        """Return the current snapshot; one query when nothing changed."""
        with self._lock:
            lexicon = self._lexicons.current(analyzer_for)
            held = self._snapshot
            if held is None or held.lexicon.origin != lexicon.origin:
                held = _load(lexicon)
            elif held.lexicon is not lexicon:
                held = _update(held, lexicon)
            self._snapshot = held
            return held


def _load(lexicon: Lexicon) -> Snapshot:
    """Load the whole index."""
    empty = Snapshot(
        lexicon=lexicon,
        # Nothing for colleagues is indexed: their bitmap stays empty.
        audiences={audience: BitMap() for audience in Audience},
        facets={},
        columns=Columns.empty(0),
        points=Points(),
        times=Times(),
        names={},
        labels={},
    )
    return _add_rows(empty, _rows(after=0, audiences__gt=0))


def _update(held: Snapshot, lexicon: Lexicon) -> Snapshot:
    """Return an updated copy of the snapshot; shares unchanged parts."""
    updated = Snapshot(
        lexicon=lexicon,
        audiences=dict(held.audiences),
        facets={name: dict(values) for name, values in held.facets.items()},
        columns=held.columns.grown(0),
        points=held.points,
        times=held.times,
        names=dict(held.names),
        labels=dict(held.labels),
        # Present only when it was computed before (`cached_property`).
        previous_ranked=held.__dict__.get("ranked", []),
    )
    rows = _rows(after=held.lexicon.change.number)
    if rows:
        _remove(updated, BitMap(row.id for row in rows))
        return _add_rows(updated, [row for row in rows if row.audiences])
    updated.postings = held.postings
    return updated


def _rows(*, after: int, **conditions: Any) -> list[_Row]:
    documents = SearchDocument.objects.filter(version__gt=after, **conditions)
    return [_Row(*values) for values in documents.order_by("pk").values_list(*_Row._fields)]


def _remove(snapshot: Snapshot, documents: BitMap) -> None:
    """Remove documents from a snapshot that is not published yet."""
    for audience, known in snapshot.audiences.items():
        snapshot.audiences[audience] = known - documents
    for values in snapshot.facets.values():
        for value, known in list(values.items()):
            if known.intersect(documents):
                left = known - documents
                if left:
                    values[value] = left
                else:
                    del values[value]
    gone = np.array(documents.to_array(), np.uint32)
    points, times = snapshot.points, snapshot.times
    kept = ~np.isin(points.documents, gone)
    snapshot.points = Points(points.documents[kept], points.on_globe[kept])
    kept = ~np.isin(times.documents, gone)
    snapshot.times = Times(times.documents[kept], times.starts[kept], times.ends[kept])
    for key in documents:
        snapshot.names.pop(key, None)


def _add_rows(snapshot: Snapshot, rows: Sequence[_Row]) -> Snapshot:
    """Add documents to a snapshot that is not published yet."""
    if not rows:
        return snapshot
    snapshot.columns = snapshot.columns.grown(max(row.id for row in rows) + 1)
    _add_audiences(snapshot, rows)
    _add_facets(snapshot, rows)
    _add_columns(snapshot.columns, rows)
    _add_points(snapshot, rows)
    _add_times(snapshot, rows)
    for row in rows:
        snapshot.names[row.id] = row.name
        if row.labels:
            for key, label in json.loads(row.labels).items():
                facet, _equals, value = key.partition("=")
                snapshot.labels[facet, value] = label
    return snapshot


def _add_audiences(snapshot: Snapshot, rows: Sequence[_Row]) -> None:
    for audience, bit in AUDIENCE_BITS.items():
        mine = BitMap([row.id for row in rows if row.audiences & bit])
        snapshot.audiences[audience] = snapshot.audiences[audience] | mine


def _add_facets(snapshot: Snapshot, rows: Sequence[_Row]) -> None:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        for pair in row.facets.split():
            found[pair].append(row.id)
    for pair, ids in found.items():
        facet, _equals, value = pair.partition("=")
        values = snapshot.facets.setdefault(facet, {})
        added = BitMap(ids)
        values[value] = values[value] | added if value in values else added


def _add_columns(columns: Columns, rows: Sequence[_Row]) -> None:
    ids = np.array([row.id for row in rows], np.uint32)
    columns.upkeep[ids] = [upkeep_factor(row.upkeep) for row in rows]
    columns.name_length[ids] = [max(1, row.name_length) for row in rows]
    columns.min_age[ids] = [NO_MIN_AGE if r.min_age is None else r.min_age for r in rows]
    columns.max_age[ids] = [NO_MAX_AGE if r.max_age is None else r.max_age for r in rows]
    columns.verified[ids] = [r.verified_on.toordinal() if r.verified_on else NEVER for r in rows]


def _add_points(snapshot: Snapshot, rows: Sequence[_Row]) -> None:
    found = [
        (row.id, *map(float, point.split(","))) for row in rows for point in row.points.split()
    ]
    if not found:
        return
    added = np.array(found, np.float64)
    held = snapshot.points
    documents = np.concatenate([held.documents, added[:, 0].astype(np.uint32)])
    # Sorted by document, for one reduction to the nearest place of each.
    order = np.argsort(documents, kind="stable")
    snapshot.points = Points(
        documents[order],
        np.concatenate([held.on_globe, on_globe(added[:, 1], added[:, 2])])[order],
    )


def _add_times(snapshot: Snapshot, rows: Sequence[_Row]) -> None:
    held = snapshot.times
    documents, pairs = [held.documents], []
    for row in rows:
        if row.times:
            coming = np.frombuffer(bytes(row.times), "<u4").reshape(-1, 2).astype(np.int64)
            documents.append(np.full(len(coming), row.id, np.uint32))
            pairs.append(coming)
    if pairs:
        added = np.concatenate(pairs)
        snapshot.times = Times(
            np.concatenate(documents),
            np.concatenate([held.starts, added[:, 0]]),
            np.concatenate([held.ends, added[:, 1]]),
        )
