"""Distances from a point to the nearest place of each document, along the surface of the earth."""

from typing import Any

import numpy as np
from pyroaring import BitMap

from socialekaart_plugin.discovery.engines.base import Near
from socialekaart_plugin.discovery.engines.weights import EARTH_RADIUS

from .bitmaps import bitmap_of
from .snapshot import Floats, Ids, Points, on_globe

#: Up to so many documents are measured one by one; for more, all documents at once.
_FEW = 1_000
_EDGE = 1e-9


class Distances:
    """The distances from one point."""

    def __init__(self, points: Points, near: Near, size: int) -> None:
        """Measure from a point.

        Args:
            points: the places of all documents.
            near: the point.
            size: one more than the highest key of a document.
        """
        self._points = points
        self._size = size
        away = points.on_globe - on_globe(np.array([near.latitude]), np.array([near.longitude]))
        #: Squared chord lengths on the unit sphere; they rise with the distance.
        self._squares: Floats = np.einsum("ij,ij->i", away, away)
        self._of_all: Floats | None = None

    def within(self, radius: float) -> BitMap:
        """Return the documents with a place within a radius in metres; none for a radius of 0."""
        if radius <= 0:
            return BitMap()
        # At most half the circumference.
        angle = min(radius / EARTH_RADIUS, np.pi)
        longest = (2 * np.sin(angle / 2)) ** 2
        near = np.flatnonzero(self._squares <= longest * (1 + _EDGE))
        squares = self._squares[near]
        # Near the edge rounding matters: compare in metres.
        is_near = squares <= longest * (1 - _EDGE)
        for at in np.flatnonzero(~is_near):
            is_near[at] = _metres(squares[at]) <= radius
        return bitmap_of(self._points.documents[near[is_near]])

    def of(self, documents: Ids) -> Floats:
        """Return metres to the nearest place of each document; infinite without places."""
        if len(documents) > _FEW or self._of_all is not None:
            if self._of_all is None:
                self._of_all = self._measured_all()
            return self._of_all[documents]
        firsts = np.searchsorted(self._points.documents, documents, side="left")
        lasts = np.searchsorted(self._points.documents, documents, side="right")
        nearest = [
            self._squares[first:last].min() if last > first else np.inf
            for first, last in zip(firsts, lasts, strict=True)
        ]
        found: Floats = _metres(np.array(nearest, np.float64))
        return found

    def _measured_all(self) -> Floats:
        found = np.full(self._size, np.inf)
        documents = self._points.documents
        if len(documents):
            firsts = np.flatnonzero(np.diff(documents, prepend=np.uint32(2**32 - 1)))
            found[documents[firsts]] = _metres(np.minimum.reduceat(self._squares, firsts))
        return found


def _metres(squares: Any) -> Any:
    """Return arc lengths in metres for squared chord lengths."""
    metres = 2 * EARTH_RADIUS * np.arcsin(np.minimum(np.sqrt(squares) / 2, 1.0))
    return np.where(np.isfinite(squares), metres, np.inf)
