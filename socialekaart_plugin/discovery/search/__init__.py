"""The one search that all channels share: a request in, results out.

It makes a plan of what was typed, asks the engine, tries again where exact matching gives little,
and names what was found. Knows no channel, and of the engine only its base class.
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
