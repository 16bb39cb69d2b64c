"""The Session model: where and when an activity takes place."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from socialekaart_plugin.directory.fields import ScheduleField
from socialekaart_plugin.foundation.announced_model import AnnouncedChild
from socialekaart_plugin.places.models import Place
from socialekaart_plugin.timetable.as_json import schedule_from_json
from socialekaart_plugin.timetable.schedule import Schedule


class Session(AnnouncedChild, Orderable):
    """The place, if any, and the times of an activity."""

    parent_field = "activity"

    activity = ParentalKey(
        "socialekaart_plugin.Activity", on_delete=models.CASCADE, related_name="sessions"
    )
    place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("place"),
        help_text=_("Leave empty when it is at people's homes, by telephone or online."),
    )
    room = models.CharField(
        _("room"), max_length=80, blank=True, help_text=_("For example: the garden room")
    )
    schedule = ScheduleField(
        _("when"),
        help_text=_(
            "Is it by appointment, always, or not known when? Leave this empty and choose which "
            "at “If no times are given”."
        ),
    )
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("For example: ring the bell twice")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return str(self.place or self.room or self.note or self._meta.verbose_name)

    def get_schedule(self) -> Schedule | None:
        """Return the schedule; None without times, which the activity then explains.

        Raises:
            TimetableError: the stored schedule is invalid (written without a form).
        """
        return schedule_from_json(self.schedule) if self.schedule is not None else None
