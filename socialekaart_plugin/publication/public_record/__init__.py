"""Turns private rows into public payloads: every key that becomes public is written here.

In: rows freshly read by `sources_of`. Out: one payload per audience. Shapes:
`docs/reference/payloads.md`. Dates are ISO 8601, points in degrees (WGS84), rich text is Wagtail's
database HTML (expanded when read), without hosts and image renditions. May import the models of
directory and places; of the gate only its kinds and rules.
"""

from .payload_builder import PublicView, build_payload, public_view
from .sources import SOURCES, fresh_rows, kind_of, sources_of

__all__ = [
    "SOURCES",
    "PublicView",
    "build_payload",
    "fresh_rows",
    "kind_of",
    "public_view",
    "sources_of",
]
