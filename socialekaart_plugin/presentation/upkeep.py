"""The upkeep of a record in a sentence: how long ago someone verified it."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from socialekaart_plugin.publication.rules import Payload

from .contact import can_be_called


@dataclass(frozen=True)
class UpkeepLine:
    """What a reader should know about the upkeep of a record.

    Attributes:
        state: `fresh`, `due` or `marked`.
        warning: what to do first; empty unless the record is marked.
        checked: the day of the last verification, in words; empty if there was none.
    """

    state: str
    warning: str
    checked: str


def upkeep_line(payload: Payload) -> UpkeepLine | None:
    """Return the upkeep of a record as of today; None if it was never verified."""
    state, verified_on = payload["upkeep"]["state"], payload["upkeep"]["verified_on"]
    if state == "unknown":
        return None
    day = _date(verified_on) if verified_on else ""
    if state == "fresh":
        return UpkeepLine(state, "", _("Checked on %(day)s") % {"day": day})
    checked = _("Last checked on %(day)s") % {"day": day} if day else ""
    return UpkeepLine(state, _warning(payload) if state == "marked" else "", checked)


def _date(day: str) -> str:
    return date_format(datetime.date.fromisoformat(day), "DATE_FORMAT")


def _warning(payload: Payload) -> str:
    if can_be_called(payload):
        return _("Not checked recently: call before you go.")
    return _("Not checked recently: ask before you go.")
