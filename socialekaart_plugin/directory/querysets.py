"""Questions about records."""

from typing import Any

from django.db import models


class RecordQuerySet(models.QuerySet[Any]):
    """Organisations or activities."""

    def live(self) -> "RecordQuerySet":
        """Records with an approved version."""
        return self.filter(live=True)

    def with_parts(self) -> "RecordQuerySet":
        """Records with all that the gate reads of them, in a fixed number of queries."""
        return self.select_related("replaced_by", *self.model.shown_one).prefetch_related(
            "themes__parent__parent",
            "target_groups",
            "tags",
            "contact_facts",
            *self.model.shown_many,
        )
