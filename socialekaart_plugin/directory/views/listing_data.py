"""Load the data that record lists and exports show: status, freshness, areas, gaps."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import WorkflowState

from socialekaart_plugin.directory import rules
from socialekaart_plugin.directory.choices import Freshness, Gap, NextStep, RecordState
from socialekaart_plugin.directory.models import Activity, Organisation, Record, Session
from socialekaart_plugin.directory.querysets import RecordQuerySet
from socialekaart_plugin.places.querysets import outlines_along

BATCH_SIZE = 200

#: Gaps that an editor cannot fill in on the form; they do not ask for editing.
NOT_ON_THE_FORM = (Gap.VERIFICATION, Gap.STEWARD)

_UNREAD = (
    "description",
    "alternative_names",
    "summary",
    "latest_revision__content",
)


_IN_WORKFLOW = {
    WorkflowState.STATUS_IN_PROGRESS: RecordState.IN_MODERATION,
    WorkflowState.STATUS_NEEDS_CHANGES: RecordState.SENT_BACK,
}


@dataclass(frozen=True)
class Standing:
    """The status of a record.

    Attributes:
        state: draft, live, live with a pending draft, or withdrawn.
        moderation: waiting for approval or returned; None without an active workflow.
        scheduled_for: when its latest draft will be published.
        draft_name: the name in a pending draft, if different.
        freshness: how recently it was verified.
        due_on: the day on which verification is due.
        gaps: its gaps.
        step: the next step for a colleague.
    """

    state: RecordState
    moderation: RecordState | None
    scheduled_for: datetime.datetime | None
    draft_name: str
    freshness: Freshness
    due_on: datetime.date | None
    gaps: tuple[Gap, ...]
    step: NextStep

    @property
    def to_fill_in(self) -> list[str]:
        """Gaps that an editor can fill in on the form, in the user's language."""
        return [str(gap.label) for gap in self.gaps if gap not in NOT_ON_THE_FORM]

    @property
    def gaps_in_words(self) -> list[str]:
        """All gaps, in the user's language."""
        return [str(gap.label) for gap in self.gaps]


def read_rows(model: type[Record], keys: Sequence[int]) -> list[Any]:
    """Load list records in the order of their keys, in a fixed number of queries.

    Each has `standing` (see `Standing`), `area_names` (its districts), the steward and the
    organisation. Long texts are deferred.
    """
    joined = ["steward", "latest_revision"]
    if model is Organisation:
        joined.append("visiting_place__area__parent")
    else:
        joined.append("organisation")
    outlines = [column for path in joined for column in outlines_along(path)]
    unread = [*_UNREAD, *outlines]
    if model is Activity:
        unread += ["organisation__description", "organisation__summary"]
    records = model.objects.with_gaps().select_related(*joined).defer(*unread)
    found = list(_with_standing(records, model, keys))
    _add_areas(model, found)
    return found


def read_whole(model: type[Record], keys: Sequence[int]) -> list[Any]:
    """Load complete records in the order of their keys, with the extras of `read_rows`."""
    records = (
        model.objects.with_parts()
        .with_gaps()
        .select_related("steward", "latest_revision", "replaced_by", *model.shown_one)
    )
    return list(_with_standing(records.defer("latest_revision__content"), model, keys))


def in_batches(model: type[Record], keys: Sequence[int]) -> Iterator[Any]:
    """Yield complete records, with one batch in memory at a time."""
    for start in range(0, len(keys), BATCH_SIZE):
        yield from read_whole(model, keys[start : start + BATCH_SIZE])


def _with_standing(
    records: RecordQuerySet, model: type[Record], keys: Sequence[int]
) -> Iterator[Any]:
    by_key = {record.pk: record for record in records.filter(pk__in=keys)}
    workflows = _workflows(model, keys)
    today = timezone.localdate()
    possible = records.possible_gaps
    for key in keys:
        # Skip records that were deleted after their keys were read.
        if key in by_key:
            record = by_key[key]
            gaps = tuple(gap for gap in possible if getattr(record, f"gap_{gap.value}"))
            record.standing = standing(record, workflows.get(key, ""), gaps, today)
            yield record


def _workflows(model: type[Record], keys: Iterable[int]) -> dict[int, str]:
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(model),
        object_id__in=[str(key) for key in keys],
        status__in=_IN_WORKFLOW,
    )
    return {int(key): status for key, status in states.values_list("object_id", "status")}


def standing(record: Any, workflow: str, gaps: tuple[Gap, ...], today: datetime.date) -> Standing:
    """Return the status of a record.

    Args:
        record: with its latest revision loaded.
        workflow: the status of its active Wagtail workflow; empty without one.
        gaps: its gaps.
        today: the current day.
    """
    latest = record.latest_revision
    fresh = Freshness(
        rules.freshness(record.verified_on, record.marked_on, record.interval_days, today)
    )
    withdrawn = not record.live and record.first_published_at is not None
    pending = record.live and record.has_unpublished_changes
    draft_name = latest.object_str if latest and record.has_unpublished_changes else ""
    step = rules.next_step(
        live=record.live,
        withdrawn=withdrawn,
        pending=pending,
        workflow=workflow,
        verify=fresh != Freshness.FRESH,
        gaps=[gap for gap in gaps if gap not in NOT_ON_THE_FORM],
    )
    return Standing(
        state=_state(record.live, withdrawn, pending),
        moderation=_IN_WORKFLOW.get(workflow),
        scheduled_for=latest.approved_go_live_at if latest else None,
        draft_name="" if draft_name == record.name else draft_name,
        freshness=fresh,
        due_on=record.due_on,
        gaps=gaps,
        step=NextStep(step),
    )


def _state(live: bool, withdrawn: bool, pending: bool) -> RecordState:
    if live:
        return RecordState.PENDING if pending else RecordState.LIVE
    return RecordState.WITHDRAWN if withdrawn else RecordState.DRAFT


def _add_areas(model: type[Record], records: list[Any]) -> None:
    """Add the names of its districts to each record."""
    if model is Organisation:
        for record in records:
            district = record.visiting_place.district if record.visiting_place else ""
            record.area_names = [district] if district else []
        return
    path = "place__area__parent"
    sessions = Session.objects.filter(
        activity__in=[record.pk for record in records], place__area__isnull=False
    )
    names: dict[int, list[str]] = defaultdict(list)
    for session in sessions.select_related(path).defer(*outlines_along(path)):
        name = session.place.district if session.place else ""
        if name and name not in names[session.activity_id]:
            names[session.activity_id].append(name)
    for record in records:
        record.area_names = names.get(record.pk, [])
