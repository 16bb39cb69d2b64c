"""Create a place and log who did it."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from socialekaart_plugin.foundation.announced_model import changed_by
from socialekaart_plugin.places.models import Place


@transaction.atomic
def create_place(*, place: Place, user: AbstractBaseUser | None = None) -> Place:
    """Save a new place, and log who created it.

    Raises:
        ValidationError: a field is invalid.
    """
    Place.wait_for_turn()
    place.full_clean()
    with changed_by(user):
        place.save()
    log(instance=place, action="wagtail.create", user=user)
    return place
