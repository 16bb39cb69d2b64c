from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from socialekaart_plugin.discovery.engines import DatabaseEngine
from socialekaart_plugin.discovery.engines.base import Engine
from socialekaart_plugin.discovery.selectors import current_analyzer
from tests.discovery.contract.town import Town, build_town

#: Every engine there is; what joins here must give the answers of `test_contract`.
ENGINES: dict[str, Callable[[], Engine]] = {"database": lambda: DatabaseEngine(current_analyzer)}


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """Made once: the tests only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_town()
        transaction.set_rollback(True)


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest, town: Town, db: None) -> Engine:
    return ENGINES[request.param]()
