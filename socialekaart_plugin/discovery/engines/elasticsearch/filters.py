"""What is chosen as queries of Elasticsearch, group by group."""

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

from .query_dsl import NOTHING, Body, question_query

#: As far as anything is on earth, metres, and some.
_HALF_WAY_ROUND = 20_100_000.0
#: Short times that lie within a part of the day and are not over: ranges tell that apart from two.
_SHORT_TIMES = """
for (int i = 0; i < doc['short_starts'].size(); i++) {
  long start = doc['short_starts'].get(i);
  long end = doc['short_ends'].get(i);
  if (start >= params.begin && end <= params.end && end > params.now) { return true; }
}
return false;
"""


def base_filters(query: EngineQuery) -> list[Body]:
    """Return what holds for every search: for this audience, and nothing that is left out."""
    filters = [audience_filter(query.audience), findable_filter()]
    if query.excluded:
        keys = [key for pk in query.excluded for key in document_keys(pk)]
        filters.append({"bool": {"must_not": [{"terms": {"key": keys}}]}})
    return filters


def audience_filter(audience: Audience) -> Body:
    """Return what an audience may find."""
    return {"term": {"audiences": audience.value}}


def findable_filter() -> Body:
    """Return the kinds that people look for."""
    return {"terms": {"facets.kind": [kind.value for kind in FINDABLE]}}


def facet_filter(name: str, values: Iterable[str], vocabulary: Vocabulary) -> Body:
    """Return what has one of these values.

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
    """Return what is chosen beside facets: place, time, age, freshness."""
    filters: list[Body] = []
    if query.near is not None and query.near.radius is not None:
        filters.append(_near(query.near.latitude, query.near.longitude, query.near.radius))
    if query.when:
        filters += when_filters(query.when, query.now or timezone.now())
    if query.age is not None:
        # Whoever is older than can be written is older than any limit.
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
        return NOTHING
    point = {"lat": latitude, "lon": longitude}
    within = min(radius, _HALF_WAY_ROUND)
    return {"geo_distance": {"distance": f"{within}m", "points": point, "distance_type": "arc"}}


def when_filters(when: When, now: datetime.datetime) -> list[Body]:
    """Return what is held, or open, at the times asked: all that are given hold."""
    filters: list[Body] = []
    moment = minutes(now)
    if when.now:
        filters.append(_touches("times", moment, moment))
    if when.dates:
        filters.append(_any(_on_day(day, when.parts, moment) for day in when.dates))
    if when.weekdays or (when.parts and not when.dates):
        weekdays = when.weekdays or range(len(DAYS))
        slots = [f"{DAYS[weekday]}-{part}" for weekday in weekdays for part in when.parts or PARTS]
        filters.append({"terms": {"facets.slot": slots}})
    return filters


def _on_day(day: datetime.date, parts: tuple[str, ...], now: int) -> Body:
    """Return what is held on a day, in one of these parts of it if any; not what is over."""
    midnight = minutes_of_day(day)
    spans = [PARTS[part] for part in parts] or [(0, MINUTES_A_DAY)]
    return _any(_within(midnight + begin, midnight + end, now) for begin, end in spans)


def _within(begin: int, end: int, now: int) -> Body:
    """Return what fills half an hour of a span, or is shorter and lies within; not what is over."""
    # Long ones are kept without their last half hour; they end after now when what is kept does.
    latest_start, earliest_end = end - LEAST_OVERLAP, max(begin, now - LEAST_OVERLAP + 1)
    if earliest_end <= latest_start:
        long = _touches("long_times", earliest_end, latest_start)
    else:
        long = _touches("long_times", latest_start, earliest_end, relation="contains")
    if now < begin:
        short = _touches("short_times", begin, end, relation="within")
    else:
        params = {"begin": begin, "end": end, "now": now}
        short = {"script": {"script": {"source": _SHORT_TIMES, "params": params}}}
    return _any([long, short])


def _touches(field: str, first: int, last: int, *, relation: str = "intersects") -> Body:
    return {"range": {field: {"gte": first, "lte": last, "relation": relation}}}


def _any(ways: Iterable[Body]) -> dict[str, Any]:
    return {"bool": {"should": list(ways), "minimum_should_match": 1}}
