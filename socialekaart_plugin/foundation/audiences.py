"""Who may see a fact: everyone, professionals who refer people, or colleagues only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """The three circles in which a fact is shown, widest first."""

    PUBLIC = "public", _("everyone")
    REFERRER = "referrer", _("referrers only")
    INTERNAL = "internal", _("colleagues only")


#: The audiences that something leaves for; `INTERNAL` never leaves the admin.
OUTSIDE = (Audience.PUBLIC, Audience.REFERRER)

_SEEN_BY = {
    Audience.PUBLIC: frozenset({Audience.PUBLIC}),
    Audience.REFERRER: frozenset({Audience.PUBLIC, Audience.REFERRER}),
}


def may_see(audience: Audience, fact_audience: str) -> bool:
    """Tell whether a reader of `audience` may see a fact kept for `fact_audience`.

    An unknown or empty fact audience counts as internal.
    """
    return fact_audience in _SEEN_BY[audience]


def is_wider(audience: str, than: str) -> bool:
    """Tell whether one circle holds people whom another leaves out."""
    order = Audience.values
    return order.index(audience) < order.index(than)
