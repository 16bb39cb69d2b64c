"""Single values of a payload: references, days, web addresses, timetables."""

import datetime
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from socialekaart_plugin.places.choices import AccessibilityFact
from socialekaart_plugin.places.models import Area
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.errors import TimetableError
from socialekaart_plugin.vocabulary.models import Theme

_logger = logging.getLogger(__name__)

_T = TypeVar("_T")


def reference(source: Any) -> Payload:
    """Return the reference with which one record names another."""
    return {
        "uuid": str(source.uuid),
        "short_id": source.short_id,
        "name": source.name,
        "slug": source.slug,
    }


def area(source: Area) -> Payload:
    """Return an area without its outline."""
    return {
        **reference(source),
        "kind": RecordKind.AREA.value,
        "area_kind": source.kind,
        "code": source.code,
    }


def theme(source: Theme) -> Payload:
    """Return a theme with its wider themes."""
    return {
        **reference(source),
        "path": [
            {**reference(step), "sort_order": step.sort_order}
            for step in source.ancestors_and_self()
        ],
    }


def accessibility(source: Any) -> Payload:
    """Return what is known about the accessibility of a record or a place."""
    known = source.accessibility if isinstance(source.accessibility, dict) else {}
    return {
        "facts": {
            fact.value: known[fact.value]
            for fact in AccessibilityFact
            if isinstance(known.get(fact.value), bool)
        },
        "note": source.accessibility_note,
    }


def day(value: datetime.date | None) -> str | None:
    """Return a day as JSON text, or None."""
    return value.isoformat() if value else None


def moment(value: datetime.datetime | None) -> str | None:
    """Return a moment as JSON text, or None."""
    return value.isoformat() if value else None


def web_address(value: str) -> str:
    """Return a web address; empty if the stored value, written outside the form, is not one."""
    return value if value.startswith(("https://", "http://")) else ""


def timetable(
    value: Any, read: Callable[[Any], _T], write: Callable[[_T], Payload], owner: Any
) -> Payload | None:
    """Return a stored schedule or opening hours with every key; None if it cannot be read.

    An unreadable value was written outside every form; it is logged.

    Args:
        value: the column.
        read: the function of `timetable.as_json` that reads it.
        write: the function of `timetable.as_json` that writes it.
        owner: the row that holds it, for the log.
    """
    if value is None:
        return None
    try:
        return write(read(value))
    except TimetableError:
        _logger.exception("%s %s: unreadable timetable", type(owner).__name__, owner.pk)
        return None
