"""Distances in words."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def distance_text(metres: float) -> str:
    """Write a distance in steps of 50 metres; from a kilometre on, in kilometres with a decimal."""
    if metres < 975:
        return _("%(number)s m") % {"number": max(50, round(metres / 50) * 50)}
    kilometres = round(metres / 1000, 1)
    decimals = 0 if kilometres == round(kilometres) else 1
    return _("%(number)s km") % {"number": number_format(kilometres, decimal_pos=decimals)}
