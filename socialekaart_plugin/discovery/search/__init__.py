"""The one search that all channels share: a request in, results out.

Plans the query, asks the engine, retries with corrections when there are few results, and labels
what was found. Knows no channel, and of the engine only its base class.
"""

from socialekaart_plugin.discovery.engines.base import Near, Sort

from .pipeline import search
from .request import (
    MAX_OFFSET,
    FacetOption,
    Found,
    Question,
    Relaxation,
    SearchRequest,
    SearchResults,
    UnknownPostcode,
)

__all__ = [
    "MAX_OFFSET",
    "FacetOption",
    "Found",
    "Near",
    "Question",
    "Relaxation",
    "SearchRequest",
    "SearchResults",
    "Sort",
    "UnknownPostcode",
    "search",
]
