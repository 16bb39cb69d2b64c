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

from socialekaart_plugin.discovery.facets import FACETS
from socialekaart_plugin.discovery.rules import QUERY_MAX_LENGTH
from socialekaart_plugin.discovery.search import MAX_OFFSET, SearchRequest, Sort
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import RecordKind

#: As in Wagtail: `_` is jQuery's cache buster, `format` asks for the browsable API.
_OPERATIONS = frozenset({"limit", "offset", "fields", "order", "search", "_", "format"})
_DEFAULT_LIMIT = 20
_VALUE = re.compile(r"[-\w]{1,120}")
_NUMBER = re.compile(r"[0-9]{1,12}")


def search_request(query: QueryDict, *, kind: RecordKind, audience: Audience) -> SearchRequest:
    """Read the parameters of a list.

    Raises:
        BadRequestError: a parameter that is unknown, or has a value that makes no sense.
    """
    unknown = sorted(set(query) - _OPERATIONS - set(FACETS))
    if unknown:
        raise BadRequestError(
            "query parameter is not an operation or a recognised field: " + ", ".join(unknown)
        )
    return SearchRequest(
        text=_text(query),
        kinds=(kind,),
        facets={name: _values(query, name) for name in FACETS if name in query},
        sort=_sort(query),
        offset=min(_number(query, "offset", 0), MAX_OFFSET),
        limit=_limit(query),
        audience=audience,
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
    if not all(_VALUE.fullmatch(value) for value in values) or len(values) > 50:
        raise BadRequestError(f"{name} must be a slug, or slugs separated by commas (at most 50)")
    return values


def _sort(query: QueryDict) -> Sort:
    order = query.get("order", "relevance")
    for sort in get_args(Sort):
        if order == sort:
            return cast(Sort, sort)
    raise BadRequestError("cannot order by this; order must be name, -name or relevance")


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
