"""Compares two result lists: records that were added, removed or moved."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socialekaart_plugin.discovery.search import Found, SearchResults
from socialekaart_plugin.publication.addresses import permanent_path
from socialekaart_plugin.publication.choices import RecordKind

#: How many records are compared in each list, and how many are shown.
DEPTH = 100
SHOWN = 20


@dataclass(frozen=True)
class Line:
    """A record in one of the lists.

    Attributes:
        position: 1 is the first.
        found: the record, with why it stands here.
        kind: what it is, in words.
        by: by whom it is.
        url: its permanent address.
        code: "same", "came", "went", "up" or "down"; empty when there is no other list.
        change: the same in words.
    """

    position: int
    found: Found
    kind: str
    by: str
    url: str
    code: str = ""
    change: str = ""


def listed(results: SearchResults) -> list[Line]:
    """Return the records of a single list."""
    return [_line(place, found) for place, found in enumerate(results.found[:SHOWN], start=1)]


def compared(before: SearchResults, after: SearchResults) -> tuple[list[Line], list[Line]]:
    """Return the records of both lists, each with its position in the other."""
    was, is_now = _positions(before), _positions(after)
    left = [
        _line(place, found, *_going(place, is_now.get(_key(found)), after))
        for place, found in enumerate(before.found[:SHOWN], start=1)
    ]
    right = [
        _line(place, found, *_coming(place, was.get(_key(found)), before))
        for place, found in enumerate(after.found[:SHOWN], start=1)
    ]
    return left, right


def in_one_sentence(before: SearchResults, after: SearchResults) -> str:
    """Summarise the difference in one sentence."""
    was, is_now = _positions(before), _positions(after)
    came, went = len(is_now.keys() - was.keys()), len(was.keys() - is_now.keys())
    moved = sum(was[key] != is_now[key] for key in was.keys() & is_now.keys())
    if not (came or went or moved):
        return _("This change makes no difference to this query.")
    parts = []
    if came:
        parts.append(ngettext("%(number)s came", "%(number)s came", came) % {"number": came})
    if went:
        parts.append(ngettext("%(number)s went", "%(number)s went", went) % {"number": went})
    if moved:
        parts.append(ngettext("%(number)s moved", "%(number)s moved", moved) % {"number": moved})
    return ", ".join(parts)


def _key(found: Found) -> str:
    return str(found.payload["uuid"])


def _positions(results: SearchResults) -> dict[str, int]:
    return {_key(found): place for place, found in enumerate(results.found, start=1)}


def _going(place: int, new_place: int | None, after: SearchResults) -> tuple[str, str]:
    if new_place is None:
        return "went", _("goes below %(number)s") % {"number": DEPTH} if after.total > len(
            after.found
        ) else _("is no longer found")
    if new_place == place:
        return "same", ""
    return ("up" if new_place < place else "down"), _("becomes %(number)s") % {"number": new_place}


def _coming(place: int, old_place: int | None, before: SearchResults) -> tuple[str, str]:
    if old_place is None:
        is_cut = before.total > len(before.found)
        return "came", _("was below %(number)s") % {"number": DEPTH} if is_cut else _("new")
    if old_place == place:
        return "same", ""
    return ("up" if place < old_place else "down"), _("was %(number)s") % {"number": old_place}


def _line(place: int, found: Found, code: str = "", change: str = "") -> Line:
    payload = found.payload
    return Line(
        position=place,
        found=found,
        kind=capfirst(str(RecordKind(payload["kind"]).label)),
        by=", ".join(by["name"] for by in payload.get("organisations", ())),
        url=permanent_path(payload["short_id"]),
        code=code,
        change=change,
    )
