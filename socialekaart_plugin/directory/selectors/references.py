"""Find the records that refer to a word, place, area or organisation, live or in a draft."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from wagtail.models import Revision

from socialekaart_plugin.directory.choices import RecordState
from socialekaart_plugin.directory.models import Activity, Organisation, Record
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme


class RecordKey(NamedTuple):
    """A reference to a record, not loaded: its model (`Organisation` or `Activity`) and pk."""

    model: type[Any]
    pk: int


@dataclass
class Uses:
    """The records that refer to something.

    Attributes:
        live: records whose live version refers to it.
        drafts: records where only a draft or scheduled revision refers to it.
        stale: records whose row refers to it, but no revision that may still be published.
    """

    live: set[RecordKey] = field(default_factory=set)
    drafts: set[RecordKey] = field(default_factory=set)
    stale: set[RecordKey] = field(default_factory=set)

    @property
    def in_use(self) -> set[RecordKey]:
        """Records that would lose something if it were deleted."""
        return self.live | self.drafts

    @property
    def everywhere(self) -> set[RecordKey]:
        """All records that refer to it outside their history."""
        return self.live | self.drafts | self.stale


class _Link(NamedTuple):
    """A relation from records to another model.

    `lookup` is the queryset lookup. `key` is the key in the revision JSON; it holds a pk, a list of
    pks, or a list of rows that hold a pk under `inner`.
    """

    model: type[Record]
    lookup: str
    key: str
    inner: str = ""

    def named_in(self, value: Any) -> Iterator[int]:
        """Yield the pks in the value that a revision has under `key`."""
        for item in value if isinstance(value, list) else [value]:
            pk = item.get(self.inner) if self.inner else item
            if pk is not None:
                yield int(pk)


def _on_both(lookup: str, key: str, inner: str = "") -> tuple[_Link, ...]:
    return tuple(_Link(model, lookup, key, inner) for model in (Organisation, Activity))


_LINKS: dict[type[Model], tuple[_Link, ...]] = {
    Theme: _on_both("themes", "themes"),
    TargetGroup: _on_both("target_groups", "target_groups"),
    Keyword: _on_both("tagged_items__tag", "tagged_items", "tag"),
    Area: _on_both("areas_served", "areas_served"),
    Place: (
        _Link(Organisation, "visiting_place", "visiting_place"),
        _Link(Activity, "sessions__place", "sessions", "place"),
    ),
    Organisation: (
        _Link(Activity, "organisation", "organisation"),
        _Link(Activity, "co_organisers__organisation", "co_organisers", "organisation"),
    ),
}

#: The models that `uses_of` accepts.
COUNTED: tuple[type[Model], ...] = tuple(_LINKS)


def uses_of(model: type[Model], pks: Collection[int] | None = None) -> dict[int, Uses]:
    """Return the records that refer to rows of a model, in a fixed number of queries.

    Args:
        model: one of `COUNTED`.
        pks: the rows; all rows if omitted.

    Returns:
        The uses by pk; empty uses for a row without references.
    """
    found: dict[int, Uses] = defaultdict(Uses)
    for link in _LINKS[model]:
        for pk, key, is_live, has_versions in _rows(link, pks):
            uses = found[pk]
            (uses.live if is_live else uses.stale if has_versions else uses.drafts).add(key)
        for pk, key in _pending(link):
            if pks is None or pk in pks:
                found[pk].drafts.add(key)
    for uses in found.values():
        uses.drafts -= uses.live
        uses.stale -= uses.drafts
    return found


def approved_uses(model: type[Model], pk: int) -> set[RecordKey]:
    """Return the records that refer to a row in a live, scheduled or submitted version.

    Moderators approve these records, or review them now. A change to the row changes what these
    records show, without another review.

    Args:
        model: one of `COUNTED`.
        pk: pk of the row.
    """
    uses = uses_of(model, {pk})[pk]
    found = set(uses.live)
    for record_model in {key.model for key in uses.drafts}:
        drafts = {key.pk for key in uses.drafts if key.model is record_model}
        scheduled = Revision.objects.filter(
            approved_go_live_at__isnull=False,
            content_type=ContentType.objects.get_for_model(record_model),
            object_id__in=[str(each) for each in drafts],
        )
        waiting = record_model.objects.filter(pk__in=drafts).in_state(RecordState.IN_MODERATION)
        keys = {
            *scheduled.values_list("object_id", flat=True),
            *waiting.values_list("pk", flat=True),
        }
        found |= {RecordKey(record_model, int(key)) for key in keys}
    return found


def read_records(keys: Iterable[RecordKey], first: int | None = None) -> list[Record]:
    """Load these records (one query per model), all or the first ones, sorted by name."""
    by_model: dict[type[Record], list[int]] = defaultdict(list)
    for key in keys:
        by_model[key.model].append(key.pk)
    records: list[Record] = []
    for model, pks in by_model.items():
        records += model.objects.filter(pk__in=pks).order_by("name")[:first]
    return sorted(records, key=lambda record: (record.name.casefold(), record.pk))[:first]


def _rows(link: _Link, pks: Collection[int] | None) -> Iterator[tuple[int, RecordKey, bool, bool]]:
    condition = (
        Q(**{f"{link.lookup}__isnull": False}) if pks is None else Q(**{f"{link.lookup}__in": pks})
    )
    rows = link.model.objects.filter(condition).order_by()
    for record_pk, is_live, revision, pk in rows.values_list(
        "pk", "live", "latest_revision", link.lookup
    ):
        yield pk, RecordKey(link.model, record_pk), is_live, revision is not None


def _pending(link: _Link) -> Iterator[tuple[int, RecordKey]]:
    """Yield references in revisions that may still be published: latest and scheduled ones."""
    drafts = link.model.objects.filter(
        Q(live=False) | Q(has_unpublished_changes=True), latest_revision__isnull=False
    )
    scheduled = Revision.objects.filter(
        approved_go_live_at__isnull=False,
        content_type=ContentType.objects.get_for_model(link.model),
    )
    for queryset, owner, content in (
        (drafts, "pk", f"latest_revision__content__{link.key}"),
        (scheduled, "object_id", f"content__{link.key}"),
    ):
        for record_pk, value in queryset.order_by().values_list(owner, content):
            for pk in link.named_in(value):
                yield pk, RecordKey(link.model, int(record_pk))
