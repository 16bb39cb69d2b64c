"""Turn audit log entries of a record (upkeep, notes, publication) into history changes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.directory.models import Record

from .value_labels import Names, in_words

#: Filter name for these changes.
UPKEEP = "upkeep"
#: The revisions already show these actions.
_TOLD_BY_VERSIONS = ("wagtail.create", "wagtail.edit")
#: Maximum number of entries per page, in case a task writes very many.
MOST_LINES = 200


@dataclass
class LogLine:
    """One audit log entry of a record.

    Attributes:
        model: the record type.
        entry: the log entry.
        values: old and new values of the logged fields.
    """

    model: type[Record]
    entry: Any
    values: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def request(self, names: Names) -> None:
        """Request the names of the rows that this entry refers to."""
        for name, pair in self.values.items():
            for value in pair:
                names.request(self.model._meta.get_field(name), value)

    def changes(self, names: Names) -> list[dict[str, str]]:
        """Return the keyword arguments of `Change`, one set per changed field."""
        by = {"when": self.entry.timestamp, "who": self.entry.user_display_name}
        changes = []
        for name in self.entry.data.get("changed", ()):
            fact: Any = self.model._meta.get_field(name)
            change = {**by, "label": str(capfirst(fact.verbose_name))}
            if name in self.values:
                old, new = (in_words(fact, value, names) for value in self.values[name])
                changes.append({**change, "old": old, "new": new})
            else:
                # The audit log does not keep names of contact persons (GDPR).
                changes.append({**change, "message": str(_("Changed"))})
        return changes or [{**by, "label": "", "message": self._message()}]

    def _message(self) -> str:
        data = self.entry.data
        details = []
        if on := parse_date(str(data.get("on", ""))):
            details.append(date_format(on, "DATE_FORMAT"))
        if (channel := data.get("channel")) in VerificationChannel.values:
            details.append(str(VerificationChannel(channel).label))
        details += [str(data[name]) for name in ("reason", "source") if data.get(name)]
        message = str(self.entry.message)
        return f"{message}: {', '.join(details)}" if details else message


def log_changes(model: type[Record], entries: Any, *, only_upkeep: bool = False) -> list[LogLine]:
    """Return the log entries that add something to the revisions.

    Args:
        model: the record type.
        entries: the audit log entries of a period.
        only_upkeep: leave out entries of Wagtail itself.
    """
    entries = entries.exclude(action__in=_TOLD_BY_VERSIONS)
    if only_upkeep:
        entries = entries.filter(action__startswith="socialekaart.")
    return [LogLine(model, entry, dict(_kept(entry.data))) for entry in entries[:MOST_LINES]]


def _kept(data: dict[str, Any]) -> Iterable[tuple[str, tuple[Any, Any]]]:
    for name in data.get("changed", ()):
        if name in data:
            old, new = data[name]
            yield name, (old, new)
