"""The rules of editors, the analyzer, and names of records; rules are cached until they change."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models.fields.json import KT

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.language import STANDARD_COMPOUNDS, Analyzer, folded_words
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.models import PublishedRecord

from .models import (
    CompoundWord,
    IndexChange,
    QueryRule,
    Reanalysis,
    StopRule,
    SynonymGroup,
)
from .query.wording_rules import PlanRules, Synonyms

#: Cache size: the newest rules, and older ones still in use by other threads.
KEPT = 4


@dataclass(frozen=True)
class NamedRecord:
    """A public record as a rule names it.

    Attributes:
        name: for display; empty when it is withdrawn.
        kind: for display.
        short_id: of its permanent address; empty when there never was such a record.
        is_public: whether it is public now.
    """

    name: str = ""
    kind: str = ""
    short_id: str = ""
    is_public: bool = False


def newest_mark() -> str:
    """Return a mark that changes with every change of rules or reference data (one query)."""
    changes = IndexChange.objects.filter(changes_vocabulary=True).order_by("-pk")
    newest = changes.values_list("pk", "mark").first()
    return "{}-{}".format(*newest) if newest else ""


def plan_rules(mark: str) -> PlanRules:
    """Return the rules of editors, cached by mark.

    Args:
        mark: of the newest change (`newest_mark`); empty bypasses the cache.
    """
    return _kept_rules(mark) if mark else _read_rules(mark)


def current_analyzer(mark: str | None = None) -> Analyzer:
    """Return the analyzer with the current compounds.

    Args:
        mark: of the newest change, if known.
    """
    rules = plan_rules(newest_mark() if mark is None else mark)
    return analyzer_with(rules.compounds)


# Each caches some megabytes of words.
@lru_cache(maxsize=2)
def analyzer_with(compounds: frozenset[str]) -> Analyzer:
    """Return the analyzer with these parts of compounds."""
    return Analyzer(compounds)


def normalised_query(text: str) -> str:
    """Return a query in normalised form: folded words joined by spaces."""
    return " ".join(folded_words(text))


@lru_cache(maxsize=KEPT)
def _kept_rules(mark: str) -> PlanRules:
    return _read_rules(mark)


def _read_rules(mark: str) -> PlanRules:
    stop_rules: dict[str, set[str]] = defaultdict(set)
    for word, does_not_find in StopRule.objects.values_list("word", "does_not_find"):
        for folded in folded_words(word):
            stop_rules[folded].update(folded_words(does_not_find))
    return PlanRules(
        synonyms=tuple(
            Synonyms(terms=tuple(group.lines), is_one_way=group.is_one_way)
            for group in SynonymGroup.objects.order_by("pk")
        ),
        stop_rules={word: frozenset(others) for word, others in stop_rules.items()},
        compounds=_compounds(),
        pinned=_records_by_query(QueryRule.Effect.PIN),
        excluded=_records_by_query(QueryRule.Effect.EXCLUDE),
        questions=_questions(),
        mark=mark,
    )


def _compounds() -> frozenset[str]:
    words = set(STANDARD_COMPOUNDS)
    for word, is_left_out in CompoundWord.objects.values_list("word", "is_left_out"):
        (words.discard if is_left_out else words.add)(word)
    return frozenset(words)


def _records_by_query(effect: QueryRule.Effect) -> dict[str, tuple[int, ...]]:
    rules = list(
        QueryRule.objects.filter(effect=effect)
        .order_by("sort_order", "pk")
        .values_list("query", "record_uuid")
    )
    # Withdrawn records included: their return is no change of the rules.
    wanted = PublishedRecord.objects.filter(uuid__in={record for _query, record in rules})
    keys = dict(wanted.values_list("uuid", "pk"))
    found: dict[str, list[int]] = defaultdict(list)
    for query, record in rules:
        if record in keys:
            found[normalised_query(query)].append(keys[record])
    return {query: tuple(dict.fromkeys(pks)) for query, pks in found.items()}


def _questions() -> tuple[tuple[str, str], ...]:
    payloads = (
        PublishedRecord.objects.for_audience(Audience.PUBLIC)
        .filter(kind=RecordKind.HELP_QUESTION)
        .order_by("pk")
        .values_list("public_payload", flat=True)
    )
    return tuple(
        (payload["slug"], "\n".join((payload["name"], payload["explanation"])).strip())
        for payload in payloads
    )


def named_records(
    *, uuids: Iterable[uuid.UUID] = (), pks: Iterable[int] = (), audience: Audience
) -> dict[uuid.UUID | int, NamedRecord]:
    """Return named records by uuid and by key (one query); those never public are left out.

    Args:
        uuids: the public ids of some.
        pks: the keys of others.
        audience: who reads; a name hidden from them is empty.
    """
    wanted = PublishedRecord.objects.filter(uuid__in=list(uuids)) | PublishedRecord.objects.filter(
        pk__in=list(pks)
    )
    named: dict[uuid.UUID | int, NamedRecord] = {}
    for pk, public_id, kind, short_id, withdrawn_at, name in wanted.annotate(
        name=KT(f"{audience.value}_payload__name")
    ).values_list("pk", "uuid", "kind", "short_id", "withdrawn_at", "name"):
        named[pk] = named[public_id] = NamedRecord(
            name=name or "",
            kind=str(RecordKind(kind).label),
            short_id=short_id,
            is_public=withdrawn_at is None,
        )
    return named


def latest_reanalysis() -> Reanalysis | None:
    """Return the newest run, finished or not."""
    return Reanalysis.objects.order_by("-pk").first()
