"""Sets of documents and arrays of their keys, one into the other without a loop in Python."""

from array import array

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap


def as_set(documents: NDArray[np.uint32]) -> BitMap:
    """Return keys of documents as a set; by way of `array`, which pyroaring copies whole."""
    return BitMap(array("I", documents.astype(np.uint32, copy=False).tobytes()))


def as_ids(documents: BitMap) -> NDArray[np.uint32]:
    """Return a set as an array, in order."""
    return np.array(documents.to_array(), np.uint32)
