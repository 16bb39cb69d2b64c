"""Page through the history of a record: revision differences and audit log, newest first."""

import datetime
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.compare import diff_text
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision

from socialekaart_plugin.directory.models import Record

from .differences import Difference, differences, is_tags, tracked_fields
from .log_lines import UPKEEP, log_changes
from .value_labels import Names

#: A page ends after the revision that brings it to this many changes …
CHANGES_A_PAGE = 25
#: … or after this many revisions, so that a long history stays fast.
VERSIONS_A_PAGE = 100
_CHUNK = 25


@dataclass
class Change:
    """One change by one person.

    Attributes:
        when: the time of the change.
        who: the name of the colleague, or “system”.
        label: the name of the changed field.
        old: the old value as text; empty if there was none.
        new: the new value as text; empty if there is none.
        diff: for a long text, old and new in one safe HTML text with changes marked.
        message: for a log entry, what happened.
    """

    when: datetime.datetime
    who: str
    label: str
    old: str = ""
    new: str = ""
    diff: str = ""
    message: str = ""


@dataclass
class HistoryPage:
    """One page of the history of a record, newest first.

    Attributes:
        changes: the changes on this page.
        older: the `start` of the next page; None at the end.
    """

    changes: list[Change] = field(default_factory=list)
    older: int | None = None


def fields_with_history(model: type[Record]) -> list[tuple[str, str]]:
    """Return the names and labels of the fields for the history filter."""
    return [
        *((name, field_label(each)) for name, each in tracked_fields(model).items()),
        (UPKEEP, str(_("Upkeep"))),
    ]


def field_label(of: Any) -> str:
    """Return the label of a field or child relation."""
    if is_tags(of):
        return str(capfirst(_("keywords")))
    if isinstance(of, models.ManyToOneRel):
        children: Any = of.related_model
        return str(capfirst(children._meta.verbose_name))
    return str(capfirst(of.verbose_name))


def history_page(record: Record, *, only: str = "", start: int = 0) -> HistoryPage:
    """Return a page of the history of a record; limits the number of revisions and queries.

    Args:
        record: the organisation or activity.
        only: a name from `fields_with_history`; empty for all.
        start: the number of newest revisions to skip.
    """
    scan = _Scan(record, only, start)
    scan.run()
    found = scan.changes
    names = Names()
    for each in found:
        each[1].request(names)
    lines = _log_lines(record, scan) if only in ("", UPKEEP) else []
    for line in lines:
        line.request(names)
    names.read()
    changes = [_change(version, difference, names) for version, difference in found]
    changes += scan.made
    for line in lines:
        changes += [Change(**each) for each in line.changes(names)]
    changes.sort(key=lambda change: change.when, reverse=True)
    return HistoryPage(changes, scan.older)


class _Scan:
    """Walks back through the revisions until a page is full."""

    def __init__(self, record: Record, only: str, start: int) -> None:
        self.record, self.only, self.start = record, only, start
        self.changes: list[tuple[Revision, Difference]] = []
        self.made: list[Change] = []
        #: The `start` of the next page.
        self.older: int | None = None
        #: Log entries between these times belong to this page.
        self.until: datetime.datetime | None = None
        self.since: datetime.datetime | None = None

    def run(self) -> None:
        versions = self.record.revisions.select_related("user").order_by("-created_at", "-pk")
        if self.start:
            self.until = versions.values_list("created_at", flat=True)[
                self.start - 1 : self.start
            ].first()
        at = self.start
        while at - self.start < VERSIONS_A_PAGE and len(self.changes) < CHANGES_A_PAGE:
            # Read one extra revision to compare the last one with.
            chunk = list(versions[at : at + _CHUNK + 1])
            for newer, older in zip_longest(chunk[:_CHUNK], chunk[1:]):
                self._compare(newer, older)
            if len(chunk) <= _CHUNK:
                return
            at += _CHUNK
            self.since = chunk[_CHUNK - 1].created_at
        self.older = at

    def _compare(self, newer: Revision, older: Revision | None) -> None:
        if older is None:
            if not self.only:
                made = Change(newer.created_at, name_of(newer.user), "", message=_("Made"))
                self.made.append(made)
            return
        for difference in differences(type(self.record), older.content, newer.content):
            if self.only in ("", difference.name):
                self.changes.append((newer, difference))


def _log_lines(record: Record, scan: _Scan) -> list[Any]:
    entries = log_registry.get_logs_for_instance(record).select_related("user")
    if scan.until is not None:
        entries = entries.filter(timestamp__lt=scan.until)
    if scan.since is not None:
        entries = entries.filter(timestamp__gte=scan.since)
    return log_changes(type(record), entries, only_upkeep=scan.only == UPKEEP)


def _change(version: Revision, difference: Difference, names: Names) -> Change:
    old, new = difference.words(names)
    change = Change(
        version.created_at, name_of(version.user), field_label(difference.field), old, new
    )
    if old == new and not difference.is_child:
        change.message = str(_("Only how the text is laid out"))
    elif isinstance(difference.field, models.TextField) and old and new:
        change.diff = diff_text(old, new).to_html()
    return change


def name_of(user: Any) -> str:
    """Return the name of a colleague, or the word for the system."""
    return str(get_user_display_name(user)) if user is not None else str(_("system"))
