"""The model for queued mail that has not been sent; managers see it when it fails or is late."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: An older row without an error was queued in a process that has ended.
LATE_AFTER = datetime.timedelta(minutes=10)


class UnsentMailQuerySet(models.QuerySet["UnsentMail"]):
    """Queries on unsent mail."""

    def in_trouble(self) -> "UnsentMailQuerySet":
        """Return failed mail, and mail queued for too long."""
        late = timezone.now() - LATE_AFTER
        return self.exclude(error="") | self.filter(handed_over_at__lt=late)


class UnsentMail(models.Model):
    """A message, from queueing until it is sent or a manager deletes it.

    Created in the transaction that causes the mail, so that a crash leaves a trace. It stores only
    what managers need to inform somebody, never the body.
    """

    recipients = models.TextField(_("to"))
    subject = models.TextField(_("subject"))
    handed_over_at = models.DateTimeField(_("when"), default=timezone.now)
    #: The error; empty while in progress.
    error = models.TextField(_("what went wrong"), blank=True)

    objects = UnsentMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail that was not sent")
        verbose_name_plural = _("mails that were not sent")
        ordering = ["-handed_over_at", "-pk"]
        default_permissions = ("view", "delete")

    def __str__(self) -> str:
        return self.subject
