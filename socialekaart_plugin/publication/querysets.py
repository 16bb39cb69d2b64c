"""Filters on public records: public now, visible to an audience, due for a new sequence."""

import datetime
from typing import Any

from django.db import models

from socialekaart_plugin.foundation.audiences import Audience


class PublishedRecordQuerySet(models.QuerySet[Any]):
    """Rows of the gate."""

    def public(self) -> "PublishedRecordQuerySet":
        """Return the rows that are public now, without the withdrawn ones."""
        return self.filter(withdrawn_at__isnull=True)

    def for_audience(self, audience: Audience) -> "PublishedRecordQuerySet":
        """Return the rows for an audience, without loading the payload of the other audience."""
        other = Audience.REFERRER if audience == Audience.PUBLIC else Audience.PUBLIC
        return (
            self.public()
            .filter(**{f"{audience.value}_payload__isnull": False})
            .defer(f"{other.value}_payload")
        )

    def due(self, today: datetime.date) -> "PublishedRecordQuerySet":
        """Return rows that read differently since their last sequence, because time passed."""
        return self.public().filter(next_change_on__lte=today)
