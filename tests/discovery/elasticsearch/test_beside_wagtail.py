"""A site whose pages are searched by Wagtail's own Elasticsearch backend, and records by ours."""

import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from socialekaart_plugin.channels.pages.actions import create_directory_page
from socialekaart_plugin.discovery.engines.elasticsearch.connection import client_of
from socialekaart_plugin.discovery.index_sync import sync_search_index
from socialekaart_plugin.models import Organisation
from tests.discovery.elastic import scratch_configuration
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def both(settings: Any) -> Iterator[Any]:
    """Two prefixes on one server; what Wagtail made is removed as well."""
    prefix = f"wagtail-{uuid.uuid4().hex[:12]}-"
    with scratch_configuration() as configured:
        settings.SOCIALEKAART_ELASTICSEARCH = {
            "hosts": list(configured.hosts),
            "index_prefix": configured.index_prefix,
            "timeout": 10.0,
            "keep_fallback": False,
        }
        settings.WAGTAILSEARCH_BACKENDS = {
            "default": {
                "BACKEND": "wagtail.search.backends.elasticsearch8",
                "URLS": os.environ["ELASTICSEARCH_URL"].split(","),
                "INDEX_PREFIX": prefix,
                "TIMEOUT": 60,
            }
        }
        client = client_of(configured).options(request_timeout=60)
        try:
            yield configured, prefix, client
        finally:
            for name in client.indices.get(index=f"{prefix}*"):
                client.indices.delete(index=name)


def test_pages_are_searched_by_wagtail_and_records_by_us_on_one_server(
    db: None, client: Any, both: Any
):
    configured, prefix, server = both
    page = create_directory_page()
    page.title = "Wegwijzer voor de wijk"
    page.save_revision().publish()
    record = OrganisationFactory(public=True, name="Bureau Budget")
    call_command("update_index", verbosity=0)
    sync_search_index()
    for name in (f"{prefix}*", f"{configured.index_prefix}-*"):
        server.indices.refresh(index=name)

    backend = get_search_backend()
    assert "elasticsearch8" in type(backend).__module__
    assert [each.title for each in Page.objects.search("wegwijzer")] == [page.title]
    # Wagtail may search records as well; ours does not mind.
    assert list(backend.search("budget", Organisation)) == [record]
    found = client.get("/api/v2/organisations/", {"search": "budget"}).json()
    assert [each["name"] for each in found["items"]] == ["Bureau Budget"]
    told = client.get("/socialekaart/health/").json()
    assert told == {"status": "ok", "engine": "elasticsearch"}

    ours = set(server.indices.get(index=f"{configured.index_prefix}-*"))
    theirs = set(server.indices.get(index=f"{prefix}*"))
    assert len(ours) == 1
    assert theirs
    assert not ours & theirs
    # A rebuild of either leaves the other alone.
    call_command("sync_search_index", "--rebuild", verbosity=0)
    assert set(server.indices.get(index=f"{prefix}*")) == theirs
