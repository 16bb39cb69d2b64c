"""What editors see on the dashboard, and visitors on the site, while Elasticsearch is away."""

import pytest
from playwright.sync_api import expect

from socialekaart_plugin.discovery.engines.elasticsearch.factory import breaker_of
from socialekaart_plugin.moderation.permissions import Role
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_admin_accessibility import violations
from tests.discovery.faults.servers import closed_port

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def in_trouble(settings):
    settings.SOCIALEKAART_ELASTICSEARCH = {
        "hosts": [f"http://127.0.0.1:{closed_port()}"],
        "keep_fallback": False,
    }
    yield
    breaker_of.cache_clear()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_dashboard_says_what_it_means(visit, team, colleague, in_trouble, viewport):
    visitor = visit(viewport=viewport)
    visitor.log_in(colleague(Role.EDITORS))
    page = visitor.page
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="Let op: zoeken")).to_be_visible()
    expect(page.get_by_text("Bezoekers merken er weinig van.")).to_be_visible()
    visitor.picture(f"admin-search-trouble-{viewport['width']}")
    assert violations(page) == []
    assert visitor.errors == []
