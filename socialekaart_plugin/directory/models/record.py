"""Base model of organisations and activities: identity, text, revisions, publication."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import (
    ClusterableModel,
    get_all_child_m2m_relations,
    get_all_child_relations,
)
from wagtail.actions.unpublish import UnpublishAction
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from socialekaart_plugin.directory import rules, signals
from socialekaart_plugin.directory.previews import preview_modes, render_preview
from socialekaart_plugin.directory.querysets import RecordQuerySet
from socialekaart_plugin.directory.requirements import (
    PublicationRefused,
    Requirement,
    missing_for_publication,
    missing_from_any,
)
from socialekaart_plugin.foundation.announced_model import changed_by
from socialekaart_plugin.foundation.identity import IdentifiedModel
from socialekaart_plugin.vocabulary.models import TargetGroup, Theme

from .dangling_references import without_dangling
from .locking import GuardedModel
from .note import InternalNote
from .practical import PracticalFacts
from .upkeep import UpkeepFacts

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: Wagtail's log action for a publication by `publish_scheduled`.
SCHEDULED = "wagtail.publish.scheduled"


class Record(
    index.Indexed,
    GuardedModel,
    IdentifiedModel,
    UpkeepFacts,
    PracticalFacts,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """Abstract base of organisations and activities, with drafts, approval and upkeep.

    *Verified is not edited*: upkeep facts are not part of a revision. Drafts, publication, reverts
    and schedules never change them; only a save that names them in `update_fields` does.
    """

    save_started = signals.record_save_started
    saved = signals.record_saved
    delete_started = signals.record_delete_started
    deleted = signals.record_deleted

    #: To-one relations that the gate reads; see `RecordQuerySet.with_parts`.
    shown_one: ClassVar[tuple[str, ...]] = ()
    #: To-many relations that the gate reads, with the paths to join for each.
    shown_many: ClassVar[dict[str, tuple[str, ...]]] = {
        "themes": ("parent__parent__parent",),
        "target_groups": (),
        "areas_served": (),
        "tags": (),
        "contact_facts": (),
        "notices": (),
        "translations": (),
    }
    #: Relations of related records that the gate reads (prefetch paths).
    shown_beyond: ClassVar[tuple[str, ...]] = ()
    #: The checks before publication (see `requirements`).
    publication_rules: ClassVar[tuple[Callable[[Any], list[Requirement]], ...]] = (
        missing_from_any,
    )

    alternative_names = models.TextField(
        _("other names"),
        blank=True,
        max_length=500,
        help_text=_("Other names people use, one on a line. They are found, and shown small."),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=rules.SUMMARY_MAX_LENGTH,
        help_text=_("What is it and for whom? At most 300 characters, in plain words."),
    )
    description = RichTextField(
        _("description"),
        blank=True,
        features=["bold", "italic", "h3", "ul", "ol", "link"],
        help_text=_("What else someone should know before coming or calling."),
    )
    themes = ParentalManyToManyField(Theme, blank=True, verbose_name=_("themes"), related_name="+")
    target_groups = ParentalManyToManyField(
        TargetGroup, blank=True, verbose_name=_("target groups"), related_name="+"
    )

    image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("Only with permission of whoever made it and of the people on it."),
    )
    image_alt = models.CharField(
        _("what is on the picture"),
        max_length=200,
        blank=True,
        help_text=_("For people who cannot see it. Empty: the picture only adorns."),
    )
    notes = GenericRelation(InternalNote)

    # DraftStateMixin defaults to True; a record created in code must not be public by accident.
    live = models.BooleanField(_("live"), default=False, editable=False)

    objects = RecordQuerySet.as_manager()

    search_fields = [
        index.SearchField("name", boost=4),
        index.AutocompleteField("name"),
        index.SearchField("alternative_names", boost=2),
        index.SearchField("summary"),
        index.FilterField("live"),
        index.FilterField("verified_on"),
    ]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save everything except upkeep facts, which need to be named in `update_fields`."""
        if kwargs.get("update_fields") is None and not self._state.adding:
            kwargs["update_fields"] = self._fields_of_a_revision()
        super().save(*args, **kwargs)

    def _fields_of_a_revision(self) -> list[str]:
        names = [
            field.name
            for field in self._meta.concrete_fields
            if not field.primary_key and field.name not in self.UPKEEP_FIELDS
        ]
        children = [relation.get_accessor_name() for relation in get_all_child_relations(self)]
        return names + children + [field.name for field in get_all_child_m2m_relations(self)]

    def serializable_data(self) -> dict[str, Any]:
        """Return the revision content: everything except upkeep facts, which name people."""
        # Not `super()`: RevisionMixin (Wagtail 7.4 to 8.0) treats any AttributeError as “not a
        # ClusterableModel”, and then silently saves a revision without children.
        data: dict[str, Any] = ClusterableModel.serializable_data(self)
        return {name: value for name, value in data.items() if name not in self.UPKEEP_FIELDS}

    def with_content_json(self, content: dict[str, Any]) -> "Record":
        """Return the record from a revision, with its current identity and upkeep facts.

        `expired` is kept current as well: Wagtail (7.4 to 8.0) takes it from the revision.
        """
        record: Record = super().with_content_json(without_dangling(type(self), content))
        for name in ("uuid", "short_id", "expired", *self.UPKEEP_FIELDS):
            setattr(record, name, getattr(self, name))
        return record

    def publish(
        self,
        revision: Revision,
        user: "AbstractBaseUser | None" = None,
        changed: bool = True,
        log_action: bool | str = True,
        previous_revision: Revision | None = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """Publish a revision in one transaction, or raise the reasons against it.

        If a scheduled publication (`publish_scheduled`) is refused, the history records it and the
        schedule is removed. It then does not block other records.

        Raises:
            PublicationRefused: something is missing, or a receiver of
                `record_about_to_go_public` objects.
            RecordLocked: a colleague of `user` has locked it.
        """
        try:
            with transaction.atomic(), changed_by(user):
                revision = self._ready_to_publish(revision, user)
                super().publish(
                    revision,
                    user=user,
                    changed=changed,
                    log_action=log_action,
                    previous_revision=previous_revision,
                    skip_permission_checks=skip_permission_checks,
                )
                self._end_replacement()
        except PublicationRefused as refused:
            if log_action != SCHEDULED:
                raise
            self._end_schedule(revision, refused)

    @transaction.atomic
    def _end_schedule(self, revision: Revision, refused: PublicationRefused) -> None:
        self.wait_for_turn()
        refused.record_in_history(user=None)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)

    def _ready_to_publish(self, revision: Revision, user: "AbstractBaseUser | None") -> Revision:
        """Wait for the lock, reload the revision, and refuse if it may not be published."""
        self.wait_for_turn()
        # Load the row through the revision as well: `self` may be stale.
        fresh: Revision = Revision.objects.get(pk=revision.pk)
        fresh.content_object.require_unlocked_for(user)
        _drop_spent_dates(fresh)
        self._require_ready(fresh, user)
        return fresh

    def _end_replacement(self) -> None:
        """Clear `replaced_by` when the record is published again."""
        stored = type(self).objects.get(pk=self.pk)
        if stored.live and stored.replaced_by_id is not None:
            stored.replaced_by = None
            stored.save(update_fields=["replaced_by"])

    def _require_ready(self, revision: Revision, user: "AbstractBaseUser | None") -> None:
        candidate = revision.as_object()
        missing = missing_for_publication(candidate)
        if missing:
            raise PublicationRefused(candidate, missing)
        signals.record_about_to_go_public.send(
            sender=type(self), record=candidate, revision=revision, user=user
        )

    def unpublish(
        self,
        set_expired: bool = False,
        commit: bool = True,
        user: "AbstractBaseUser | None" = None,
        log_action: bool | str = True,
    ) -> None:
        """Take the record off every channel, in one transaction.

        Raises:
            RecordLocked: a colleague of `user` has locked it.
        """
        with transaction.atomic(), changed_by(user):
            self.begin_change_by(user)
            if set_expired and not rules.has_passed(self.expire_at, timezone.now()):
                return  # someone postponed the expiry while `publish_scheduled` ran
            # Not `super().unpublish()`: with a user it calls `permissions_for_user`, which only
            # pages have (Wagtail 7.4 to 8.0). Wagtail's snippet view skips that check as well.
            UnpublishAction(
                self, set_expired=set_expired, commit=commit, user=user, log_action=log_action
            ).execute(skip_permission_checks=True)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The preview modes of the channels; Wagtail shows each in phone and desktop width."""
        return preview_modes()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Render the draft as the public would see it; does not pass the gate."""
        return render_preview(self, request, mode_name)

    @property
    def other_names(self) -> list[str]:
        """The alternative names as a list."""
        return [name.strip() for name in self.alternative_names.splitlines() if name.strip()]


def _drop_spent_dates(revision: Revision) -> None:
    """Clear schedule dates that have taken effect; otherwise the record would expire at once."""
    spent = revision.as_object().spent_dates(timezone.now())
    if spent:
        revision.content = {**revision.content, **dict.fromkeys(spent)}
        revision.save(update_fields=["content"])
