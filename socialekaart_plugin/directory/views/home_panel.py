"""Dashboard panel with the tasks of a colleague: approve, finish, verify, complete."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_user_display_name
from wagtail.models import TaskState, WorkflowState

from socialekaart_plugin.directory.choices import Gap, RecordState
from socialekaart_plugin.directory.models import Record
from socialekaart_plugin.directory.querysets import RecordQuerySet

from .buttons import record_action_url
from .listing_data import NOT_ON_THE_FORM
from .my_records import MY_RECORDS, types_for

#: Number of records per part; a link leads to all of them.
SHOWN = 5

#: Gaps that an editor can fill in without calling; other gaps have their own part.
_TO_FILL_IN = tuple(gap for gap in Gap if gap not in NOT_ON_THE_FORM)
_IN_WORKFLOW = (RecordState.IN_MODERATION, RecordState.SENT_BACK)


@dataclass(frozen=True)
class Line:
    """One record, with a link to its next step.

    Attributes:
        name: the name in the draft.
        url: the URL of the next step.
        note: the reason to show it, in a few words.
        rank: sort key within the part.
    """

    name: str
    url: str
    note: str
    rank: Any


@dataclass(frozen=True)
class Part:
    """One section of the panel, with its records.

    Attributes:
        heading: the heading of the section.
        lines: the first records.
        empty: the text if there are none.
        more: links to all of them: label and URL.
    """

    heading: str
    lines: list[Line]
    empty: str
    more: list[tuple[str, str]]


class DirectoryPanel(Component):
    """The panel; each part needs a fixed number of queries."""

    name = "socialekaart"
    order = 100
    template_name = "socialekaart_plugin/directory/home_panel.html"

    class Media:
        css = {
            "all": [
                "socialekaart_plugin/directory/lists.css",
                "socialekaart_plugin/directory/home_panel.css",
            ]
        }

    def __init__(self, request: HttpRequest, types: list[type[Record]]) -> None:
        """Create the panel for a user who may change these record types."""
        self.user: Any = request.user
        self.types = types
        self.today = timezone.localdate()

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parts."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        parts = (self.waiting(), self.drafts(), self.to_verify(), self.gaps(), self.published())
        return {**context, "parts": parts}

    def waiting(self) -> Part:
        """Records that wait for my approval, or were returned to me."""
        kinds = {ContentType.objects.get_for_model(model).pk: model for model in self.types}
        tasks = TaskState.objects.reviewable_by(self.user).filter(
            workflow_state__base_content_type__in=kinds
        )
        states = [
            (task.workflow_state, self._asked_by(task.workflow_state))
            for task in tasks.select_related("workflow_state__requested_by").order_by(
                "started_at", "pk"
            )[: SHOWN + 1]
        ]
        sent_back = WorkflowState.objects.filter(
            base_content_type__in=kinds,
            status=WorkflowState.STATUS_NEEDS_CHANGES,
            requested_by=self.user,
        ).order_by("created_at", "pk")
        states += [(state, _("sent back to you")) for state in sent_back[: SHOWN + 1]]
        lines = []
        for kind, model in kinds.items():
            mine = [(s, note) for s, note in states if s.base_content_type_id == kind]
            records = model.objects.select_related("latest_revision").defer(
                "latest_revision__content"
            )
            found = records.in_bulk([int(state.object_id) for state, _note in mine])
            lines += [
                self._line(found[int(state.object_id)], "edit", note, state.created_at)
                for state, note in mine
                if int(state.object_id) in found
            ]
        return self._part(
            _("Waiting for you"), lines, _("Nothing waits for you."), {"state": "in_moderation"}
        )

    def _asked_by(self, state: Any) -> str:
        if state.requested_by is None:
            return _("waits for approval")
        return _("sent in by %(user)s") % {"user": get_user_display_name(state.requested_by)}

    def drafts(self) -> Part:
        """Drafts that I started and did not submit."""

        def mine(records: RecordQuerySet) -> Iterable[Record]:
            drafts = records.filter(latest_revision__user=self.user, has_unpublished_changes=True)
            for state in (*_IN_WORKFLOW, RecordState.WITHDRAWN):
                busy = records.model.objects.in_state(state)
                drafts = drafts.exclude(pk__in=busy.values("pk"))
            return drafts.order_by("-latest_revision__created_at")

        def line(record: Any) -> Line:
            begun = record.latest_revision.created_at
            said = _("change to come, %(day)s") if record.live else _("draft of %(day)s")
            return self._line(record, "edit", said % {"day": _day(begun)}, -begun.timestamp())

        return self._part(
            _("Your drafts"),
            self._lines(mine, line),
            _("You have no drafts that still have to be sent in."),
            {"state": "draft"},
        )

    def to_verify(self) -> Part:
        """Records of which I am the steward and that need verification."""

        def due(records: RecordQuerySet) -> Iterable[Record]:
            # Marked records first, because visitors see the mark; then those never verified.
            return (
                records.filter(steward=self.user)
                .to_verify(self.today)
                .order_by(
                    Case(When(marked_on__isnull=False, then=0), default=1),
                    Case(When(verified_on__isnull=True, then=0), default=1),
                    "verified_on",
                )
            )

        def line(record: Any) -> Line:
            since = record.verified_on
            note = (
                _("last verified %(day)s") % {"day": _day(since)} if since else _("never verified")
            )
            if record.marked_on:
                note = _("marked, %(note)s") % {"note": note}
            rank = (record.marked_on is None, since is not None, str(since))
            return self._line(record, "confirm", note, rank)

        part = self._part(
            _("Ask whether it is still right"),
            self._lines(due, line),
            _("Everything you look after was verified recently."),
            {},
        )
        return Part(
            part.heading,
            part.lines,
            part.empty,
            [(_("My records"), reverse(f"{MY_RECORDS}:index"))],
        )

    def gaps(self) -> Part:
        """Live records with gaps; those of which I am the steward come first."""

        def missing(records: RecordQuerySet) -> Iterable[Record]:
            mine = Case(When(steward=self.user, then=0), default=1)
            return records.live().missing(*_TO_FILL_IN).with_gaps().order_by(mine, "name", "pk")

        def line(record: Any) -> Line:
            gaps = [g.label for g in _TO_FILL_IN if getattr(record, f"gap_{g.value}", False)]
            note = _("misses: %(gaps)s") % {"gaps": ", ".join(map(str, gaps))}
            rank = (record.steward_id != self.user.pk, record.name.casefold())
            return self._line(record, "edit", note, rank)

        return self._part(
            _("Complete"),
            self._lines(missing, line),
            _("Nothing that is public misses anything."),
            {"state": "live", "missing": [gap.value for gap in _TO_FILL_IN]},
        )

    def published(self) -> Part:
        """The most recently published records."""

        def latest(records: RecordQuerySet) -> Iterable[Record]:
            return records.live().order_by("-last_published_at")

        def line(record: Any) -> Line:
            at = record.last_published_at
            note = _day(at) if at else ""
            return self._line(record, "edit", note, -at.timestamp() if at else 0)

        return self._part(
            _("Published recently"),
            self._lines(latest, line),
            _("Nothing has been published yet."),
            {"state": "live", "ordering": "-updated"},
        )

    def _lines(
        self,
        question: Callable[[RecordQuerySet], Iterable[Record]],
        line: Callable[[Any], Line],
    ) -> list[Line]:
        """Run a query on each record type; return the first results as lines."""
        answers: list[Line] = []
        for model in self.types:
            records: Any = question(
                model.objects.select_related("latest_revision").defer(
                    "description", "latest_revision__content"
                )
            )
            answers += [line(record) for record in records[: SHOWN + 1]]
        return answers

    def _line(self, record: Any, action: str, note: str, rank: Any) -> Line:
        draft = record.latest_revision
        name = draft.object_str if draft and record.has_unpublished_changes else record.name
        return Line(name or record.name, record_action_url(record, action), note, rank)

    def _part(self, heading: str, lines: list[Line], empty: str, filters: dict[str, Any]) -> Part:
        more = []
        if len(lines) > SHOWN:
            more = [
                (capfirst(str(m._meta.verbose_name_plural)), list_url(m, filters))
                for m in self.types
            ]
        return Part(heading, sorted(lines, key=lambda each: each.rank)[:SHOWN], empty, more)


def list_url(model: type[Record], filters: dict[str, Any]) -> str:
    """Return the URL of the filtered list of a record type."""
    if "missing" in filters:
        possible = model.objects.all().possible_gaps
        filters = {**filters, "missing": [gap for gap in filters["missing"] if gap in possible]}
    viewset: Any = model.snippet_viewset
    address = reverse(viewset.get_url_name("list"))
    return f"{address}?{urlencode(filters, doseq=True)}" if filters else address


def add_directory_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panel to the dashboard of users who may change records."""
    types = types_for(request.user, "add", "change")
    if types:
        panels.append(DirectoryPanel(request, types))


def _day(moment: datetime.date) -> str:
    if isinstance(moment, datetime.datetime):
        moment = timezone.localdate(moment)
    return date_format(moment, "j F Y")
