"""Upkeep facts of a record: verification, steward, origin; not part of a revision."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.directory import rules
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.foundation.conf import conf

#: Maximum interval in days: a record that nobody checks for five years must not stay.
LONGEST_INTERVAL_DAYS = 5 * 366


class UpkeepFacts(models.Model):
    """Verification dates, steward, verification contact and origin of a record.

    Not part of a revision: publishing an older draft leaves them unchanged, and names of people
    are stored in one row only.
    """

    UPKEEP_FIELDS: ClassVar[tuple[str, ...]] = (
        "verified_on",
        "verified_by_name",
        "verified_by_role",
        "verified_channel",
        "marked_on",
        "replaced_by",
        "verify_interval_days",
        "steward",
        "verification_contact_name",
        "verification_contact_phone",
        "verification_contact_mail",
        "verification_contact_note",
        "source",
        "source_id",
        "source_licence",
        "imported_at",
    )

    verified_on = models.DateField(_("verified on"), null=True, blank=True, editable=False)
    verified_by_name = models.CharField(
        _("verified by"), max_length=120, blank=True, editable=False
    )
    verified_by_role = models.CharField(
        _("role of who verified"), max_length=120, blank=True, editable=False
    )
    verified_channel = models.CharField(
        _("verified through"),
        max_length=10,
        choices=VerificationChannel,
        blank=True,
        editable=False,
    )
    marked_on = models.DateField(
        _("marked as not recently verified on"), null=True, blank=True, editable=False
    )
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )
    verify_interval_days = models.PositiveSmallIntegerField(
        _("days between two checks"),
        null=True,
        blank=True,
        editable=False,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_INTERVAL_DAYS)],
        help_text=_("Empty: as usual on this site."),
    )
    steward = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("steward"),
        help_text=_("The colleague who looks after this record."),
    )
    verification_contact_name = models.CharField(
        _("whom to ask"),
        max_length=120,
        blank=True,
        editable=False,
        help_text=_("Who at the organisation knows whether this is right. Never shown outside."),
    )
    verification_contact_phone = models.CharField(
        _("their telephone"), max_length=40, blank=True, editable=False
    )
    verification_contact_mail = models.EmailField(_("their email"), blank=True, editable=False)
    verification_contact_note = models.CharField(
        _("how to reach them"),
        max_length=200,
        blank=True,
        editable=False,
        help_text=_("For example: only on Tuesdays."),
    )

    source = models.CharField(_("source"), max_length=120, blank=True, editable=False)
    source_id = models.CharField(_("id at the source"), max_length=200, blank=True, editable=False)
    source_licence = models.CharField(_("licence"), max_length=80, blank=True, editable=False)
    imported_at = models.DateTimeField(_("imported at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def interval_days(self) -> int:
        """Days between verifications: its own setting, or else the site's."""
        return int(self.verify_interval_days or conf.VERIFY_INTERVAL_DAYS)

    @property
    def due_on(self) -> datetime.date | None:
        """The day on which verification is due; None if it was never verified."""
        return rules.due_on(self.verified_on, self.interval_days) if self.verified_on else None
