"""Contact facts: ways to reach an organisation or activity, each with its audience."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable

from socialekaart_plugin.directory import rules
from socialekaart_plugin.directory.choices import ContactKind
from socialekaart_plugin.foundation.announced_model import AnnouncedChild
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.foundation.telephone import (
    NoTelephoneNumber,
    TelephoneNumber,
    read_telephone,
)
from socialekaart_plugin.foundation.telephone_entry import clean_telephone


class ContactFact(AnnouncedChild, Orderable):
    """A telephone number, address or name to reach someone, with the audience that may see it."""

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

    digits = models.CharField(
        _("digits"),
        max_length=40,
        blank=True,
        editable=False,
        help_text=_("Of a telephone number that can be called, as it is printed; else empty."),
    )

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("contact detail")
        verbose_name_plural = _("contact details")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"

    def clean(self) -> None:
        """Validate the value by its kind, and normalise it."""
        super().clean()
        if self.value:
            try:
                self._clean_value()
            except ValidationError as error:
                raise ValidationError({"value": error.messages}) from error

    def _clean_value(self) -> None:
        if self.kind == ContactKind.PHONE:
            self.value = clean_telephone(self.value)
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and update the searchable digits of the number."""
        self.read_digits()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "digits"}
        super().save(*args, **kwargs)

    def read_digits(self) -> str:
        """Set and return the searchable digits; empty for a number that cannot be called."""
        self.digits = self.telephone.digits if self.telephone else ""
        return self.digits

    @property
    def telephone(self) -> TelephoneNumber | None:
        """The telephone number; None for other kinds and for a number that cannot be called."""
        if self.kind != ContactKind.PHONE:
            return None
        try:
            return read_telephone(self.value, conf.PHONE_REGION)
        except NoTelephoneNumber:
            return None

    @property
    def uri(self) -> str:
        """The URI to link to; empty for a person, or for a value that cannot be linked."""
        if self.kind == ContactKind.PHONE:
            return self.telephone.uri if self.telephone else ""
        if self.kind == ContactKind.MAIL:
            return f"mailto:{self.value}"
        if self.kind in (ContactKind.WEBSITE, ContactKind.SOCIAL):
            return self.value if self.value.startswith(("https://", "http://")) else ""
        return ""
