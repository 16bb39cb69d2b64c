"""Questions about public records."""

import datetime
from typing import Any

from django.db import models

from socialekaart_plugin.foundation.audiences import Audience


class PublishedRecordQuerySet(models.QuerySet[Any]):
    """Rows of the gate."""

    def public(self) -> "PublishedRecordQuerySet":
        """What is public now; not the tombstones."""
        return self.filter(withdrawn_at__isnull=True)

    def for_audience(self, audience: Audience) -> "PublishedRecordQuerySet":
        """What an audience may see of it: without the payload of the other audience."""
        other = Audience.REFERRER if audience == Audience.PUBLIC else Audience.PUBLIC
        return (
            self.public()
            .filter(**{f"{audience.value}_payload__isnull": False})
            .defer(f"{other.value}_payload")
        )

    def due(self, today: datetime.date) -> "PublishedRecordQuerySet":
        """Rows that read differently by the passing of time since they were last stamped."""
        return self.public().filter(next_change_on__lte=today)
