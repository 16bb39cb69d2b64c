"""The one reader of search parameters: what an address asks of the search, and what is wrong in it.

In comes the query part of an address, with the names that a channel accepts; out go a request for
the search and the problems. Every channel reads with it; it knows none of them.
"""

from .lookup import Parameters, Problem
from .names import ParameterNames
from .parsers import OLDEST
from .reader import ReadParameters, read_parameters

__all__ = [
    "OLDEST",
    "ParameterNames",
    "Parameters",
    "Problem",
    "ReadParameters",
    "read_parameters",
]
