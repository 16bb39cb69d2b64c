"""The fixed lists a record chooses from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What sort of organisation it is."""

    VOLUNTEER = "volunteer", _("volunteer organisation")
    INITIATIVE = "initiative", _("neighbourhood initiative")
    CLUB = "club", _("club or society")
    PROFESSIONAL = "professional", _("professional organisation")
    MUNICIPALITY = "municipality", _("municipality")
    OTHER = "other", _("something else")


class ContactKind(models.TextChoices):
    """What sort of contact fact it is."""

    PHONE = "phone", _("telephone")
    MAIL = "mail", _("email")
    WEBSITE = "website", _("website")
    SOCIAL = "social", _("social medium")
    PERSON = "person", _("contact person")


class VerificationChannel(models.TextChoices):
    """How it was found that a record is right."""

    SELF = "self", _("the organisation itself")
    PHONE = "phone", _("telephone")
    MAIL = "mail", _("email")
    VISIT = "visit", _("visit")
