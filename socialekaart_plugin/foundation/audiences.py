"""The audiences of a fact: everyone, referrers or colleagues only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """The three audiences, widest first."""

    PUBLIC = "public", _("everyone")
    REFERRER = "referrer", _("referrers only")
    INTERNAL = "internal", _("colleagues only")


#: The audiences outside the admin; `INTERNAL` facts never leave it.
OUTSIDE = (Audience.PUBLIC, Audience.REFERRER)

_SEEN_BY = {
    Audience.PUBLIC: frozenset({Audience.PUBLIC}),
    Audience.REFERRER: frozenset({Audience.PUBLIC, Audience.REFERRER}),
}


def may_see(audience: Audience, fact_audience: str) -> bool:
    """Return whether a reader in `audience` is allowed to see a fact for `fact_audience`.

    An unknown or empty fact audience counts as internal.
    """
    return fact_audience in _SEEN_BY[audience]


def is_wider(audience: str, than: str) -> bool:
    """Return whether an audience includes people whom the other excludes."""
    order = Audience.values
    return order.index(audience) < order.index(than)
