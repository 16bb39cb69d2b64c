import pytest
from django.db import OperationalError

from socialekaart_plugin.discovery.engines.database import engine
from socialekaart_plugin.discovery.engines.database.engine import DatabaseEngine
from socialekaart_plugin.discovery.engines.database.snapshot_loader import SnapshotKeeper
from socialekaart_plugin.discovery.engines.lexicon import LexiconKeeper
from socialekaart_plugin.discovery.engines.standby import Standby
from socialekaart_plugin.discovery.selectors import current_analyzer
from tests.discovery.town import build_town

# Another thread reads what is committed.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def town(db):
    return build_town()


@pytest.fixture
def cold(monkeypatch):
    """A process that held nothing yet."""
    monkeypatch.setattr(engine, "_keeper", SnapshotKeeper(LexiconKeeper()))


def test_what_the_database_finds_with_is_read_beforehand_by_a_thread(
    town, cold, django_assert_num_queries
):
    thread = Standby().keep_ready(current_analyzer)
    thread.join(30)
    with django_assert_num_queries(1):
        assert DatabaseEngine(current_analyzer).snapshot.names


def test_nothing_is_read_twice_within_a_minute(town, cold):
    standby = Standby()
    first = standby.keep_ready(current_analyzer)
    assert standby.keep_ready(current_analyzer) is None
    first.join(30)
    assert standby.keep_ready(current_analyzer) is None


def test_a_database_that_does_not_answer_is_no_error_of_the_thread(cold, caplog):
    def fail(mark):
        raise OperationalError("gone")

    Standby().keep_ready(fail).join(30)
    assert any("could not be read" in record.getMessage() for record in caplog.records)
