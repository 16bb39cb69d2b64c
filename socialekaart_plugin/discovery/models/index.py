"""The index of the embedded engines: a row a findable text, its words, the log of its changes."""

import uuid

from django.db import models

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.models import PublishedRecord

#: Which bit of `SearchDocument.audiences` is whose.
AUDIENCE_BITS = {Audience.PUBLIC: 1, Audience.REFERRER: 2}


def document_keys(record: int) -> tuple[int, int]:
    """Return the keys of the documents of a public record: for all, and for referrers only."""
    return 2 * record, 2 * record + 1


def record_key(document: int) -> int:
    """Return the key of the public record that a document is of."""
    return document // 2


class SearchDocument(models.Model):
    """What of a public record can be found, by one audience or by both when they see the same.

    The words themselves are in the full-text table of the engine, under the same key: twice the
    key of the public record, and one more for the text that only referrers may find. A row of which
    nothing may be found any more stays, for no audience, so that every process hears of it.
    """

    id = models.BigIntegerField(primary_key=True)
    record = models.ForeignKey(
        PublishedRecord, on_delete=models.CASCADE, related_name="search_documents"
    )
    #: For whom: 1 the public, 2 referrers, 3 both, 0 nobody.
    audiences = models.PositiveSmallIntegerField()
    #: Number of the `IndexChange` that wrote it last.
    version = models.BigIntegerField(db_index=True)
    #: Folded; by which it is sorted.
    name = models.CharField(max_length=200)
    #: Facet values, as "facet=value" with spaces between.
    facets = models.TextField(blank=True)
    #: Names of values that are nowhere else, as JSON by "facet=value".
    labels = models.TextField(blank=True)
    #: Degrees, as "latitude,longitude" with spaces between.
    points = models.TextField(blank=True)
    min_age = models.PositiveSmallIntegerField(null=True)
    max_age = models.PositiveSmallIntegerField(null=True)
    verified_on = models.DateField(null=True)
    #: State of upkeep, as `publication.rules.as_of` reads it on the day of writing.
    upkeep = models.CharField(max_length=10, blank=True)
    #: How many words its name has.
    name_length = models.PositiveSmallIntegerField(default=0)
    #: Coming times: pairs of unsigned 32-bit numbers, start and end, in minutes of local time.
    times = models.BinaryField(default=bytes)
    #: Up to which day the coming times were written; null when there is no end to write up to.
    times_until = models.DateField(null=True, db_index=True)
    #: Of the school holidays that the times were written with; empty without times.
    calendar = models.CharField(max_length=16, blank=True)
    #: Of all of the above and of the words: whoever has the same need not be written again.
    fingerprint = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        return self.name


class SearchWord(models.Model):
    """A folded word that occurs in a document: for typing errors and for first parts of words."""

    word = models.CharField(max_length=60, unique=True)
    version = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.word


class IndexChange(models.Model):
    """A line a change of the index, by which a process knows whether what it holds still holds.

    A number can be given out again after a rollback; the mark tells two such changes apart.
    """

    id = models.BigIntegerField(primary_key=True)
    mark = models.UUIDField(default=uuid.uuid4)
    #: Whether what stands beside records changed: themes, areas, help questions, target groups.
    changes_vocabulary = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)
