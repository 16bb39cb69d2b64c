from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from socialekaart_plugin.discovery import completion
from socialekaart_plugin.discovery.engines.base import Engine
from socialekaart_plugin.discovery.engines.lexicon import AnalyzerFor, Lexicon, lexicon_keeper
from socialekaart_plugin.discovery.search import pipeline
from tests.discovery.elastic import brought_up_to_date, scratch_configuration
from tests.discovery.town import build_town
from tests.module_setup import made_once

ELASTICSEARCH = pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what uses `each_engine` on every engine; what is marked `embedded` on that one."""
    if "each_engine" in metafunc.fixturenames:
        is_embedded = metafunc.definition.get_closest_marker("embedded")
        engines = ["database"] if is_embedded else ["database", ELASTICSEARCH]
        metafunc.parametrize("each_engine", engines, indirect=True)


@pytest.fixture
def each_engine(
    request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The engine that searches and suggests; its index holds what was saved before."""
    if request.param == "database":
        yield request.param
        return
    from socialekaart_plugin.discovery.engines.elasticsearch.engine import ElasticsearchEngine

    with scratch_configuration() as configured:
        held: Lexicon | None = None

        def current_engine(analyzer_for: AnalyzerFor) -> Engine:
            nonlocal held
            if (now := lexicon_keeper.current(analyzer_for)) is not held:
                brought_up_to_date(configured)
                held = now
            return ElasticsearchEngine(configured, analyzer_for)

        for module in (pipeline, completion):
            monkeypatch.setattr(module, "current_engine", current_engine)
        yield request.param


kept_town = made_once(build_town)


@pytest.fixture
def town(kept_town: Callable[[], SimpleNamespace], db: None) -> SimpleNamespace:
    return kept_town()
