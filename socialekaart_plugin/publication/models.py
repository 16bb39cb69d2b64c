"""The tables of the gate: the public read model, its sequence, the event log, rebuild progress."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.foundation.audiences import Audience

from . import rules
from .choices import EventKind, RecordKind
from .querysets import PublishedRecordQuerySet


class PublishedRecord(models.Model):
    """All that anyone outside the admin may know of a record, with one payload per audience.

    A withdrawn row keeps uuid, short id, kind, sequence, `withdrawn_at` and `replaced_by`.
    """

    uuid = models.UUIDField(_("public id"), unique=True)
    short_id = models.CharField(_("short id"), max_length=12, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=RecordKind)
    sequence = models.BigIntegerField(
        _("sequence"),
        unique=True,
        help_text=_("Rises in the order of commits: who has seen n misses nothing below it."),
    )
    format_version = models.PositiveSmallIntegerField(default=rules.FORMAT_VERSION)
    public_payload = models.JSONField(null=True)
    referrer_payload = models.JSONField(null=True)
    next_change_on = models.DateField(null=True, db_index=True)
    changed_at = models.DateTimeField(_("changed"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    replaced_by = models.UUIDField(_("replaced by"), null=True)

    objects = PublishedRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("public record")
        verbose_name_plural = _("public records")
        ordering = ["sequence"]
        indexes = [models.Index(fields=["kind", "withdrawn_at"], name="socialekaart_kind_idx")]
        permissions = [("view_referrer_facts", _("Can see what is meant for referrers"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.short_id}"

    def payload(self, audience: Audience) -> rules.Payload:
        """Return the payload for an audience.

        Raises:
            LookupError: there is none: the record is withdrawn, or hidden from this audience.
        """
        value: rules.Payload | None = (
            self.referrer_payload if audience == Audience.REFERRER else self.public_payload
        )
        if value is None:
            raise LookupError(f"{self} is not for {audience}")
        return value


class PublicationCounter(models.Model):
    """The single row that hands out sequence numbers; locked from first use until commit."""

    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.value)


class PublicationEvent(models.Model):
    """A line of the append-only log: what was published or withdrawn, when, by whom and why."""

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    kind = models.CharField(_("what"), max_length=10, choices=EventKind)
    record_kind = models.CharField(_("kind"), max_length=20, choices=RecordKind)
    record_uuid = models.UUIDField(_("public id"), db_index=True)
    short_id = models.CharField(_("short id"), max_length=12)
    name = models.CharField(_("name"), max_length=160)
    sequence = models.BigIntegerField(_("sequence"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by whom"),
    )
    reason = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("publication event")
        verbose_name_plural = _("publication events")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_kind_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append a line; existing lines never change."""
        if self.pk:
            raise TypeError("PublicationEvent is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: the log is append-only."""
        raise TypeError("PublicationEvent is append-only")


class RebuildProgress(models.Model):
    """Progress of `rebuild_public_records`, so that an interrupted run can resume."""

    kind = models.CharField(max_length=20, choices=RecordKind)
    last_pk = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} > {self.last_pk}"
