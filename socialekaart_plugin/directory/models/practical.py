"""Practical facts that records share: ages, languages, cost, registration, free places."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from socialekaart_plugin.directory.choices import Capacity, Cost, Language, Referral, Registration
from socialekaart_plugin.foundation.choice_list import ChoiceListField
from socialekaart_plugin.foundation.web_address import WebAddressField
from socialekaart_plugin.places.fields import AccessibilityField
from socialekaart_plugin.places.models import Area

#: Highest accepted age; anything above it is a typing error.
OLDEST = 120
_AGE = (MinValueValidator(0), MaxValueValidator(OLDEST))


class PracticalFacts(models.Model):
    """Who can take part, and how."""

    min_age = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, validators=_AGE, help_text=_("Empty: no lower limit.")
    )
    max_age = models.PositiveSmallIntegerField(
        _("up to age"),
        null=True,
        blank=True,
        validators=_AGE,
        help_text=_("This age can still take part. Empty: no upper limit."),
    )
    languages = ChoiceListField(
        _("languages spoken"),
        choices=Language,
        help_text=_("In which languages can someone be helped? Dutch only: leave all empty."),
    )
    areas_served = ParentalManyToManyField(
        Area,
        blank=True,
        verbose_name=_("only for people from"),
        related_name="+",
        help_text=_("Choose areas only when people from elsewhere are not helped."),
    )

    cost = models.CharField(_("cost"), max_length=12, choices=Cost, blank=True)
    cost_amount = models.DecimalField(
        _("amount in euros"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("With a fixed price. Say below what it is for: each time, a month, a year."),
    )
    cost_note = models.CharField(
        _("note on the cost"),
        max_length=200,
        blank=True,
        help_text=_("For example: each time, coffee included."),
    )
    city_pass = models.BooleanField(
        _("discount with the city pass"),
        default=False,
        help_text=_("People with a ZoetermeerPas pay less or nothing."),
    )
    registration = ChoiceListField(
        _("how to register"),
        choices=Registration,
        help_text=_("More than one is possible."),
    )
    registration_url = WebAddressField(_("web page to register"))
    registration_note = models.CharField(
        _("note on registering"),
        max_length=200,
        blank=True,
        help_text=_("For example: at least a day before."),
    )
    referral = models.CharField(
        _("referral"),
        max_length=12,
        choices=Referral,
        blank=True,
        help_text=_("Must a professional send someone?"),
    )
    referral_by = models.CharField(
        _("referral by"),
        max_length=200,
        blank=True,
        help_text=_("For example: the family doctor or the community team."),
    )
    capacity = models.CharField(_("is there room"), max_length=12, choices=Capacity, blank=True)
    capacity_note = models.CharField(
        _("note on the room"),
        max_length=200,
        blank=True,
        help_text=_("For example: the wait is about two months."),
    )
    capacity_until = models.DateField(
        _("this is so until"),
        null=True,
        blank=True,
        help_text=_("After this day nothing is said about room any more."),
    )
    what_to_bring = models.CharField(
        _("what to bring"),
        max_length=300,
        blank=True,
        help_text=_("For example: sports shoes and a bottle of water."),
    )
    accessibility = AccessibilityField(
        _("accessibility"),
        help_text=_("What is arranged here itself. A building has its own facts."),
    )
    accessibility_note = models.CharField(
        _("note on accessibility"),
        max_length=300,
        blank=True,
        help_text=_("For example: call beforehand, then we put out the ramp."),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse facts that contradict each other."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.min_age is not None and self.max_age is not None and self.max_age < self.min_age:
            errors["max_age"] = _("This is lower than the lowest age.")
        if Registration.NOT_NEEDED in self.registration and len(self.registration) > 1:
            errors["registration"] = _("“Not needed” cannot go with a way to register.")
        elif self.registration_url and Registration.LINK not in self.registration:
            errors["registration"] = _(
                "There is a web page to register: tick “on a web page”, or empty that field."
            )
        if self.cost_amount is not None and self.cost == Cost.FREE:
            errors["cost_amount"] = _("It is free: leave the amount empty.")
        if self.referral_by and self.referral == Referral.NOT_NEEDED:
            errors["referral_by"] = _("No referral is needed: leave this empty.")
        if errors:
            raise ValidationError(errors)
