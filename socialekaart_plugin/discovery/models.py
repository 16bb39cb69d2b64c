"""What search reads: a line a record and audience, and the facet values it falls under."""

from django.db import models

from socialekaart_plugin.foundation.audiences import OUTSIDE
from socialekaart_plugin.publication.models import PublishedRecord

_AUDIENCE_CHOICES = [(audience.value, audience.label) for audience in OUTSIDE]


class SearchEntry(models.Model):
    """A findable record as one audience may find it; texts are folded (`rules.fold`)."""

    record = models.ForeignKey(
        PublishedRecord, on_delete=models.CASCADE, related_name="search_entries"
    )
    audience = models.CharField(max_length=10, choices=_AUDIENCE_CHOICES)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "audience"], name="socialekaart_one_entry_per_audience"
            )
        ]
        indexes = [
            models.Index(
                fields=["audience", "kind", "name", "record"], name="socialekaart_entry_idx"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FacetValue(models.Model):
    """A value of a facet that an entry falls under; wider themes and areas included."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="facet_values")
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facet", "value", "entry"], name="socialekaart_facet_value"
            )
        ]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"
