"""Checks that Elasticsearch and the embedded index agree, and repairs documents that differ."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from heapq import merge
from itertools import groupby, islice
from typing import Any, Literal

import orjson
from django.db.models import Count, Max

from socialekaart_plugin.discovery.models import AUDIENCE_BITS, IndexChange, SearchDocument

from .bulk_writer import writing
from .documents import document_of
from .indices import NotBuiltError, write_alias
from .mapping import AUDIENCES, STATE_ID
from .replication import Index, Progress
from .source_rows import BATCH_SIZE, Row, deleted_row, rows_of

#: Size of the random sample whose documents are compared in full.
_SAMPLE = 200
_PAGE = 1_000
#: How many differences are named as examples.
_MOST_EXAMPLES = 10

_IN_TABLE, _IN_INDEX = 0, 1
#: Key, side, version, audiences as bits.
_Entry = tuple[int, int, int, int]

#: What can be wrong with a document of the index.
Fault = Literal["missing", "left over", "older", "altered"]


@dataclass
class ConsistencyReport:
    """What a check found and repaired.

    Attributes:
        documents: how many the index should hold.
        is_compared: whether all were compared, because counts or sample differed.
        faults: how many of each kind.
        examples: keys of the first ones, each with its fault.
    """

    documents: int = 0
    is_compared: bool = False
    faults: Counter[Fault] = field(default_factory=Counter)
    examples: list[tuple[int, Fault]] = field(default_factory=list)

    def add(self, faults: Iterable[tuple[int, Fault, Row]]) -> None:
        """Count faults, and keep the first ones as examples."""
        for key, fault, _row in faults:
            self.faults[fault] += 1
            if len(self.examples) < _MOST_EXAMPLES:
                self.examples.append((key, fault))


def check(index: Index, *, progress: Progress) -> ConsistencyReport:
    """Compare the live index with the table, and repair what differs; in constant memory.

    Compares counts per audience and a sample first; everything only when these differ.

    Args:
        index: is synced first.
        progress: called while all is compared with how many rows are done, and of how many.

    Raises:
        NotBuiltError: there is no index, or it is of another database; it must be rebuilt.
        RefusedError: the server would not take a document.
        elasticsearch.ApiError, elasticsearch.TransportError: no answer, or a refusal.
    """
    index.sync(progress=lambda _done, _total: None)
    name = index.indices.live_index()
    comparison = _Comparison(index, name)
    comparison.refresh()
    found = ConsistencyReport(SearchDocument.objects.filter(audiences__gt=0).count())
    in_sample = {fault for _key, fault, _row in comparison.faults(_sample())}
    if in_sample or not comparison.has_same_counts():
        found.is_compared = True
        suspect_keys = comparison.suspect_keys(
            compare_all="altered" in in_sample,
            progress=lambda done: progress(min(done, found.documents), found.documents),
        )
        with writing(index.client, name) as writer:
            while some := list(islice(suspect_keys, BATCH_SIZE)):
                faults = comparison.faults(some)
                found.add(faults)
                writer.send([row for _key, _fault, row in faults], comparison.reader)
            writer.finish()
        if comparison.faults(writer.conflicts):
            raise NotBuiltError(f"the index {name} remembers what this database never had")
        comparison.refresh()
    return found


def _sample() -> list[int]:
    keys = SearchDocument.objects.filter(audiences__gt=0).values_list("pk", flat=True)
    return list(keys.order_by("?")[:_SAMPLE])


class _Comparison:
    """Compares table and index as of one change; ignores what changes meanwhile."""

    def __init__(self, index: Index, name: str) -> None:
        lexicon = index.lexicon()
        self._client = index.client
        self._alias = write_alias(name)
        self._change = lexicon.change.number
        #: Repairs get the newest version, so that the server accepts them.
        self.reader = replace(index.reader(lexicon), change=self._change)

    def refresh(self) -> None:
        """Make all writes searchable."""
        self._client.indices.refresh(index=self._alias)

    def has_same_counts(self) -> bool:
        """Tell whether table and index have equal counts per audience."""
        rows = SearchDocument.objects.filter(audiences__gt=0).order_by()
        by_bits = dict(rows.values_list("audiences").annotate(Count("pk")))
        wanted = {
            audience.value: sum(n for bits, n in by_bits.items() if bits & AUDIENCE_BITS[audience])
            for audience in AUDIENCES
        }
        answer = self._client.search(
            index=self._alias,
            size=0,
            query={"bool": {"must_not": [{"ids": {"values": [STATE_ID]}}]}},
            aggs={"audiences": {"terms": {"field": "audiences", "size": len(AUDIENCES) + 1}}},
            track_total_hits=True,
            allow_partial_search_results=False,
        )
        buckets = answer["aggregations"]["audiences"]["buckets"]
        counted = dict.fromkeys(wanted, 0) | {each["key"]: each["doc_count"] for each in buckets}
        total = int(answer["hits"]["total"]["value"])
        return total == sum(by_bits.values()) and counted == wanted

    def suspect_keys(self, *, compare_all: bool, progress: Callable[[int], None]) -> Iterator[int]:
        """Yield the keys whose version or audiences differ, in order.

        Args:
            compare_all: yield all keys, because documents may differ in content alone.
            progress: called with how many rows are done.
        """
        sides = merge(self._in_table(progress), self._in_index())
        for key, said in groupby(sides, key=lambda each: each[0]):
            of_side = {side: rest for _key, side, *rest in said}
            if compare_all or len(of_side) != 2:
                yield key
                continue
            (version, bits), (kept, bits_kept) = of_side[_IN_TABLE], of_side[_IN_INDEX]
            if bits != bits_kept or not version <= kept <= max(version, self._change):
                yield key

    def faults(self, keys: Iterable[int]) -> list[tuple[int, Fault, Row]]:
        """Compare some documents in full; return the faults, with the current rows.

        Args:
            keys: `BATCH_SIZE` at most.

        Raises:
            NotBuiltError: one is newer than anything in this database.
        """
        wanted = list(keys)
        if not wanted:
            return []
        rows = {row.id: row for row in rows_of(wanted)}
        answer = self._client.mget(index=self._alias, ids=[str(key) for key in wanted])
        found: list[tuple[int, Fault, Row]] = []
        for key, kept in zip(wanted, answer["docs"], strict=True):
            row = rows.get(key) or deleted_row(key)
            # What changed since is for the next sync.
            if row.version <= self._change and (fault := self._fault(row, kept)):
                found.append((key, fault, row))
        return found

    def _fault(self, row: Row, kept: Mapping[str, Any]) -> Fault | None:
        document = document_of(row, self.reader)
        if not kept.get("found"):
            return "missing" if document is not None else None
        if kept["_version"] > max(self._change, self._newest_change()):
            raise NotBuiltError(f"document {row.id} is newer than this database")
        if kept["_version"] > self._change:
            return None
        if document is None:
            return "left over"
        if kept["_version"] < row.version:
            return "older"
        is_same = orjson.loads(orjson.dumps(document)) == kept["_source"]
        return None if is_same else "altered"

    def _newest_change(self) -> int:
        return IndexChange.objects.aggregate(Max("pk"))["pk__max"] or 0

    def _in_table(self, progress: Callable[[int], None]) -> Iterator[_Entry]:
        """Yield what the index should hold, by key."""
        rows = SearchDocument.objects.filter(audiences__gt=0).order_by("pk")
        said = rows.values_list("pk", "version", "audiences")
        last, done = -1, 0
        while page := list(said.filter(pk__gt=last)[:_PAGE]):
            for key, version, bits in page:
                yield key, _IN_TABLE, version, bits
            last, done = page[-1][0], done + len(page)
            progress(done)

    def _in_index(self) -> Iterator[_Entry]:
        """Yield what the index holds, by key."""
        after: list[Any] | None = None
        while True:
            answer = self._client.search(
                index=self._alias,
                size=_PAGE,
                query={"exists": {"field": "key"}},
                sort=["key"],
                search_after=after,
                version=True,
                source=False,
                docvalue_fields=[{"field": "audiences"}],
                track_total_hits=False,
                allow_partial_search_results=False,
            )
            hits = answer["hits"]["hits"]
            for hit in hits:
                said = hit.get("fields", {}).get("audiences", ())
                bits = sum(AUDIENCE_BITS[each] for each in AUDIENCES if each.value in said)
                yield hit["sort"][0], _IN_INDEX, hit["_version"], bits
            if len(hits) < _PAGE:
                return
            after = hits[-1]["sort"]
