"""Builds the index document of one payload."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from socialekaart_plugin.discovery.facets import facet_values, places_of, tag_labels
from socialekaart_plugin.language import Analyzer
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload, as_of, has_ended
from socialekaart_plugin.timetable.calendars import Calendar

from .coming_times import ComingTimes, coming_times
from .field_tokens import read_words
from .time_encoding import slots


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """The searchable content of one payload, with its filters and ranking signals.

    Attributes:
        tokens: stems by field (name, other_names, summary, subjects, description), in text
            order, `GAP` between separate texts; stop words in names only.
        parts: stems of the parts of compounds by field, each once.
        literal: every folded word, each once.
        name_literal: those of the name and the other names.
        words: those of three letters or more, for spelling correction and completion.
        facets: facet and value; internal facets included.
        labels: names of facet values that are not in the reference data.
        points: latitude and longitude in degrees, each place once.
        min_age: years, included; None is no limit.
        max_age: likewise.
        verified_on: when it was last verified.
        upkeep: state as `as_of` reads it: unknown, fresh, due or marked; empty for a place.
        name_length: number of words in its name.
        times: coming times, for `decode_times`.
        times_until: last day covered by `times`; None without schedules.
    """

    tokens: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[str, ...]]
    literal: tuple[str, ...]
    name_literal: tuple[str, ...]
    words: tuple[str, ...]
    facets: tuple[tuple[str, str], ...]
    labels: Mapping[tuple[str, str], str]
    points: tuple[tuple[float, float], ...]
    min_age: int | None
    max_age: int | None
    verified_on: datetime.date | None
    upkeep: str
    name_length: int
    times: bytes
    times_until: datetime.date | None


def build_document(
    payload: Payload, *, analyzer: Analyzer, calendar: Calendar | None, now: datetime.datetime
) -> IndexDocument | None:
    """Return the document of a payload.

    Args:
        payload: as the gate stored it, of an organisation, an activity or a place.
        analyzer: splits text into words.
        calendar: the school holidays of the region, or None.
        now: an aware moment; the document is valid for its whole day.

    Returns:
        None for an activity that has ended.
    """
    today = timezone.localdate(now)
    if has_ended(payload, today):
        return None
    if payload["kind"] == RecordKind.PLACE:
        return _document(payload, ComingTimes(), analyzer)
    reading = as_of(payload, today)
    return _document(reading, coming_times(reading, today, calendar), analyzer)


def _document(payload: Payload, coming: ComingTimes, analyzer: Analyzer) -> IndexDocument:
    found = read_words(payload, analyzer)
    labels = tag_labels(payload) if "tags" in payload else {}
    upkeep = payload.get("upkeep", {"verified_on": None, "state": ""})
    verified_on = upkeep["verified_on"]
    return IndexDocument(
        tokens=found.tokens,
        parts=found.parts,
        literal=found.literal,
        name_literal=found.name_literal,
        words=found.words,
        facets=tuple(facet_values(payload, slots(coming.data))),
        labels={("tag", value): name for value, name in labels.items()},
        points=tuple(_points(payload)),
        min_age=payload.get("min_age"),
        max_age=payload.get("max_age"),
        verified_on=datetime.date.fromisoformat(verified_on) if verified_on else None,
        upkeep=upkeep["state"],
        name_length=found.name_length,
        times=coming.data,
        times_until=coming.until,
    )


def _points(payload: Payload) -> Iterable[tuple[float, float]]:
    """Return the locations, without duplicates."""
    points = ((place["latitude"], place["longitude"]) for place in places_of(payload))
    return dict.fromkeys(point for point in points if None not in point)
