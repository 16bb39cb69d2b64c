"""What the audit log tells of a record beside its versions: upkeep, notes, publication."""

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

#: The name to filter a history by that stands for these lines.
UPKEEP = "upkeep"
#: What these did is told by the versions they made.
_TOLD_BY_VERSIONS = ("wagtail.create", "wagtail.edit")
#: More lines than a page of versions can have; a task gone wild does not fill the screen.
MOST_LINES = 200


@dataclass
class LogLine:
    """One line of the audit log of a record.

    Attributes:
        model: the type of the record.
        entry: the line.
        values: of the facts whose change the line keeps, what they were and became.
    """

    model: type[Record]
    entry: Any
    values: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def want(self, names: Names) -> None:
        """Note which rows are to be named to tell of it."""
        for name, pair in self.values.items():
            for value in pair:
                names.want(self.model._meta.get_field(name), value)

    def told(self, names: Names) -> list[dict[str, str]]:
        """Return what changed as the parts of a `Change`, one a fact."""
        by = {"when": self.entry.timestamp, "who": self.entry.user_display_name}
        told = []
        for name in self.entry.data.get("changed", ()):
            fact: Any = self.model._meta.get_field(name)
            change = {**by, "label": str(capfirst(fact.verbose_name))}
            if name in self.values:
                old, new = (in_words(fact, value, names) for value in self.values[name])
                told.append({**change, "old": old, "new": new})
            else:
                # Who it was is not kept in the log (AVG).
                told.append({**change, "message": str(_("Changed"))})
        return told or [{**by, "label": "", "message": self._message()}]

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
    """Return the lines of a log that tell what its versions do not.

    Args:
        model: the type of the record.
        entries: lines of its log, of a stretch of time.
        only_upkeep: leave out what Wagtail itself logs.
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
