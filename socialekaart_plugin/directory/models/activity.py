"""The Activity model: an activity or service of one or more organisations."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.models import Orderable
from wagtail.search import index

from socialekaart_plugin.directory.choices import ActivityForm, WithoutTimes
from socialekaart_plugin.directory.requirements import missing_from_activity, missing_from_any
from socialekaart_plugin.foundation.announced_model import AnnouncedChild
from socialekaart_plugin.foundation.choice_list import ChoiceListField
from socialekaart_plugin.foundation.web_address import WebAddressField
from socialekaart_plugin.vocabulary.models import Keyword

from .contact import ContactFact
from .notice import Notice
from .organisation import Organisation
from .record import Record
from .translation import Translation


class TaggedActivity(AnnouncedChild, ItemBase):
    """A keyword on an activity."""

    parent_field = "content_object"

    tag = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="tagged_activities")
    content_object = ParentalKey(
        "socialekaart_plugin.Activity", on_delete=models.CASCADE, related_name="tagged_items"
    )


class Activity(Record):
    """An activity or service: one organisation is responsible, others may be co-organisers."""

    shown_one = ("organisation",)
    publication_rules = (missing_from_any, missing_from_activity)
    shown_many: ClassVar[dict[str, tuple[str, ...]]] = {
        **Record.shown_many,
        "co_organisers": ("organisation",),
        "sessions": ("place__area__parent__parent",),
    }
    shown_beyond = ("organisation__contact_facts",)

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="activities",
        verbose_name=_("organisation"),
        help_text=_("The organisation that answers for it."),
    )
    forms = ChoiceListField(
        _("how it is done"),
        choices=ActivityForm,
        help_text=_("More than one is possible."),
    )
    without_times = models.CharField(
        _("if no times are given"),
        max_length=16,
        choices=WithoutTimes,
        default=WithoutTimes.NOT_KNOWN,
        blank=True,
        help_text=_(
            "This goes for every session without times, or for the activity when it has no "
            "sessions. Are all times given? Then leave it at “not known”."
        ),
    )
    valid_from = models.DateField(
        _("starts on"), null=True, blank=True, help_text=_("Empty: it goes on already.")
    )
    valid_until = models.DateField(
        _("ends after"),
        null=True,
        blank=True,
        help_text=_("The last day. After it the activity is no longer found. Empty: no end."),
    )
    volunteers_wanted = models.BooleanField(_("volunteers wanted"), default=False)
    vacancy_url = WebAddressField(
        _("vacancy on the platform"),
        help_text=_("The page of the vacancy on the supply-and-demand platform."),
    )
    tags = ClusterTaggableManager(
        through=TaggedActivity,
        blank=True,
        verbose_name=_("keywords"),
        help_text=_("Words people may search by, separated by commas."),
    )

    search_fields = [*Record.search_fields, index.FilterField("organisation")]

    class Meta(Record.Meta):
        abstract = False
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["name"]

    @property
    def lacks_times(self) -> bool:
        """Whether it has no sessions, or a session without times."""
        schedules = [session.schedule for session in self.sessions.all()]
        return not schedules or None in schedules

    def clean(self) -> None:
        """Refuse a last day before the first day."""
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day is before the first day.")})


class ActivityContactFact(ContactFact):
    """A contact fact of an activity."""

    record = ParentalKey(Activity, on_delete=models.CASCADE, related_name="contact_facts")


class ActivityNotice(Notice):
    """A temporary notice on an activity."""

    record = ParentalKey(Activity, on_delete=models.CASCADE, related_name="notices")


class ActivityTranslation(Translation):
    """A translation of an activity."""

    record = ParentalKey(Activity, on_delete=models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["record", "language"], name="activity_translation_once_a_language"
            )
        ]


class CoOrganiser(AnnouncedChild, Orderable):
    """A co-organiser of an activity, besides the responsible organisation."""

    parent_field = "activity"

    activity = ParentalKey(Activity, on_delete=models.CASCADE, related_name="co_organisers")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="co_organised",
        verbose_name=_("organisation"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("co-organiser")
        verbose_name_plural = _("co-organisers")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "organisation"], name="socialekaart_one_co_organiser"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
