import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from socialekaart_plugin.discovery import health
from socialekaart_plugin.discovery.engines.elasticsearch.connection import configuration
from socialekaart_plugin.discovery.engines.elasticsearch.factory import breaker_of
from tests.discovery.faults.servers import closed_port
from tests.factories import UserFactory

URL = reverse("socialekaart_plugin:discovery_health")


@pytest.fixture(autouse=True)
def always_fresh(monkeypatch):
    monkeypatch.setattr(health, "KEPT_FOR", 0.0)


@pytest.fixture
def in_trouble(settings):
    """A site whose server is not there; nobody asks it again meanwhile."""
    settings.SOCIALEKAART_ELASTICSEARCH = {
        "hosts": [f"http://site:opensesame@127.0.0.1:{closed_port()}"],
        "retry_after": 600,
        "keep_fallback": False,
    }
    yield configuration()
    breaker_of.cache_clear()


def test_without_a_server_the_database_finds_and_all_is_well(client, town):
    answer = client.get(URL)
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "engine": "database"}
    assert "no-store" in answer["Cache-Control"]


def test_a_server_that_does_not_answer_is_told_to_anyone_without_where_and_why(
    client, town, in_trouble
):
    answer = client.get(URL)
    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "engine": "database"}


def test_whoever_may_enter_the_admin_is_told_the_rest_and_no_secret(client, town, in_trouble):
    client.force_login(UserFactory(is_superuser=True))
    told = client.get(URL).json()
    assert told["breaker"] == "open"
    assert told["trouble"] == "no answer (ConnectionError)"
    assert told["trouble_since"]
    # Three records, three places, of which one is for referrers.
    assert told["documents"] >= 6
    assert told["changes"] > 0
    assert told["index"] == {
        "name": "",
        "documents": None,
        "synced_to": None,
        "behind": None,
        "behind_since": None,
        "server": "",
    }
    assert "opensesame" not in str(told)
    assert "127.0.0.1" not in str(told)


def test_whoever_may_not_enter_the_admin_is_told_no_more_than_anyone(client, town, in_trouble):
    client.force_login(UserFactory())
    assert client.get(URL).json() == {"status": "degraded", "engine": "database"}


def test_a_database_that_does_not_answer_is_no_error_of_ours(client, db):
    undo = transaction.savepoint()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE socialekaart_plugin_indexchange RENAME TO elsewhere")
    answer = client.get(URL)
    transaction.savepoint_rollback(undo)
    assert answer.status_code == 424
    assert answer.json() == {"status": "down", "engine": ""}


def test_it_changes_nothing(client, db):
    assert client.post(URL).status_code == 405
    assert client.head(URL).status_code == 200


def test_one_look_holds_a_second(client, town, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(health, "KEPT_FOR", 60.0)
    monkeypatch.setattr(health, "_kept", health._Kept())
    client.get(URL)
    with django_assert_num_queries(0):
        assert client.get(URL).json()["status"] == "ok"
        Client().get(URL)


@pytest.mark.elasticsearch
def test_an_index_that_is_behind_is_told_with_how_much_and_since_when(client, town, settings):
    from tests.discovery.elastic import brought_up_to_date, scratch_configuration
    from tests.factories import change

    with scratch_configuration(timeout=10.0) as configured:
        brought_up_to_date(configured)
        settings.SOCIALEKAART_ELASTICSEARCH = {
            "hosts": list(configured.hosts),
            "index_prefix": configured.index_prefix,
            "timeout": 10.0,
            "max_lag": 0.2,
            "retry_after": 0.01,
            "keep_fallback": False,
        }
        client.force_login(UserFactory(is_superuser=True))
        told = client.get(URL).json()
        assert (told["status"], told["engine"]) == ("ok", "elasticsearch")
        assert told["index"]["behind"] == 0
        assert told["index"]["documents"] == told["documents"]
        assert told["index"]["synced_to"] == told["changes"]
        assert told["index"]["name"].startswith(f"{configured.index_prefix}-v")
        assert told["index"]["server"][:2] in ("8.", "9.")
        change(town.bureau, summary="Iets anders.").publish()
        settings.SOCIALEKAART_ELASTICSEARCH |= {"max_lag": 600}
        told = client.get(URL).json()
        assert (told["status"], told["index"]["behind"]) == ("ok", 1)
        assert told["index"]["behind_since"]
        settings.SOCIALEKAART_ELASTICSEARCH |= {"max_lag": 0.01}
        told = client.get(URL).json()
        assert (told["status"], told["engine"]) == ("degraded", "database")
        assert (told["breaker"], told["index"]["behind"]) == ("open", 1)
        assert told["trouble"].startswith("the index is behind since")
