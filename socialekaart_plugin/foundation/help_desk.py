"""The help desk of a site: its phone number and e-mail address, as a Wagtail site setting."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

from .conf import conf
from .telephone import NoTelephoneNumber, read_telephone
from .telephone_entry import clean_telephone


class HelpDesk(BaseSiteSetting):
    """Contact details of the help desk, used wherever it is mentioned."""

    name: "models.CharField[str, str]" = models.CharField(
        gettext_lazy("name"),
        max_length=80,
        blank=True,
        help_text=gettext_lazy("As people know it: Wijkwinkel De Kern."),
    )
    phone: "models.CharField[str, str]" = models.CharField(
        gettext_lazy("telephone number"),
        max_length=40,
        blank=True,
        help_text=gettext_lazy("Everyone sees it. For example 079 123 45 67."),
    )
    mail: "models.EmailField[str, str]" = models.EmailField(
        gettext_lazy("email address"),
        blank=True,
        help_text=gettext_lazy("Everyone sees it. For example loket@voorbeeld.nl."),
    )
    hours: "models.CharField[str, str]" = models.CharField(
        gettext_lazy("when people are there"),
        max_length=160,
        blank=True,
        help_text=gettext_lazy("In words: maandag tot en met vrijdag van 9.00 tot 17.00 uur."),
    )

    panels = [FieldPanel("name"), FieldPanel("phone"), FieldPanel("mail"), FieldPanel("hours")]

    class Meta:
        verbose_name = gettext_lazy("help desk")
        verbose_name_plural = gettext_lazy("help desks")

    def clean(self) -> None:
        """Normalise the phone number; reject a help desk without contact details."""
        super().clean()
        if self.phone:
            try:
                self.phone = clean_telephone(self.phone)
            except ValidationError as error:
                raise ValidationError({"phone": error.messages}) from error
        if (self.name or self.hours) and not self.can_be_reached:
            raise ValidationError(
                {"phone": _("Fill in a telephone number or an email address, or leave all empty.")}
            )

    @property
    def can_be_reached(self) -> bool:
        """Whether it has a phone number or an e-mail address."""
        return bool(self.phone or self.mail)

    @property
    def phone_uri(self) -> str:
        """The `tel:` URI of the number; empty if there is no valid number."""
        try:
            return read_telephone(self.phone, conf.PHONE_REGION).uri if self.phone else ""
        except NoTelephoneNumber:
            return ""

    @property
    def facts(self) -> dict[str, str]:
        """The public fields, for the API."""
        return {
            "name": self.name,
            "phone": self.phone,
            "phone_uri": self.phone_uri,
            "mail": self.mail,
            "hours": self.hours,
        }

    @classmethod
    def for_site(cls, site: Site | None) -> "HelpDesk":
        """Return the help desk of a site; an unsaved, empty one if there is none.

        Wagtail's own method creates the row, even when a page is only read.
        """
        if site is None:
            raise cls.DoesNotExist("there is no site")
        found: HelpDesk | None = cls.base_queryset().filter(site=site).first()
        return found or cls(site=site)


def desk_of(request: HttpRequest | None) -> HelpDesk | None:
    """Return the help desk of the current site; None if there is none."""
    if request is None or Site.find_for_request(request) is None:
        return None
    desk: Any = HelpDesk.for_request(request)
    return desk if desk.can_be_reached else None
