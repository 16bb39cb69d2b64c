"""What all tests share: which of them may run here, and what they say when they may not."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from tests import legs
from tests.template_database import copied_from_template

if TYPE_CHECKING:
    from socialekaart_plugin.models import DirectoryPage

# Playwright's own loop runs in the thread of a browser test, where Django would refuse the
# database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def why_not(name: str, asked_for: str) -> str | None:
    """Answer why tests with this mark cannot run here, or None when they can."""
    if name == "postgres" and connection.vendor != "postgresql":
        return "needs PostgreSQL: scripts/test postgres"
    if name == "elasticsearch" and not os.environ.get("ELASTICSEARCH_URL"):
        return "needs Elasticsearch: scripts/test elasticsearch"
    if name == "browser" and not (
        os.environ.get("CHROMIUM") and shutil.which(os.environ["CHROMIUM"])
    ):
        return "needs Chromium: scripts/test browser"
    if name == "wheel" and "wheel" not in asked_for:
        return "takes minutes: scripts/test wheel"
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that a database or Wagtail answers: the others run once."""
    for item in items:
        legs.mark(item)


# Garbage is looked for less often, which saves a tenth of the processor's time: not at all while
# the tests are collected, and then not among what was there before the first test.
gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage from now on."""
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a marked test that cannot run here; fail it where nothing may be skipped."""
    for name in ("postgres", "elasticsearch", "browser", "wheel"):
        if item.get_closest_marker(name) is None:
            continue
        reason = why_not(name, item.config.getoption("markexpr"))
        if reason is None:
            continue
        if os.environ.get("SOCIALEKAART_REQUIRE_ALL") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> Iterator[None]:
    """Migrate once for all processes: the database of each is a copy."""
    with django_db_blocker.unblock(), copied_from_template(connection):
        yield


@pytest.fixture
def team(db: None) -> None:
    """The groups, permissions and workflow of `setup_socialekaart`."""
    from socialekaart_plugin.moderation.team_setup import set_up_team

    set_up_team()


@pytest.fixture
def directory_page(db: None) -> "DirectoryPage":
    """The directory on the default site."""
    from socialekaart_plugin.channels.pages.actions import create_directory_page

    return create_directory_page()


@pytest.fixture
def shared_data() -> Path:
    """The real data that lies beside the repository; where nothing may be skipped it must."""
    folder = Path(
        os.environ.get("SOCIALEKAART_SHARED_DATA")
        or Path(__file__).resolve().parents[2] / "shared" / "data"
    )
    if not folder.is_dir():
        reason = f"{folder} is not there (SOCIALEKAART_SHARED_DATA names another)"
        if os.environ.get("SOCIALEKAART_REQUIRE_ALL") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return folder
