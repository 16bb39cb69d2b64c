from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from socialekaart_plugin.discovery.engines import DatabaseEngine
from socialekaart_plugin.discovery.engines.base import Engine
from socialekaart_plugin.discovery.selectors import current_analyzer
from tests.discovery.contract.town import Town, build_town
from tests.discovery.elastic import filled_index, scratch_configuration


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """Made once: the tests only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_town()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def database(town: Town) -> Callable[[], Engine]:
    return lambda: DatabaseEngine(current_analyzer)


@pytest.fixture(scope="module")
def elasticsearch(town: Town, django_db_blocker: Any) -> Iterator[Callable[[], Engine]]:
    from socialekaart_plugin.discovery.engines.elasticsearch.engine import ElasticsearchEngine

    with scratch_configuration() as configured:
        with django_db_blocker.unblock():
            filled_index(configured)
        yield lambda: ElasticsearchEngine(configured, current_analyzer)


#: Every engine there is, by the fixture that makes it; what joins here must give the answers of
#: `test_contract`.
ENGINES = ["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, town: Town, db: None) -> Engine:
    made: Engine = request.getfixturevalue(request.param)()
    return made
