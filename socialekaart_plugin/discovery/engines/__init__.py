"""The engines that find: each answers the same `EngineQuery` with the same hits, totals and counts.

A base class, and a package an engine; nothing above knows which one answers.
"""

from socialekaart_plugin.foundation.conf import conf

from .base import Engine
from .database.engine import DatabaseEngine
from .lexicon import AnalyzerFor


def current_engine(analyzer_for: AnalyzerFor) -> Engine:
    """Return the engine of this site, at the state of the index as it is now."""
    if not conf.ELASTICSEARCH:
        return DatabaseEngine(analyzer_for)
    # Its packages are an extra: only a site that chose it has them.
    from .elasticsearch.factory import failover_engine

    return failover_engine(analyzer_for)
