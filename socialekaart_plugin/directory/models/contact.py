"""A way to reach an organisation or activity, and who may see it."""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable

from socialekaart_plugin.directory import rules
from socialekaart_plugin.directory.choices import ContactKind
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.foundation.saving import AnnouncedChild


class ContactFact(AnnouncedChild, Orderable):
    """A telephone number, address or name by which someone can be reached, and who may see it."""

    parent_field = "record"

    kind = models.CharField(_("kind"), max_length=10, choices=ContactKind)
    value = models.CharField(_("what"), max_length=250)
    label = models.CharField(
        _("note"), max_length=80, blank=True, help_text=_("For example: on weekdays until 12.00")
    )
    audience = models.CharField(
        _("who may see it"),
        max_length=10,
        choices=Audience,
        default=Audience.INTERNAL,
        help_text=_("Only “everyone” is shown on the site."),
    )

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("contact detail")
        verbose_name_plural = _("contact details")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"

    def clean(self) -> None:
        """Check the value by its kind, and write it in one way."""
        super().clean()
        if self.value:
            try:
                self._clean_value()
            except ValidationError as error:
                raise ValidationError({"value": error.messages}) from error

    def _clean_value(self) -> None:
        if self.kind == ContactKind.PHONE:
            try:
                self.value = rules.normalise_phone(self.value, conf.PHONE_REGION)
            except ValueError as error:
                raise ValidationError(
                    _("This is no telephone number. Write it like 079 123 45 67.")
                ) from error
        elif self.kind == ContactKind.MAIL:
            EmailValidator(_("This is no email address. Write it like naam@voorbeeld.nl."))(
                self.value
            )
        elif self.kind in (ContactKind.WEBSITE, ContactKind.SOCIAL):
            self.value = rules.with_scheme(self.value)
            URLValidator(
                ["http", "https"],
                message=_("This is no web address. Write it like https://www.voorbeeld.nl."),
            )(self.value)

    @property
    def uri(self) -> str:
        """What a link to it points to; empty for a person or a value that leads nowhere."""
        if self.kind == ContactKind.PHONE:
            return rules.phone_uri(self.value, conf.PHONE_REGION)
        if self.kind == ContactKind.MAIL:
            return f"mailto:{self.value}"
        if self.kind in (ContactKind.WEBSITE, ContactKind.SOCIAL):
            return self.value if self.value.startswith(("https://", "http://")) else ""
        return ""
