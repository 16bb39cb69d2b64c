"""The kinds of area, widest first."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    """The levels of the Dutch division into areas (CBS: gemeente, wijk, buurt)."""

    MUNICIPALITY = "municipality", _("municipality")
    DISTRICT = "district", _("district")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")


#: From wide to narrow; a point belongs to the narrowest area that holds it.
WIDE_TO_NARROW = (AreaKind.MUNICIPALITY, AreaKind.DISTRICT, AreaKind.NEIGHBOURHOOD)
