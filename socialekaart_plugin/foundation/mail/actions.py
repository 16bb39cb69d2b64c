"""Delete the stored rows of unsent mail that a manager has read."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from .models import UnsentMail


@transaction.atomic
def clear_unsent_mail(*, pks: Collection[int], user: Any) -> int:
    """Delete rows of unsent mail; rows still in progress are kept.

    Args:
        pks: the rows to delete.
        user: the user who deletes them.

    Returns:
        The number of deleted rows.
    """
    chosen = UnsentMail.objects.in_trouble().filter(pk__in=pks)
    # A dummy write takes the lock: SQLite refuses to write after a read if another wrote since.
    chosen.update(subject=F("subject"))
    rows = list(chosen.select_for_update())
    for row in rows:
        log(instance=row, action="socialekaart.clear_unsent_mail", user=user, deleted=True)
    UnsentMail.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
