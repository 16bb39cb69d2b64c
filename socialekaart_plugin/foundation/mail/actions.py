"""Clearing mail that was not sent, once somebody knows of it."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from .models import UnsentMail


@transaction.atomic
def clear_unsent_mail(*, pks: Collection[int], user: Any) -> int:
    """Remove rows of mail that was not sent; those that are under way or gone are left alone.

    Args:
        pks: which.
        user: who clears them.

    Returns:
        How many were removed.
    """
    chosen = UnsentMail.objects.in_trouble().filter(pk__in=pks)
    # Changes nothing: a transaction that reads first is refused by SQLite when another wrote since.
    chosen.update(subject=F("subject"))
    rows = list(chosen.select_for_update())
    for row in rows:
        log(instance=row, action="socialekaart.clear_unsent_mail", user=user, deleted=True)
    UnsentMail.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
