"""Reads `SOCIALEKAART_ELASTICSEARCH`, and makes the client of this process."""

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
#: Valid start of an index name in Elasticsearch.
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")

#: A larger cache is taken for a typing error.
_MAX_CACHE_MEGABYTES = 100_000


@dataclass(frozen=True)
class Configuration:
    """The settings of Elasticsearch; attributes are the keys of `SOCIALEKAART_ELASTICSEARCH`.

    Its `repr` holds no secrets.

    Attributes:
        hosts: URLs, with scheme and port.
        index_prefix: prefix of the names of its indices.
        api_key: may read and write these indices.
        basic_auth: user name and password instead of an API key.
        ca_certs: file with the certificate authority of the servers.
        timeout: seconds for one search in all; after that the embedded engine answers.
        sync_timeout: seconds for writing a batch.
        max_lag: seconds that the index may lag; beyond that the embedded engine answers.
        retry_after: seconds until a failed server is tried again.
        keep_fallback: whether every process keeps the embedded engine in memory.
        kept_answers: size in megabytes of the response cache of a process; 0 turns it off.
        shards: of a new index.
        replicas: of a new index, in the notation of `auto_expand_replicas`.
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
        """The alias under which the index is searched."""
        return alias_of(self.index_prefix)


class UnusableError(Exception):
    """The settings do not give a client; holds the reason."""


def configuration() -> Configuration | None:
    """Return the configuration of this site; None without Elasticsearch.

    Raises:
        ImproperlyConfigured: an unknown key, no hosts, or an invalid value.
    """
    given = conf.ELASTICSEARCH
    return _configuration(_hashable(given)) if given else None


def read_configuration(given: Mapping[str, Any]) -> Configuration:
    """Return the configuration in a dictionary of settings.

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
    for name, is_right in _validity(made).items():
        if not is_right:
            raise ImproperlyConfigured(f"{_NAME}: {name} is not as it should be; see the settings.")
    return _extract_credentials(made)


def client_of(configured: Configuration) -> Elasticsearch:
    """Return the client of this process, with its connection pool.

    Raises:
        UnusableError: a missing file, or an invalid URL.
    """
    return _client(configured)


def _validity(made: Any) -> dict[str, bool]:
    """Return for each key whether its value is valid; values may be of any type."""
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
        "kept_answers": _is_number(made.kept_answers)
        and 0 <= made.kept_answers <= _MAX_CACHE_MEGABYTES,
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


def _extract_credentials(made: Configuration) -> Configuration:
    """Move `user:password@` out of the URLs, which are shown and logged."""
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


def _hashable(given: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
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
            # Try the next host when one refuses; do not retry after a timeout: failover is faster.
            max_retries=len(configured.hosts) - 1,
            retry_on_timeout=False,
            serializers={"application/vnd.elasticsearch+json": OrjsonSerializer()},
            **options,
        )
    except (OSError, ValueError) as error:
        raise UnusableError(f"{type(error).__name__}: {error}") from error


# Processes must not share connections: they would read each other's responses.
os.register_at_fork(after_in_child=_client.cache_clear)
