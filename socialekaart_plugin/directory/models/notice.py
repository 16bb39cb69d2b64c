"""Temporary notices on a record, such as "closed", from one day until another."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable

from socialekaart_plugin.directory.choices import NoticeKind
from socialekaart_plugin.foundation.announced_model import AnnouncedChild


class Notice(AnnouncedChild, Orderable):
    """A temporary notice; it appears and disappears by date on every channel."""

    parent_field = "record"

    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    starts_on = models.DateField(_("from"), help_text=_("The first day on which it is shown."))
    ends_on = models.DateField(
        _("up to and including"),
        null=True,
        blank=True,
        help_text=_("The last day on which it is shown. Empty: until someone removes it."),
    )
    text = models.CharField(
        _("text"),
        max_length=300,
        help_text=_("For example: closed in the summer holidays; again from 1 September."),
    )

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("temporary notice")
        verbose_name_plural = _("temporary notices")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"

    def clean(self) -> None:
        """Refuse a last day before the first day."""
        super().clean()
        starts_on: datetime.date | None = self.starts_on  # None if the form refused it
        if starts_on is not None and self.ends_on is not None and self.ends_on < starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first day.")})
