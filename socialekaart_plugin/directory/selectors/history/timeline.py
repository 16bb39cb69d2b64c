"""The changes of a record in order of time: what its versions differ in, and what its log tells."""

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

#: A page ends after the version with which it has this many changes …
CHANGES_A_PAGE = 25
#: … or after this many versions, whatever they hold: a long history stays fast.
VERSIONS_A_PAGE = 100
_CHUNK = 25


@dataclass
class Change:
    """One thing that one person changed.

    Attributes:
        when: the moment.
        who: the name of the colleague, or “system”.
        label: what was changed.
        old: what it was, in words; empty when there was nothing.
        new: what it became, in words; empty when nothing is left.
        diff: of a long text, both in one, as safe HTML with what went and what came marked.
        message: of a line of the log, what happened.
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
    """A stretch of the history of a record, newest first.

    Attributes:
        changes: what was changed.
        older: where the next page begins, to be given as `start`; None at the end.
    """

    changes: list[Change] = field(default_factory=list)
    older: int | None = None


def fields_with_history(model: type[Record]) -> list[tuple[str, str]]:
    """Return the names and labels to filter a history by."""
    return [
        *((name, field_label(each)) for name, each in tracked_fields(model).items()),
        (UPKEEP, str(_("Upkeep"))),
    ]


def field_label(of: Any) -> str:
    """Return what a field, or a list of children, is called."""
    if is_tags(of):
        return str(capfirst(_("keywords")))
    if isinstance(of, models.ManyToOneRel):
        children: Any = of.related_model
        return str(capfirst(children._meta.verbose_name))
    return str(capfirst(of.verbose_name))


def history_page(record: Record, *, only: str = "", start: int = 0) -> HistoryPage:
    """Return a stretch of the history of a record, in a bounded number of versions and queries.

    Args:
        record: the organisation or activity.
        only: the name of a field, as `fields_with_history` gives them; empty for all.
        start: how many of the newest versions to pass over.
    """
    scan = _Scan(record, only, start)
    scan.run()
    found = scan.changes
    names = Names()
    for each in found:
        each[1].want(names)
    lines = _log_lines(record, scan) if only in ("", UPKEEP) else []
    for line in lines:
        line.want(names)
    names.read()
    changes = [_told(version, difference, names) for version, difference in found]
    changes += scan.made
    for line in lines:
        changes += [Change(**each) for each in line.told(names)]
    changes.sort(key=lambda change: change.when, reverse=True)
    return HistoryPage(changes, scan.older)


class _Scan:
    """Goes back through the versions until a page is full."""

    def __init__(self, record: Record, only: str, start: int) -> None:
        self.record, self.only, self.start = record, only, start
        self.changes: list[tuple[Revision, Difference]] = []
        self.made: list[Change] = []
        #: Where the next page begins.
        self.older: int | None = None
        #: Between these moments lie the lines of the log that belong to this page.
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
            # One more than is told of: what the last one differs from.
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


def _told(version: Revision, difference: Difference, names: Names) -> Change:
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
    """Return the name of a colleague, or that it was the system."""
    return str(get_user_display_name(user)) if user is not None else str(_("system"))
