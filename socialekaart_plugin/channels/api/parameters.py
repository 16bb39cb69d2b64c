"""The query parameters of the API, read as strictly as Wagtail reads its own."""

import re
from typing import cast, get_args

from django.conf import settings
from django.http import QueryDict
from wagtail.api.v2.utils import (
    BadRequestError,
    FieldsParameterParseError,
    parse_fields_parameter,
)

from socialekaart_plugin.discovery.facets import FACETS, VALUE
from socialekaart_plugin.discovery.query import QUERY_MAX_LENGTH
from socialekaart_plugin.discovery.search import MAX_OFFSET, SearchRequest, Sort
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import RecordKind

from .filter_parameters import (
    age_of,
    dates_of,
    near_of,
    parts_of,
    postcode_of,
    radius_of,
    weekdays_of,
)

#: As in Wagtail: `_` is jQuery's cache buster, `format` asks for the browsable API.
_OPERATIONS = frozenset({"limit", "offset", "fields", "order", "search", "_", "format"})
_OF_SEARCH = frozenset(
    {
        *("postcode", "near", "radius", "day", "part", "date", "open_now", "age"),
        *("verified_since", "facets", "times", "exact", "explain"),
    }
)
#: Set by the endpoint itself.
_KIND = "kind"
_DEFAULT_LIMIT = 20
_MOST_VALUES = 50
_NUMBER = re.compile(r"[0-9]{1,12}")
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def search_request(query: QueryDict, *, kind: RecordKind, audience: Audience) -> SearchRequest:
    """Read the parameters of a list.

    Raises:
        BadRequestError: a parameter that is unknown, or has a value that makes no sense.
    """
    facets = frozenset(FACETS) - {_KIND}
    unknown = sorted(set(query) - _OPERATIONS - _OF_SEARCH - facets)
    if unknown:
        raise BadRequestError(
            "query parameter is not an operation or a recognised field: " + ", ".join(unknown)
        )
    near, postcode = near_of(query), postcode_of(query)
    has_point = near is not None or bool(postcode)
    since = dates_of(query, "verified_since", most=1)
    return SearchRequest(
        text=_text(query),
        facets={
            _KIND: (kind.value,),
            **{name: _values(query, name) for name in FACETS if name in query and name in facets},
        },
        postcode=postcode,
        near=near,
        radius=radius_of(query, has_point=has_point),
        weekdays=weekdays_of(query),
        parts=parts_of(query),
        dates=dates_of(query, "date"),
        open_now=_boolean(query, "open_now", default=False),
        age=age_of(query),
        verified_since=since[0] if since else None,
        sort=_sort(query, has_point=has_point),
        offset=min(_number(query, "offset", 0), MAX_OFFSET),
        limit=_limit(query),
        audience=audience,
        counted=_counted(query),
        read_times=_boolean(query, "times", default=True),
        correct=not _boolean(query, "exact", default=False),
        explain=_boolean(query, "explain", default=False),
    )


def selected_fields(
    value: str, *, known: tuple[str, ...], default: tuple[str, ...]
) -> tuple[str, ...]:
    """Read `fields=`: names, `*` for all, `_` for none, `-name` to leave one out.

    Args:
        value: the parameter; empty for the default.
        known: all fields there are.
        default: the fields shown when none are asked for.

    Raises:
        BadRequestError: it cannot be read, or names an unknown field.
    """
    try:
        parsed = parse_fields_parameter(value) if value else []
    except FieldsParameterParseError as error:
        raise BadRequestError(f"fields error: {error}") from error
    chosen = set(default)
    for name, negated, nested in parsed:
        if nested:
            raise BadRequestError(f"fields error: '{name}' does not support nested fields")
        if name == "*":
            chosen = set(known)
        elif name == "_":
            chosen = set()
        elif name in known:
            chosen = chosen - {name} if negated else chosen | {name}
        elif name not in ("id", "meta"):
            raise BadRequestError(f"unknown fields: {name}")
    return tuple(name for name in known if name in chosen)


def _text(query: QueryDict) -> str:
    text = query.get("search", "")
    if "\x00" in text:
        raise BadRequestError("search must not contain NUL characters")
    if len(text) > QUERY_MAX_LENGTH:
        raise BadRequestError(f"search must be {QUERY_MAX_LENGTH} characters or fewer")
    return text


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    values = tuple(value for given in query.getlist(name) for value in given.split(","))
    if not all(VALUE.fullmatch(value) for value in values) or len(values) > _MOST_VALUES:
        raise BadRequestError(
            f"{name} must be a slug, or slugs separated by commas (at most {_MOST_VALUES})"
        )
    return values


def _counted(query: QueryDict) -> tuple[str, ...]:
    """Read which facets are to be counted."""
    asked = query.get("facets")
    if asked is None:
        return ()
    offered = tuple(n for n, facet in FACETS.items() if facet.is_offered and n != _KIND)
    if asked == "*":
        return offered
    names = tuple(dict.fromkeys(asked.split(",")))
    unknown = sorted(set(names) - set(offered))
    if unknown:
        raise BadRequestError(
            f"unknown facets: {', '.join(unknown)}; facets must be * or some of "
            + ", ".join(offered)
        )
    return names


def _sort(query: QueryDict, *, has_point: bool) -> Sort:
    order = query.get("order", "relevance")
    known = get_args(Sort)
    if order not in known:
        raise BadRequestError(f"cannot order by this; order must be one of {', '.join(known)}")
    if order == "distance" and not has_point:
        raise BadRequestError("order=distance needs near or postcode")
    return cast(Sort, order)


def _limit(query: QueryDict) -> int:
    limit_max = getattr(settings, "WAGTAILAPI_LIMIT_MAX", 20)
    default = min(_DEFAULT_LIMIT, limit_max) if limit_max else _DEFAULT_LIMIT
    limit = _number(query, "limit", default)
    if limit_max and limit > limit_max:
        raise BadRequestError(f"limit cannot be higher than {limit_max}")
    return limit


def _number(query: QueryDict, name: str, default: int) -> int:
    value = query.get(name)
    if value is None:
        return default
    if not _NUMBER.fullmatch(value):
        raise BadRequestError(f"{name} must be a positive integer")
    return int(value)


def _boolean(query: QueryDict, name: str, *, default: bool) -> bool:
    value = query.get(name)
    if value is None:
        return default
    if value not in _BOOLEANS:
        raise BadRequestError(f"{name} must be true or false")
    return _BOOLEANS[value]
