"""Users, API keys and TLS as production has them, on a server with security switched on."""

import logging
from collections.abc import Callable, Iterator

import pytest
from elasticsearch import AuthorizationException, Elasticsearch

from socialekaart_plugin.discovery import health
from socialekaart_plugin.discovery.engines.elasticsearch.factory import breaker_of
from socialekaart_plugin.discovery.index_sync import IndexUnavailableError
from tests.discovery.faults.servers import Server, elasticsearch, eventually
from tests.discovery.faults.site import Site

pytestmark = pytest.mark.elasticsearch

# docs/how-to/run-on-elasticsearch.md has these.
TO_SEARCH = {"indices": ["read"], "cluster": []}
TO_WRITE = {"indices": ["read", "write", "manage"], "cluster": ["monitor"]}


@pytest.fixture(autouse=True)
def always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "KEPT_FOR", 0.0)


@pytest.fixture(scope="module")
def secure() -> Iterator[Server]:
    one = Server("secure")
    was_there = one.runs()
    one.start()
    yield one
    if not was_there:
        one.wipe()


@pytest.fixture(scope="module")
def authority(secure: Server) -> str:
    return elasticsearch("ca")


@pytest.fixture(scope="module")
def account() -> tuple[str, str]:
    name, _colon, password = elasticsearch("credentials").partition(":")
    return name, password


@pytest.fixture(scope="module")
def superuser(secure: Server, authority: str, account: tuple[str, str]) -> Iterator[Elasticsearch]:
    with Elasticsearch(
        secure.url, ca_certs=authority, basic_auth=account, request_timeout=30
    ) as one:
        yield one


@pytest.fixture
def site(
    site_on: Callable[..., Site],
    secure: Server,
    authority: str,
    account: tuple[str, str],
    superuser: Elasticsearch,
) -> Iterator[Site]:
    one = site_on(secure.url, ca_certs=authority, basic_auth=account)
    one.rebuild()
    eventually(one.finds)
    yield one
    for name in superuser.indices.get(index=f"{one.configured.index_prefix}-*"):
        superuser.indices.delete(index=name)


@pytest.fixture
def key_for(superuser: Elasticsearch, site: Site) -> Callable[[dict[str, list[str]]], str]:
    """Makes an API key that may do no more than this, with the indices of the site."""

    def make(may: dict[str, list[str]]) -> str:
        names = [f"{site.configured.index_prefix}-*"]
        # Without any privilege a key would have all of those of who made it.
        indices = [{"names": names, "privileges": may["indices"] or ["none"]}]
        made = superuser.security.create_api_key(
            name="site",
            role_descriptors={"site": {"cluster": may["cluster"], "indices": indices}},
        )
        return str(made["encoded"])

    return make


def use_key(site: Site, key: str) -> None:
    site.use(basic_auth=None, api_key=key)


def without(may: dict[str, list[str]], kind: str, privilege: str) -> dict[str, list[str]]:
    return {**may, kind: [each for each in may[kind] if each != privilege]}


def each_privilege(may: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(kind, privilege) for kind in may for privilege in may[kind]]


def test_a_name_and_a_password_over_tls(site: Site):
    assert site.configured.basic_auth
    assert site.answers() == site.answers_of_the_database()
    assert site.health() == {"status": "ok", "engine": "elasticsearch"}
    site.holds_all_once()


def test_a_name_and_a_password_in_the_address(site: Site, account: tuple[str, str]):
    [host] = site.given["hosts"]
    site.use(basic_auth=None, hosts=[host.replace("://", "://{}:{}@".format(*account))])
    eventually(site.finds)
    assert account[1] not in repr(site.configured)


def test_a_key_that_may_read_is_enough_to_search(site: Site, key_for: Callable[..., str]):
    use_key(site, key_for(TO_SEARCH))
    eventually(site.finds)
    assert site.answers() == site.answers_of_the_database()
    assert site.health() == {"status": "ok", "engine": "elasticsearch"}
    with pytest.raises(AuthorizationException):
        site.rebuild()


@pytest.mark.parametrize(("kind", "privilege"), each_privilege(TO_SEARCH))
def test_each_privilege_is_needed_to_search(
    site: Site, key_for: Callable[..., str], kind: str, privilege: str
):
    use_key(site, key_for(without(TO_SEARCH, kind, privilege)))
    assert not site.finds()
    trouble = breaker_of(site.configured).trouble
    assert trouble is not None
    assert trouble.reason == "403 security_exception"
    assert site.answers() == site.answers_of_the_database()


def test_a_key_that_may_write_is_enough_to_build_and_to_follow(
    site: Site, key_for: Callable[..., str]
):
    use_key(site, key_for(TO_WRITE))
    site.rebuild()
    site.publish()
    site.sync()
    site.holds_all_once()


@pytest.mark.parametrize(("kind", "privilege"), each_privilege(TO_WRITE))
def test_each_privilege_is_needed_to_build(
    site: Site, key_for: Callable[..., str], kind: str, privilege: str
):
    use_key(site, key_for(without(TO_WRITE, kind, privilege)))
    with pytest.raises(AuthorizationException):
        site.rebuild()


def test_a_key_of_one_site_reaches_nothing_of_another(
    site: Site, site_on: Callable[..., Site], key_for: Callable[..., str]
):
    given = {name: value for name, value in site.given.items() if name != "index_prefix"}
    other = site_on(
        *given.pop("hosts"), **{**given, "basic_auth": None, "api_key": key_for(TO_WRITE)}
    )
    with pytest.raises(AuthorizationException):
        other.rebuild()


def test_a_wrong_key_is_in_the_log_as_that_and_not_itself(
    site: Site, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    expected = site.answers_of_the_database()
    # "number:secret", as a key is written.
    use_key(site, "bnVtYmVyOnNlY3JldA==")
    assert site.answers() == expected
    assert site.health() == {"status": "degraded", "engine": "database"}
    with pytest.raises(IndexUnavailableError, match="401 security_exception"):
        site.follow()
    lines = [record.getMessage() for record in caplog.records]
    assert any("401 security_exception" in line for line in lines)
    everything = caplog.text + repr(site.configured)
    assert "bnVtYmVyOnNlY3JldA" not in everything
    assert "number:secret" not in everything


def test_a_wrong_password_is_nowhere_in_the_log(site: Site, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    site.use(basic_auth=("tester", "opensesame"))
    assert not site.finds()
    assert "opensesame" not in caplog.text + repr(site.configured)
    assert "dGVzdGVyOm9wZW5zZXNhbWU" not in caplog.text


@pytest.mark.parametrize("file", [__file__, "/nowhere/ca.crt", ""])
def test_a_certificate_of_nobody_we_know_is_not_trusted(
    site: Site, file: str, caplog: pytest.LogCaptureFixture
):
    """A file that is none, a file that is not there, and no file."""
    expected = site.answers_of_the_database()
    site.use(ca_certs=file)
    assert site.answers() == expected
    assert site.health() == {"status": "degraded", "engine": "database"}
    assert any("in trouble" in record.getMessage() for record in caplog.records)
