"""The reference data of search: themes, areas, target groups and help questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry import shape

from socialekaart_plugin.discovery.engines.base import Value
from socialekaart_plugin.discovery.models import document_keys
from socialekaart_plugin.language import Analyzer
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload

#: Kinds of public record that are reference data, not documents.
KINDS = (
    RecordKind.THEME,
    RecordKind.TARGET_GROUP,
    RecordKind.AREA,
    RecordKind.HELP_QUESTION,
)


@dataclass(frozen=True)
class QuestionEntry:
    """A help question: which documents it matches, and its words.

    Attributes:
        slug: for URLs.
        themes: slugs; narrower themes are included.
        target_groups: slugs.
        documents: keys of the documents of picked records.
        stems: of the words of its name, without stop words.
    """

    slug: str
    themes: tuple[str, ...]
    target_groups: tuple[str, ...]
    documents: tuple[int, ...]
    stems: frozenset[str]


@dataclass(frozen=True)
class Vocabulary:
    """The reference data, by kind and slug."""

    entries: dict[str, dict[str, Value]] = field(default_factory=dict)
    questions: tuple[QuestionEntry, ...] = ()
    #: By slug of an area, the slugs of the wider ones, widest first.
    within: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def wider_and_narrower_areas(self, slug: str) -> list[str]:
        """Return an area with all areas that contain it or lie in it."""
        narrower = [other for other, wider in self.within.items() if slug in wider]
        return [slug, *self.within.get(slug, ()), *narrower]


def read_vocabulary(
    payloads: Iterable[Payload], analyzer: Analyzer, keys: Mapping[str, int]
) -> Vocabulary:
    """Read the payloads of the kinds of `KINDS`.

    Args:
        payloads: of all of them.
        analyzer: for the words of help questions.
        keys: of public records, by public id; at least of records picked by help questions.
    """
    entries: dict[str, dict[str, Value]] = {kind.value: {} for kind in KINDS}
    questions, within = [], {}
    for payload in payloads:
        kind = payload["kind"]
        entries[kind][payload["slug"]] = _value(payload)
        if kind == RecordKind.AREA:
            within[payload["slug"]] = tuple(area["slug"] for area in payload["within"])
        elif kind == RecordKind.HELP_QUESTION:
            questions.append(_question(payload, analyzer, keys))
    questions.sort(key=lambda question: entries["help_question"][question.slug].place)
    return Vocabulary(entries, tuple(questions), within)


def _value(payload: Payload) -> Value:
    steps = payload.get("path") or [
        *({"name": area["name"], "sort_order": 0} for area in payload.get("within", ())),
        {"name": payload["name"], "sort_order": payload.get("sort_order", 0)},
    ]
    return Value(
        short_id=payload["short_id"],
        name=payload["name"],
        place=tuple((step["sort_order"], step["name"]) for step in steps),
        depth=len(steps) - 1,
        explanation=payload.get("explanation", ""),
        area_kind=payload.get("area_kind", ""),
        centre=_centre(payload.get("outline")),
    )


def _question(payload: Payload, analyzer: Analyzer, keys: Mapping[str, int]) -> QuestionEntry:
    terms = analyzer.terms(payload["name"])
    return QuestionEntry(
        slug=payload["slug"],
        themes=tuple(theme["slug"] for theme in payload["themes"]),
        target_groups=tuple(group["slug"] for group in payload["target_groups"]),
        documents=tuple(
            document
            for record in payload["records"]
            if (key := keys.get(record["uuid"])) is not None
            for document in document_keys(key)
        ),
        stems=frozenset(term.stem for term in terms if not term.is_stop),
    )


def _centre(outline: Any) -> tuple[float, float] | None:
    if not outline:
        return None
    point = shape(outline).representative_point()
    return point.y, point.x
