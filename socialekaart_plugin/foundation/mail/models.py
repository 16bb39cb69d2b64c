"""Mail that was handed over and is not known to have left."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: A message that waits longer than this, without an error, was in a process that has ended.
LATE_AFTER = datetime.timedelta(minutes=10)


class UnsentMailQuerySet(models.QuerySet["UnsentMail"]):
    """Questions about mail that did not leave."""

    def in_trouble(self) -> "UnsentMailQuerySet":
        """Return what failed, and what has waited too long to be still under way."""
        late = timezone.now() - LATE_AFTER
        return self.exclude(error="") | self.filter(handed_over_at__lt=late)


class UnsentMail(models.Model):
    """One message from the moment it is handed over until it left, or until a manager clears it.

    It is written in the transaction of the work it tells of, so that a process that ends half-way
    leaves a trace. Of the message it keeps what a manager needs to tell somebody: never the text.
    """

    recipients = models.TextField(_("to"))
    subject = models.TextField(_("subject"))
    handed_over_at = models.DateTimeField(_("when"), default=timezone.now)
    #: What went wrong; empty while it is under way.
    error = models.TextField(_("what went wrong"), blank=True)

    objects = UnsentMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail that was not sent")
        verbose_name_plural = _("mails that were not sent")
        ordering = ["-handed_over_at", "-pk"]
        default_permissions = ("view", "delete")

    def __str__(self) -> str:
        return self.subject
