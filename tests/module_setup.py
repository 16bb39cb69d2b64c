"""Records that all tests of a module begin with: made once, as in Django's `setUpTestData`."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction


def made_once(build: Callable[[], Any]) -> Any:
    """Return a fixture of modules: a function that gives a copy of what `build` made.

    `build` runs once for each module, in a transaction that ends with it; what a test changes is
    rolled back as ever. A fixture of tests asks for this one first, and then for `db`. Not for a
    module with tests that commit (`transaction=True`).
    """

    @pytest.fixture(scope="module")
    def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[[], Any]]:
        with django_db_blocker.unblock(), transaction.atomic():
            given = build()
            yield lambda: deepcopy(given)
            transaction.set_rollback(True)

    return made
