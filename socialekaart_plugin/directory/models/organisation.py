"""The Organisation model: a club, an initiative, a service, the municipality."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.search import index

from socialekaart_plugin.directory import rules
from socialekaart_plugin.directory.choices import OrganisationKind
from socialekaart_plugin.directory.requirements import missing_from_any, missing_from_organisation
from socialekaart_plugin.foundation.announced_model import AnnouncedChild
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.web_address import WebAddressField
from socialekaart_plugin.places.fields import OpeningHoursField
from socialekaart_plugin.places.models import Place
from socialekaart_plugin.vocabulary.models import Keyword

from .contact import ContactFact
from .notice import Notice
from .record import Record
from .translation import Translation


class TaggedOrganisation(AnnouncedChild, ItemBase):
    """A keyword on an organisation."""

    parent_field = "content_object"

    tag = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="tagged_organisations")
    content_object = ParentalKey(
        "socialekaart_plugin.Organisation", on_delete=models.CASCADE, related_name="tagged_items"
    )


class Organisation(Record):
    """A club, initiative or service that does something for others under one name."""

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
    opening_hours = OpeningHoursField(
        _("opening hours"),
        help_text=_(
            "When someone of the organisation is there. Leave empty when that is not known, or "
            "only by appointment."
        ),
    )
    opens_with_building = models.BooleanField(
        _("open when the building is"),
        default=False,
        help_text=_("Its hours are those of the building at the visiting address."),
    )
    kvk_number = models.CharField(
        _("KvK number"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{8}$", _("A KvK number has eight digits."))],
        help_text=_("Number in the trade register."),
    )
    rsin = models.CharField(
        "RSIN", max_length=9, blank=True, help_text=_("Number of a foundation or association.")
    )
    postal_address = models.CharField(
        _("postal address"),
        max_length=200,
        blank=True,
        help_text=_("On one line: Postbus 12, 2700 AA Zoetermeer."),
    )
    postal_address_audience = models.CharField(
        _("who may see the postal address"),
        max_length=10,
        choices=Audience,
        default=Audience.INTERNAL,
        help_text=_("Leave someone's home on “colleagues only”."),
    )
    platform_profile_url = WebAddressField(
        _("profile on the platform"),
        help_text=_("Its page on the supply-and-demand platform (ZoetermeerVoorElkaar)."),
    )
    platform_vacancies_url = WebAddressField(_("vacancies on the platform"))
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

    def clean(self) -> None:
        """Refuse an invalid RSIN, and contradictory opening hours."""
        super().clean()
        problems = {}
        if self.rsin and not rules.is_rsin(self.rsin):
            problems["rsin"] = _("This is no RSIN. It has nine digits.")
        if self.opens_with_building and self.visiting_place is None:
            problems["opens_with_building"] = _(
                "There is no visiting address yet. Choose one, or untick this."
            )
        elif self.opens_with_building and self.opening_hours is not None:
            problems["opens_with_building"] = _(
                "There are opening hours of its own as well. Empty these, or untick this."
            )
        if problems:
            raise ValidationError(problems)

    @property
    def hours(self) -> Any:
        """The opening hours as plain data: its own or those of the building; None if unknown."""
        if self.opens_with_building:
            return self.visiting_place.opening_hours if self.visiting_place else None
        return self.opening_hours


class OrganisationContactFact(ContactFact):
    """A contact fact of an organisation."""

    record = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="contact_facts")


class OrganisationNotice(Notice):
    """A temporary notice on an organisation."""

    record = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="notices")


class OrganisationTranslation(Translation):
    """A translation of an organisation."""

    record = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["record", "language"], name="organisation_translation_once_a_language"
            )
        ]
