"""Queryset of records: prefetching for the gate, filters by status, area, text and gaps."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from wagtail.models import WorkflowState

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.foundation.telephone import digits_to_find
from socialekaart_plugin.foundation.transliteration import apostrophe_spellings
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.places.querysets import outlines_along

from . import rules
from .choices import ActivityForm, ContactKind, Freshness, Gap, RecordState, WithoutTimes


class RecordQuerySet(models.QuerySet[Any]):
    """Queryset of organisations or activities."""

    def live(self) -> "RecordQuerySet":
        """Live records."""
        return self.filter(live=True)

    def with_parts(self) -> "RecordQuerySet":
        """Records with all data that the gate reads, in a fixed number of queries."""
        return self._with_columns_of(("replaced_by", *self.model.shown_one)).prefetch_related(
            *(self._prefetch(name, joined) for name, joined in self.model.shown_many.items()),
            *self.model.shown_beyond,
        )

    def _prefetch(
        self, name: str, joined: tuple[str, ...]
    ) -> "str | models.Prefetch[str, Any, Any]":
        """Return the prefetch of a relation, with its joins."""
        related = self.model._meta.get_field(name).related_model
        if issubclass(related, Area):
            return models.Prefetch(name, queryset=Area.objects.defer("outline"))
        if not joined:
            return name
        return models.Prefetch(name, queryset=RecordQuerySet(related)._with_columns_of(joined))

    def _with_columns_of(self, paths: tuple[str, ...]) -> "RecordQuerySet":
        """Join these paths, without the large outlines of areas."""
        outlines = [column for path in paths for column in outlines_along(path)]
        return self.select_related(*paths).defer(*outlines)

    # Status.

    def in_state(self, state: RecordState) -> "RecordQuerySet":
        """Records in a state; a live record may also be waiting for approval."""
        match state:
            case RecordState.LIVE:
                return self.live()
            case RecordState.PENDING:
                return self.filter(live=True, has_unpublished_changes=True)
            case RecordState.DRAFT:
                return self.filter(live=False, first_published_at=None)
            case RecordState.WITHDRAWN:
                return self.filter(live=False).exclude(first_published_at=None)
            case RecordState.IN_MODERATION:
                return self._in_workflow(WorkflowState.STATUS_IN_PROGRESS)
            case RecordState.SENT_BACK:
                return self._in_workflow(WorkflowState.STATUS_NEEDS_CHANGES)

    def _in_workflow(self, status: str) -> "RecordQuerySet":
        # Wagtail stores the key as text, which PostgreSQL does not compare with a number.
        keys = WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(self.model), status=status
        ).values("object_id")
        key = Cast("pk", models.CharField())
        return self.alias(_key=key).filter(_key__in=keys)

    def in_freshness(self, freshness: Freshness, today: datetime.date) -> "RecordQuerySet":
        """Records with this freshness, by the rules of `rules.freshness`."""
        marked = Q(marked_on__isnull=False, marked_on__lte=today)
        if freshness == Freshness.MARKED:
            return self.filter(marked)
        if freshness == Freshness.NEVER:
            return self.filter(~marked, verified_on=None)
        due = self._is_due(today)
        return self.filter(
            ~marked, due if freshness == Freshness.DUE else ~due, verified_on__isnull=False
        )

    def to_verify(self, today: datetime.date) -> "RecordQuerySet":
        """Live records that are due, marked or never verified."""
        marked = Q(marked_on__isnull=False, marked_on__lte=today)
        return self.live().filter(marked | Q(verified_on=None) | self._is_due(today))

    def _is_due(self, today: datetime.date) -> Q:
        """Compute due dates in Python: databases differ in date arithmetic; intervals are few."""
        due = Q(pk__in=[])
        intervals = self.model._default_manager.order_by().values_list(
            "verify_interval_days", flat=True
        )
        for own in intervals.distinct():
            day = today - datetime.timedelta(days=own or conf.VERIFY_INTERVAL_DAYS)
            due |= Q(verify_interval_days=own, verified_on__isnull=False, verified_on__lte=day)
        return due

    # Location and topic.

    def in_areas(self, areas: Iterable[int]) -> "RecordQuerySet":
        """Records with a place in one of these areas (primary keys)."""
        if "sessions" not in self._relations:
            return self.filter(visiting_place__area__in=list(areas))
        sessions = self._relations["sessions"].objects.filter(place__area__in=list(areas))
        return self.filter(pk__in=sessions.values("activity"))

    def about(self, themes: Iterable[int]) -> "RecordQuerySet":
        """Records with one of these themes (primary keys)."""
        through = self.model.themes.through
        return self.filter(
            pk__in=through.objects.filter(theme__in=list(themes)).values(self._own_key)
        )

    def done(self, form: ActivityForm) -> "RecordQuerySet":
        """Activities that people can attend in this form; other forms may be possible too."""
        return self.filter(self._is_done(form))

    def _is_done(self, form: ActivityForm) -> Q:
        # Search the JSON as text: SQLite has no lookup for a value in a JSON list.
        return Q(Contains(Cast("forms", models.TextField()), f'"{form.value}"'))

    def matching(self, text: str) -> "RecordQuerySet":
        """Records that contain every word in names, summary, contact facts, place or organisation.

        Telephone numbers match in any notation; parts of words match too.
        """
        found = Q()
        for word in rules.words_to_find(text):
            held = Q()
            for spelling in apostrophe_spellings(word):
                held |= self._holds(spelling)
            found &= held
        digits = digits_to_find(text, conf.PHONE_REGION)
        if digits:
            found |= Q(pk__in=self._facts_with_digits(digits))
        return self.filter(found)

    def _holds(self, word: str) -> Q:
        facts = self._relations["contact_facts"].objects.filter(value__icontains=word)
        held = (
            Q(name__icontains=word)
            | Q(alternative_names__icontains=word)
            | Q(summary__icontains=word)
            | Q(short_id__iexact=word)
            | Q(has_unpublished_changes=True, latest_revision__object_str__icontains=word)
            | Q(pk__in=facts.values("record"))
        )
        places = Place.objects.filter(
            Q(name__icontains=word)
            | Q(street_address__icontains=word)
            | Q(postcode__icontains=word)
        ).values("pk")
        if "sessions" not in self._relations:
            return held | Q(visiting_place__in=places)
        sessions = self._relations["sessions"].objects.filter(place__in=places)
        return held | Q(pk__in=sessions.values("activity")) | Q(organisation__name__icontains=word)

    def _facts_with_digits(self, digits: str) -> models.QuerySet[Any]:
        facts = self._relations["contact_facts"].objects.filter(digits__contains=digits)
        found: models.QuerySet[Any] = facts.values("record")
        return found

    # Gaps.

    def missing(self, *gaps: Gap) -> "RecordQuerySet":
        """Records with at least one of these gaps."""
        missed = Q(pk__in=[])
        for gap in gaps:
            if gap in self.possible_gaps:
                missed |= self._missed(gap)
        return self.filter(missed)

    def with_gaps(self) -> "RecordQuerySet":
        """Annotate each record with a boolean `gap_<name>` for every possible gap."""
        return self.annotate(
            **{
                f"gap_{gap.value}": models.Case(
                    models.When(self._missed(gap), then=True), default=False
                )
                for gap in self.possible_gaps
            }
        )

    @property
    def possible_gaps(self) -> list[Gap]:
        """Gaps that this type of record can have; an organisation has no times."""
        return [gap for gap in Gap if gap != Gap.TIMES or "sessions" in self._relations]

    def _missed(self, gap: Gap) -> Q:
        match gap:
            case Gap.SUMMARY:
                return Q(summary="")
            case Gap.THEME | Gap.TARGET_GROUP:
                relation = "themes" if gap == Gap.THEME else "target_groups"
                through = getattr(self.model, relation).through
                return Q(~Exists(through.objects.filter(**{self._own_key: OuterRef("pk")})))
            case Gap.CONTACT:
                return self._unreachable()
            case Gap.PHONE:
                return self._uncallable()
            case Gap.PLACE:
                return self._placeless()
            case Gap.TIMES:
                has_times = Q(schedule__isnull=False) | ~Q(note="")
                sessions = self._relations["sessions"].objects.filter(has_times)
                not_known = Q(without_times=WithoutTimes.NOT_KNOWN)
                return not_known & Q(~Exists(sessions.filter(activity=OuterRef("pk"))))
            case Gap.VERIFICATION:
                return Q(verified_on=None)
            case Gap.STEWARD:
                return Q(steward=None)

    def _unreachable(self) -> Q:
        facts = self._relations["contact_facts"].objects.filter(audience=Audience.PUBLIC)
        alone = Q(~Exists(facts.filter(record=OuterRef("pk"))))
        if "sessions" not in self._relations:
            return alone
        of_organisation = self.model._meta.get_field("organisation").related_model
        shared = of_organisation.contact_facts.rel.related_model.objects.filter(
            audience=Audience.PUBLIC
        )
        return alone & Q(~Exists(shared.filter(record=OuterRef("organisation"))))

    def _uncallable(self) -> Q:
        facts = self._relations["contact_facts"].objects.filter(kind=ContactKind.PHONE, digits="")
        return Q(Exists(facts.filter(record=OuterRef("pk"))))

    def _placeless(self) -> Q:
        if "sessions" not in self._relations:
            return Q(visiting_place=None)
        sessions = self._relations["sessions"].objects.filter(place__isnull=False)
        at_a_place = Q(forms=[]) | self._is_done(ActivityForm.PLACE)
        return at_a_place & Q(~Exists(sessions.filter(activity=OuterRef("pk"))))

    @property
    def _own_key(self) -> str:
        return str(self.model._meta.model_name)

    @property
    def _relations(self) -> dict[str, Any]:
        """Models of the child relations, by relation name."""
        return {
            relation.get_accessor_name(): relation.related_model
            for relation in self.model._meta.related_objects
        }
