"""The search engines: each answers the same `EngineQuery` with the same hits, totals and counts.

A base class, and a package per engine; callers do not know which one answers.
"""

from socialekaart_plugin.foundation.conf import conf

from .base import Engine
from .database.engine import DatabaseEngine
from .lexicon import AnalyzerFor


def current_engine(analyzer_for: AnalyzerFor) -> Engine:
    """Return the engine of this site, at the current state of the index."""
    if not conf.ELASTICSEARCH:
        return DatabaseEngine(analyzer_for)
    # Imported late: its packages are an optional extra.
    from .elasticsearch.factory import failover_engine

    return failover_engine(analyzer_for)
