"""Make a place."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from socialekaart_plugin.foundation.announced_model import changed_by
from socialekaart_plugin.places.models import Place


@transaction.atomic
def create_place(*, place: Place, user: AbstractBaseUser | None = None) -> Place:
    """Keep a new place, and write who made it in the log.

    Raises:
        ValidationError: something about it cannot be.
    """
    Place.wait_for_turn()
    place.full_clean()
    with changed_by(user):
        place.save()
    log(instance=place, action="wagtail.create", user=user)
    return place
