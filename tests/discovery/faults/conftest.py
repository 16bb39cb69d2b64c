import os
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from socialekaart_plugin.discovery.engines.elasticsearch.connection import client_of
from socialekaart_plugin.discovery.engines.elasticsearch.factory import breaker_of
from tests.discovery.faults.proxy import Proxy
from tests.discovery.faults.servers import Server, eventually
from tests.discovery.faults.site import Site


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One for all tests; whoever ends it starts it again. Gone at the end if it was not there."""
    if not os.environ.get("ELASTICSEARCH_URL"):
        pytest.skip("needs Elasticsearch: scripts/test elasticsearch")
    one = Server("single")
    was_there = one.runs()
    one.start()
    yield one
    if not was_there:
        one.wipe()


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    with Proxy(server.port) as one:
        yield one


@pytest.fixture
def site_on(db: None, town: Any, settings: Any) -> Iterator[Callable[..., Site]]:
    """Makes a site whose settings name some hosts; its indices have a name of their own."""
    from socialekaart_plugin.channels.pages.actions import create_directory_page

    page = create_directory_page()
    made: list[Site] = []

    def site(*hosts: str, **given: Any) -> Site:
        one = Site(page, settings, {})
        one.use(
            hosts=list(hosts),
            index_prefix=f"test-{uuid.uuid4().hex[:12]}",
            # A test waits no five seconds for the next try, and what it asks reaches the server.
            **{"retry_after": 0.2, "keep_fallback": False, "kept_answers": 0, **given},
        )
        made.append(one)
        # What a process holds is read once; then it is the server that takes time.
        one.answers_of_the_database()
        return one

    yield site
    for one in made:
        client_of(one.configured).close()
        breaker_of.cache_clear()


@pytest.fixture
def site(site_on: Callable[..., Site], proxy: Proxy, server: Server) -> Iterator[Site]:
    """A site whose index is filled, and is what finds."""
    one = site_on(proxy.url)
    one.rebuild()
    eventually(one.finds)
    yield one
    direct = site_on(server.url).configured
    client = client_of(direct).options(request_timeout=20)
    for name in client.indices.get(index=f"{one.configured.index_prefix}-*"):
        client.indices.delete(index=name)
