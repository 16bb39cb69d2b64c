import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from socialekaart_plugin.discovery import health
from socialekaart_plugin.discovery.engines.elasticsearch.factory import breaker_of
from socialekaart_plugin.discovery.engines.elasticsearch.health import IndexHealth
from socialekaart_plugin.discovery.health import SearchHealth, Status
from socialekaart_plugin.discovery.views.health_panel import TroublePanel
from socialekaart_plugin.moderation.permissions import Role
from tests.discovery.faults.servers import closed_port
from tests.factories import UserFactory

PANEL = 'id="socialekaart-search-trouble-section"'


@pytest.fixture(autouse=True)
def always_fresh(monkeypatch):
    monkeypatch.setattr(health, "KEPT_FOR", 0.0)


@pytest.fixture
def in_trouble(settings):
    settings.SOCIALEKAART_ELASTICSEARCH = {
        "hosts": [f"http://127.0.0.1:{closed_port()}"],
        "retry_after": 600,
        "keep_fallback": False,
    }
    yield
    breaker_of.cache_clear()


def dashboard(client, user):
    client.force_login(user)
    answer = client.get(reverse("wagtailadmin_home"))
    assert answer.status_code == 200
    return answer.content.decode()


def editor():
    return UserFactory(role=Role.EDITORS)


def test_who_edits_records_is_told_of_trouble_in_words(client, team, in_trouble):
    shown = dashboard(client, editor())
    assert PANEL in shown
    assert "De site zoekt nu in de database. Bezoekers merken er weinig van." in shown
    assert f"niet goed sinds {timezone.localtime():%-d}" in shown
    assert "no answer (ConnectionError)" in shown


def test_nobody_is_told_when_all_is_well(client, team):
    assert PANEL not in dashboard(client, editor())


def test_who_may_change_nothing_is_not_told(client, team, in_trouble):
    from django.contrib.auth.models import Permission

    reader = UserFactory()
    reader.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert PANEL not in dashboard(client, reader)


@pytest.mark.parametrize(("behind", "said"), [(1, "1 wijziging is"), (7, "7 wijzigingen zijn")])
def test_an_index_that_is_behind_is_told_with_what_it_means(db, behind, said):
    index = IndexHealth(None, 5, "site-v1-1", 12, "8.16.1", max_lag=300)
    since = timezone.now() - datetime.timedelta(minutes=4)
    late = SearchHealth(Status.DEGRADED, "elasticsearch", 12, 12, index, behind, since)
    assert late.is_late
    shown = TroublePanel(late).render_html({})
    assert f"{said} nog niet te vinden." in shown
    assert "loopt achter sinds" in shown
    assert "in de database" not in shown
