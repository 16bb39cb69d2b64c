"""Converts between bitmaps and arrays of document keys, without a loop in Python."""

from array import array

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap


def bitmap_of(documents: NDArray[np.uint32]) -> BitMap:
    """Return keys as a bitmap; via `array`, which pyroaring copies in one step."""
    return BitMap(array("I", documents.astype(np.uint32, copy=False).tobytes()))


def ids_of(documents: BitMap) -> NDArray[np.uint32]:
    """Return the keys of a bitmap, sorted."""
    return np.array(documents.to_array(), np.uint32)
