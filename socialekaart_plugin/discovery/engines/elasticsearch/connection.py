"""The connection of a site to its Elasticsearch, as its settings say."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from elasticsearch import Elasticsearch
from elasticsearch.serializer import OrjsonSerializer

from socialekaart_plugin.foundation.conf import conf

from .mapping import alias_of
from .transport import BoundedTransport

_NAME = "SOCIALEKAART_ELASTICSEARCH"
#: As Elasticsearch has the names of indices.
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")

#: Megabytes of answers that a process may be told to keep; more is a slip of the pen.
_MOST_KEPT = 100_000


@dataclass(frozen=True)
class Configuration:
    """What a site says of its Elasticsearch; the keys of `SOCIALEKAART_ELASTICSEARCH`.

    What is secret is in no representation of it.

    Attributes:
        hosts: addresses, with scheme and port.
        index_prefix: what the names of its indices begin with.
        api_key: of who may read and write these indices.
        basic_auth: name and password instead of a key.
        ca_certs: file with the certificate of who signed those of the servers.
        timeout: seconds that one search waits in all; then the embedded engine answers.
        sync_timeout: seconds that writing a batch waits.
        max_lag: seconds that the index may be behind; beyond that the embedded engine answers.
        retry_after: seconds until a server that failed is tried again.
        keep_fallback: whether every process keeps the embedded engine ready.
        kept_answers: megabytes of answers that a process keeps until the next change; 0 is none.
        shards: over how many parts a new index is spread.
        replicas: how many copies a new index has, as `auto_expand_replicas` has it.
    """

    hosts: tuple[str, ...]
    index_prefix: str = "socialekaart"
    api_key: str = field(default="", repr=False)
    basic_auth: tuple[str, str] | None = field(default=None, repr=False)
    ca_certs: str = ""
    timeout: float = 0.5
    sync_timeout: float = 60.0
    max_lag: float = 300.0
    retry_after: float = 5.0
    keep_fallback: bool = True
    kept_answers: float = 32.0
    shards: int = 1
    replicas: str = "0-1"

    @property
    def alias(self) -> str:
        """The name under which the index is searched."""
        return alias_of(self.index_prefix)


class UnusableError(Exception):
    """No client can be made of the settings; what is wrong with them."""


def configuration() -> Configuration | None:
    """Return what the site says of its Elasticsearch; None when it has none.

    Raises:
        ImproperlyConfigured: a key that does not exist, no hosts, or a value of the wrong type.
    """
    given = conf.ELASTICSEARCH
    return _configuration(_frozen(given)) if given else None


def read_configuration(given: Mapping[str, Any]) -> Configuration:
    """Return what a dictionary of settings says.

    Args:
        given: its keys are the attributes of `Configuration`; hosts may hold `user:password@`.

    Raises:
        ImproperlyConfigured: as `configuration`; the message holds no values.
    """
    by_name = {each.name: each for each in fields(Configuration)}
    if unknown := sorted(set(given) - set(by_name)):
        raise ImproperlyConfigured(
            f"{_NAME} has no key {', '.join(map(repr, unknown))}; known are {', '.join(by_name)}."
        )
    try:
        hosts = given.get("hosts") or ()
        hosts = (hosts,) if isinstance(hosts, str) else tuple(hosts)
        auth = tuple(given.get("basic_auth") or ()) or None
    except TypeError as error:
        raise ImproperlyConfigured(f"{_NAME}: hosts or basic_auth is no list.") from error
    if not hosts:
        raise ImproperlyConfigured(f"{_NAME} names no hosts.")
    made = replace(Configuration(hosts), **{**given, "hosts": hosts, "basic_auth": auth})
    for name, is_right in _right(made).items():
        if not is_right:
            raise ImproperlyConfigured(f"{_NAME}: {name} is not as it should be; see the settings.")
    return _with_account_apart(made)


def client_of(configured: Configuration) -> Elasticsearch:
    """Return the client of this process; it keeps its connections.

    Raises:
        UnusableError: it cannot be made: no such file, or an address that is none.
    """
    return _client(configured)


def _right(made: Any) -> dict[str, bool]:
    """Tell of each key of a configuration whether its value is one; it may be anything yet."""
    numbers = {
        name: _is_number(value := getattr(made, name)) and value > 0
        for name in ("timeout", "sync_timeout", "max_lag", "retry_after")
    }
    texts = ("api_key", "ca_certs", "replicas")
    return {
        **numbers,
        **{name: isinstance(getattr(made, name), str) for name in texts},
        "hosts": all(isinstance(host, str) and _is_address(host) for host in made.hosts),
        "index_prefix": isinstance(made.index_prefix, str)
        and bool(_PREFIX.fullmatch(made.index_prefix)),
        "basic_auth": made.basic_auth is None
        or (len(made.basic_auth) == 2 and all(isinstance(each, str) for each in made.basic_auth)),
        "keep_fallback": isinstance(made.keep_fallback, bool),
        "kept_answers": _is_number(made.kept_answers) and 0 <= made.kept_answers <= _MOST_KEPT,
        "shards": type(made.shards) is int and made.shards > 0,
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_address(host: str) -> bool:
    try:
        parts = urlsplit(host)
        return bool(parts.scheme in ("http", "https") and parts.hostname and parts.port)
    except ValueError:
        return False


def _with_account_apart(made: Configuration) -> Configuration:
    """Take `user:password@` out of the hosts: they are shown where a password must not be."""
    parts = [urlsplit(host) for host in made.hosts]
    named = [each for each in parts if each.username]
    if not named:
        return made
    account = unquote(named[0].username or ""), unquote(named[0].password or "")
    return replace(
        made,
        hosts=tuple(
            each._replace(netloc=each.netloc.rpartition("@")[2]).geturl() for each in parts
        ),
        basic_auth=made.basic_auth or (None if made.api_key else account),
    )


@lru_cache(maxsize=8)
def _configuration(given: tuple[tuple[str, Any], ...]) -> Configuration:
    return read_configuration(dict(given))


def _frozen(given: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in sorted(given.items())
    )


@lru_cache(maxsize=8)
def _client(configured: Configuration) -> Elasticsearch:
    options: dict[str, Any] = {}
    if configured.api_key:
        options["api_key"] = configured.api_key
    elif configured.basic_auth:
        options["basic_auth"] = configured.basic_auth
    if configured.ca_certs:
        options["ca_certs"] = configured.ca_certs
    try:
        return Elasticsearch(
            list(configured.hosts),
            request_timeout=configured.timeout,
            transport_class=BoundedTransport,
            # Another host is tried at once when one refuses; who searches waits for no second try
            # of one that is silent: another engine has the answer.
            max_retries=len(configured.hosts) - 1,
            retry_on_timeout=False,
            serializers={"application/vnd.elasticsearch+json": OrjsonSerializer()},
            **options,
        )
    except (OSError, ValueError) as error:
        raise UnusableError(f"{type(error).__name__}: {error}") from error


# A connection that two processes share gives one the answers of the other.
os.register_at_fork(after_in_child=_client.cache_clear)
