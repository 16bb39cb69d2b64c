"""The embedded index: documents, words, and the log of changes."""

import uuid

from django.db import models

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.models import PublishedRecord

#: Bits of `SearchDocument.audiences`.
AUDIENCE_BITS = {Audience.PUBLIC: 1, Audience.REFERRER: 2}


def document_keys(record: int) -> tuple[int, int]:
    """Return the document keys of a public record: for everybody, and for referrers only."""
    return 2 * record, 2 * record + 1


def record_key(document: int) -> int:
    """Return the key of the public record of a document."""
    return document // 2


class SearchDocument(models.Model):
    """A searchable document of a public record, for one audience, or both if they see the same.

    Its words are in the full-text table under the same key (`document_keys`). When a record is
    withdrawn the row stays, for no audience, so that every process sees the change.
    """

    id = models.BigIntegerField(primary_key=True)
    record = models.ForeignKey(
        PublishedRecord, on_delete=models.CASCADE, related_name="search_documents"
    )
    #: For whom: 1 the public, 2 referrers, 3 both, 0 nobody.
    audiences = models.PositiveSmallIntegerField()
    #: Number of the last `IndexChange` that wrote it.
    version = models.BigIntegerField(db_index=True)
    #: Folded; the sort key.
    name = models.CharField(max_length=200)
    #: Facet values, as "facet=value" with spaces between.
    facets = models.TextField(blank=True)
    #: Names of values that are not in the reference data, as JSON by "facet=value".
    labels = models.TextField(blank=True)
    #: Degrees, as "latitude,longitude" with spaces between.
    points = models.TextField(blank=True)
    min_age = models.PositiveSmallIntegerField(null=True)
    max_age = models.PositiveSmallIntegerField(null=True)
    verified_on = models.DateField(null=True)
    #: State of upkeep (`publication.rules.as_of`) on the day of writing.
    upkeep = models.CharField(max_length=10, blank=True)
    #: How many words its name has.
    name_length = models.PositiveSmallIntegerField(default=0)
    #: Coming times: pairs of unsigned 32-bit numbers, start and end, in minutes of local time.
    times = models.BinaryField(default=bytes)
    #: Last day covered by `times`; null without schedules.
    times_until = models.DateField(null=True, db_index=True)
    #: Fingerprint of the school holidays behind `times`; empty without times.
    calendar = models.CharField(max_length=16, blank=True)
    #: Of all of the above and the words; equal when a document need not be written.
    fingerprint = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        return self.name


class SearchWord(models.Model):
    """A folded word of a document, for spelling correction and completion."""

    word = models.CharField(max_length=60, unique=True)
    version = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.word


class IndexChange(models.Model):
    """An entry in the log of changes, by which processes validate their caches.

    A number is reused after a rollback; the mark tells the two changes apart.
    """

    id = models.BigIntegerField(primary_key=True)
    mark = models.UUIDField(default=uuid.uuid4)
    #: Whether reference data or rules of editors changed.
    changes_vocabulary = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)
