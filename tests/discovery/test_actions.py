import pytest
from django.core.management import call_command
from django.db import connection

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.actions import rebuild_search_documents
from socialekaart_plugin.discovery.engines.database.schema import TABLE
from socialekaart_plugin.discovery.models import SearchDocument
from socialekaart_plugin.discovery.search import SearchRequest, search
from tests.factories import ActivityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def rows():
    return list(SearchDocument.objects.order_by("pk").values())


def test_lost_and_stray_documents_are_put_right(capsys):
    activity = ActivityFactory(public=True, name="Koffie")
    gone = OrganisationFactory(public=True, name="Voorbij")
    withdraw_record(record=gone, reason="Gestopt")
    stray = SearchDocument.objects.filter(record__uuid=gone.uuid)
    stray.update(audiences=3, fingerprint="x", facets="kind=organisation")
    SearchDocument.objects.filter(record__uuid=activity.uuid).delete()
    call_command("rebuild_search_documents")
    assert search(SearchRequest(text="koffie")).total == 1
    assert search(SearchRequest(text="voorbij")).total == 0
    assert "3/3" in capsys.readouterr().out


def test_a_lost_text_is_written_again(town):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608
    assert search(SearchRequest(text="formulieren")).total == 0
    call_command("rebuild_search_documents")
    assert search(SearchRequest(text="formulieren")).total == 1


def test_running_it_again_changes_nothing(town):
    before = rows()
    for _time in range(2):
        assert rebuild_search_documents(progress=lambda *_row: None) == 3
    assert rows() == before


def test_rebuilding_the_gate_leaves_search_as_it_was(town):
    before = rows()
    call_command("rebuild_public_records")
    assert rows() == before


def test_progress_is_told_up_to_the_last_record(town):
    told = []
    rebuild_search_documents(progress=lambda *row: told.append(row))
    assert told[-1][0] == told[-1][1] == 6
