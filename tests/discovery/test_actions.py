import pytest
from django.core.management import call_command

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.search import SearchRequest, search
from socialekaart_plugin.models import SearchEntry
from tests.factories import ActivityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_lost_and_stray_entries_are_put_right(capsys):
    activity = ActivityFactory(public=True, name="Koffie")
    gone = OrganisationFactory(public=True, name="Voorbij")
    stray = SearchEntry.objects.get(record__uuid=gone.uuid, audience="public")
    withdraw_record(record=gone, reason="Gestopt")
    stray.save(force_insert=True)
    SearchEntry.objects.filter(record__uuid=activity.uuid).delete()
    call_command("rebuild_search_documents")
    assert search(SearchRequest(text="koffie")).total == 1
    assert search(SearchRequest(text="voorbij")).total == 0
    assert "3/3" in capsys.readouterr().out


def test_running_it_again_changes_nothing():
    ActivityFactory(public=True)
    before = list(SearchEntry.objects.order_by("name", "audience").values_list("name", "text"))
    call_command("rebuild_search_documents")
    call_command("rebuild_search_documents")
    after = list(SearchEntry.objects.order_by("name", "audience").values_list("name", "text"))
    assert after == before
