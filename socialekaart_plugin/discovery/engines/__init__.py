"""The engines that find: each answers the same `EngineQuery` with the same hits, totals and counts.

A base class, and a package an engine; nothing above knows which one answers.
"""

from .base import Engine
from .database.engine import DatabaseEngine
from .database.loading import AnalyzerFor


def current_engine(analyzer_for: AnalyzerFor) -> Engine:
    """Return the engine of this site, at the state of the index as it is now."""
    return DatabaseEngine(analyzer_for)
