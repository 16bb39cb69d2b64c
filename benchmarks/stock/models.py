"""The tables of the stock directory: records, and the terms that filter them."""

from typing import ClassVar

from django.db import models
from wagtail.search import index
from wagtail.snippets.models import register_snippet

#: Relations to terms; each is a facet.
RELATIONS = (
    "themes",
    "target_groups",
    "help_questions",
    "tags",
    "forms",
    "weekdays",
    "accessibility",
    "languages",
)
#: Columns that are facets.
COLUMNS = ("kind", "area", "cost", "registration", "referral")


class Term(models.Model):
    """A theme, target group, keyword or other term."""

    facet = models.CharField(max_length=20)
    slug = models.CharField(max_length=80)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class StockRecord(index.Indexed, models.Model):
    """An organisation or activity as a site without the plugin would store it.

    Single values are columns, which are faster than relations. The point is that of the first
    place.
    """

    title = models.CharField(max_length=160)
    summary = models.TextField()
    description = models.TextField()
    organiser = models.CharField(max_length=160, blank=True)
    place = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=20, db_index=True)
    area = models.CharField(max_length=80, db_index=True)
    cost = models.CharField(max_length=20, db_index=True)
    registration = models.CharField(max_length=20, db_index=True)
    referral = models.CharField(max_length=20, db_index=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    payload = models.JSONField()
    themes = models.ManyToManyField(Term, related_name="+")
    target_groups = models.ManyToManyField(Term, related_name="+")
    help_questions = models.ManyToManyField(Term, related_name="+")
    tags = models.ManyToManyField(Term, related_name="+")
    forms = models.ManyToManyField(Term, related_name="+")
    weekdays = models.ManyToManyField(Term, related_name="+")
    accessibility = models.ManyToManyField(Term, related_name="+")
    languages = models.ManyToManyField(Term, related_name="+")

    search_fields: ClassVar = [
        index.SearchField("title", boost=4),
        index.AutocompleteField("title"),
        index.SearchField("summary", boost=2),
        index.SearchField("description"),
        index.SearchField("organiser"),
        index.SearchField("place"),
        *(index.FilterField(name) for name in (*COLUMNS, *RELATIONS)),
        index.FilterField("latitude"),
        index.FilterField("longitude"),
        *(
            index.RelatedFields(name, [index.SearchField("name")])
            for name in ("themes", "target_groups", "tags")
        ),
    ]

    class Meta:
        indexes: ClassVar = [models.Index(fields=["latitude", "longitude"], name="stock_point")]

    def __str__(self) -> str:
        return self.title


register_snippet(StockRecord)
