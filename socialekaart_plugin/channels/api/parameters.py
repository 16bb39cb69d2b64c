"""Reads the query parameters of the API, as strictly as Wagtail reads its own."""

from dataclasses import replace

from django.conf import settings
from django.http import QueryDict
from wagtail.api.v2.utils import (
    BadRequestError,
    FieldsParameterParseError,
    parse_fields_parameter,
)

from socialekaart_plugin.discovery.facets import FACETS
from socialekaart_plugin.discovery.search import SearchRequest
from socialekaart_plugin.discovery.search_parameters import ParameterNames, read_parameters
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.choices import RecordKind

#: Parameters that the endpoint sets itself.
_KIND = "kind"
_DEFAULT_LIMIT = 20
#: Query parameters of a list.
NAMES = ParameterNames(
    text="search",
    facets=tuple(name for name in FACETS if name != _KIND),
    postcode="postcode",
    near="near",
    radius="radius",
    day="day",
    part="part",
    date="date",
    open_now="open_now",
    age="age",
    verified_since="verified_since",
    sort="order",
    times="times",
    exact="exact",
    offset="offset",
    limit="limit",
    counted="facets",
    explain="explain",
    # As in Wagtail: `_` is jQuery's cache buster, `format` selects the browsable API.
    others=("fields", "_", "format"),
)


def search_request(query: QueryDict, *, kind: RecordKind, audience: Audience) -> SearchRequest:
    """Read the query parameters of a list.

    Raises:
        BadRequestError: a parameter is unknown, or its value is invalid.
    """
    limit_max = getattr(settings, "WAGTAILAPI_LIMIT_MAX", 20)
    limit = min(_DEFAULT_LIMIT, limit_max) if limit_max else _DEFAULT_LIMIT
    read = read_parameters(
        query, NAMES, strict=True, audience=audience, limit=limit, limit_max=limit_max
    )
    for problem in read.problems:
        raise BadRequestError(str(problem.reason))
    return replace(read.request, facets={_KIND: (kind.value,), **read.request.facets})


def selected_fields(
    value: str, *, known: tuple[str, ...], default: tuple[str, ...]
) -> tuple[str, ...]:
    """Read `fields=`: names, `*` for all, `_` for none, `-name` to leave one out.

    Args:
        value: the parameter; empty for the default.
        known: all existing fields.
        default: the fields shown by default.

    Raises:
        BadRequestError: the value is invalid, or names an unknown field.
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
