"""An organisation: a club, an initiative, a service, the municipality."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.search import index

from socialekaart_plugin.directory.choices import OrganisationKind
from socialekaart_plugin.directory.requirements import missing_from_any, missing_from_organisation
from socialekaart_plugin.foundation.saving import AnnouncedChild
from socialekaart_plugin.places.models import Place

from .contact import ContactFact
from .record import Record
from .vocabulary import Keyword


class TaggedOrganisation(AnnouncedChild, ItemBase):
    """A keyword on an organisation."""

    parent_field = "content_object"

    tag = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="tagged_organisations")
    content_object = ParentalKey(
        "socialekaart_plugin.Organisation", on_delete=models.CASCADE, related_name="tagged_items"
    )


class Organisation(Record):
    """Everyone who does something for others under one name."""

    shown_one = ("visiting_place__area__parent__parent",)
    publication_rules = (missing_from_any, missing_from_organisation)

    kind = models.CharField(
        _("kind"), max_length=20, choices=OrganisationKind, default=OrganisationKind.VOLUNTEER
    )
    visiting_place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("visiting address"),
        help_text=_("Where people can walk in. Leave empty when there is no such place."),
    )
    tags = ClusterTaggableManager(
        through=TaggedOrganisation,
        blank=True,
        verbose_name=_("keywords"),
        help_text=_("Words people may search by, separated by commas."),
    )

    search_fields = [*Record.search_fields, index.FilterField("kind")]

    class Meta(Record.Meta):
        abstract = False
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]


class OrganisationContactFact(ContactFact):
    """A contact fact of an organisation."""

    record = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="contact_facts")
