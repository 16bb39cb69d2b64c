"""An activity: what one or more organisations do, and where."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.models import Orderable
from wagtail.search import index

from socialekaart_plugin.directory.requirements import missing_from_activity, missing_from_any
from socialekaart_plugin.foundation.saving import AnnouncedChild
from socialekaart_plugin.places.models import Place

from .contact import ContactFact
from .organisation import Organisation
from .record import Record
from .vocabulary import Keyword


class TaggedActivity(AnnouncedChild, ItemBase):
    """A keyword on an activity."""

    parent_field = "content_object"

    tag = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="tagged_activities")
    content_object = ParentalKey(
        "socialekaart_plugin.Activity", on_delete=models.CASCADE, related_name="tagged_items"
    )


class Activity(Record):
    """An activity or a service: one organisation answers for it, others may join in."""

    shown_one = ("organisation",)
    publication_rules = (missing_from_any, missing_from_activity)
    shown_many = ("co_organisers__organisation", "sessions__place__area__parent__parent")

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="activities",
        verbose_name=_("organisation"),
        help_text=_("The organisation that answers for it."),
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


class ActivityContactFact(ContactFact):
    """A contact fact of an activity."""

    record = ParentalKey(Activity, on_delete=models.CASCADE, related_name="contact_facts")


class CoOrganiser(AnnouncedChild, Orderable):
    """An organisation that joins in an activity, beside the one that answers for it."""

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


class Session(AnnouncedChild, Orderable):
    """One place where an activity is held."""

    parent_field = "activity"

    activity = ParentalKey(Activity, on_delete=models.CASCADE, related_name="sessions")
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("place")
    )
    room = models.CharField(
        _("room"), max_length=80, blank=True, help_text=_("For example: the garden room")
    )
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("For example: ring the bell twice")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("location")
        verbose_name_plural = _("locations")

    def __str__(self) -> str:
        return str(self.place)
