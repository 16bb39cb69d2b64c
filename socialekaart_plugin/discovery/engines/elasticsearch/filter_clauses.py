"""Translates the filters of a search into the query DSL of Elasticsearch."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from socialekaart_plugin.discovery.documents.time_encoding import (
    DAYS,
    LEAST_OVERLAP,
    MINUTES_A_DAY,
    PARTS,
    minutes,
    minutes_of_day,
)
from socialekaart_plugin.discovery.engines.base import EngineQuery
from socialekaart_plugin.discovery.engines.reference_data import Vocabulary
from socialekaart_plugin.discovery.facets import FACETS
from socialekaart_plugin.discovery.models import document_keys
from socialekaart_plugin.discovery.query.plan import When
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import FINDABLE

from .query_dsl import MATCH_NONE, Body, question_query

#: More than half the circumference of the earth, in metres.
_HALF_WAY_ROUND = 20_100_000.0
#: Short times within a part of the day that are not over; a range query would mix up two times.
_SHORT_TIMES = """
for (int i = 0; i < doc['short_starts'].size(); i++) {
  long start = doc['short_starts'].get(i);
  long end = doc['short_ends'].get(i);
  if (start >= params.begin && end <= params.end && end > params.now) { return true; }
}
return false;
"""


def base_filters(query: EngineQuery) -> list[Body]:
    """Return the filters of every search: the audience, the kinds, and excluded records."""
    filters = [audience_filter(query.audience), findable_filter()]
    if query.excluded:
        keys = [key for pk in query.excluded for key in document_keys(pk)]
        filters.append({"bool": {"must_not": [{"terms": {"key": keys}}]}})
    return filters


def audience_filter(audience: Audience) -> Body:
    """Return the filter for what an audience may find."""
    return {"term": {"audiences": audience.value}}


def findable_filter() -> Body:
    """Return the filter for kinds of record that search finds."""
    return {"terms": {"facets.kind": [kind.value for kind in FINDABLE]}}


def facet_filter(name: str, values: Iterable[str], vocabulary: Vocabulary) -> Body:
    """Return the filter for documents with any of these values.

    Raises:
        LookupError: a facet that does not exist.
    """
    if name not in FACETS:
        raise LookupError(name)
    if name == "help_question":
        ways = [question_query(vocabulary, slug) for slug in values]
        return {"bool": {"should": ways, "minimum_should_match": 1}}
    return {"terms": {f"facets.{name}": list(values)}}


def other_filters(query: EngineQuery) -> list[Body]:
    """Return the filters beside facets: place, time, age, freshness."""
    filters: list[Body] = []
    if query.near is not None and query.near.radius is not None:
        filters.append(_near(query.near.latitude, query.near.longitude, query.near.radius))
    if query.when:
        filters += when_filters(query.when, query.now or timezone.now())
    if query.age is not None:
        # Clamp to the range of an integer field.
        age = max(-(2**31), min(query.age, 2**31 - 1))
        filters += [
            {"range": {"min_age": {"lte": age}}},
            {"range": {"max_age": {"gte": age}}},
        ]
    if query.verified_since is not None:
        filters.append({"range": {"verified_on": {"gte": query.verified_since.isoformat()}}})
    return filters


def _near(latitude: float, longitude: float, radius: float) -> Body:
    if radius <= 0:
        return MATCH_NONE
    point = {"lat": latitude, "lon": longitude}
    within = min(radius, _HALF_WAY_ROUND)
    return {"geo_distance": {"distance": f"{within}m", "points": point, "distance_type": "arc"}}


def when_filters(when: When, now: datetime.datetime) -> list[Body]:
    """Return the filters for what is held or open at these times; all conditions apply."""
    filters: list[Body] = []
    moment = minutes(now)
    if when.now:
        filters.append(_range("times", moment, moment))
    if when.dates:
        filters.append(_should(_on_day(day, when.parts, moment) for day in when.dates))
    if when.weekdays or (when.parts and not when.dates):
        weekdays = when.weekdays or range(len(DAYS))
        slots = [f"{DAYS[weekday]}-{part}" for weekday in weekdays for part in when.parts or PARTS]
        filters.append({"terms": {"facets.slot": slots}})
    return filters


def _on_day(day: datetime.date, parts: tuple[str, ...], now: int) -> Body:
    """Return the filter for what is held on a day, in any of these parts, and is not over."""
    midnight = minutes_of_day(day)
    spans = [PARTS[part] for part in parts] or [(0, MINUTES_A_DAY)]
    return _should(_within(midnight + begin, midnight + end, now) for begin, end in spans)


def _within(begin: int, end: int, now: int) -> Body:
    """Return the filter for times that fill half an hour of a span, or lie within; not over."""
    # Long times are stored without their last half hour.
    latest_start, earliest_end = end - LEAST_OVERLAP, max(begin, now - LEAST_OVERLAP + 1)
    if earliest_end <= latest_start:
        long = _range("long_times", earliest_end, latest_start)
    else:
        long = _range("long_times", latest_start, earliest_end, relation="contains")
    if now < begin:
        short = _range("short_times", begin, end, relation="within")
    else:
        params = {"begin": begin, "end": end, "now": now}
        short = {"script": {"script": {"source": _SHORT_TIMES, "params": params}}}
    return _should([long, short])


def _range(field: str, first: int, last: int, *, relation: str = "intersects") -> Body:
    return {"range": {field: {"gte": first, "lte": last, "relation": relation}}}


def _should(ways: Iterable[Body]) -> dict[str, Any]:
    return {"bool": {"should": list(ways), "minimum_should_match": 1}}
