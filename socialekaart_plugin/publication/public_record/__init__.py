"""The one place where a private row becomes public payloads: each key here leaves the house.

In: rows read afresh by `sources_of`. Out: a payload an audience. Shapes:
`docs/reference/payloads.md`. Dates are ISO 8601, points in degrees (WGS84), rich text is Wagtail's
database HTML (expanded on reading), no hosts and no image renditions. May import the models of
directory and places; nothing of the gate but its kinds and rules.
"""

from .builder import PublicView, build_payload, public_view
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
