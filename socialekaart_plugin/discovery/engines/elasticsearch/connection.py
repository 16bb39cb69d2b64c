"""The connection of a site to its Elasticsearch, as its settings say."""

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from elasticsearch import Elasticsearch
from elasticsearch.serializer import OrjsonSerializer

from socialekaart_plugin.foundation.conf import conf

from .mapping import alias_of


@dataclass(frozen=True)
class Configuration:
    """What a site says of its Elasticsearch; the keys of `SOCIALEKAART_ELASTICSEARCH`.

    Attributes:
        hosts: addresses, with scheme and port.
        index_prefix: what the names of its indices begin with.
        api_key: of who may read and write these indices.
        basic_auth: name and password instead of a key.
        ca_certs: file with the certificate of who signed those of the servers.
        timeout: seconds that a search waits; then the embedded engine answers.
        sync_timeout: seconds that writing a batch waits.
        max_lag: seconds that the index may be behind; beyond that the embedded engine answers.
        retry_after: seconds until a server that failed is tried again.
        shards: over how many parts a new index is spread.
        replicas: how many copies a new index has, as `auto_expand_replicas` has it.
    """

    hosts: tuple[str, ...]
    index_prefix: str = "socialekaart"
    api_key: str = ""
    basic_auth: tuple[str, str] | None = None
    ca_certs: str = ""
    timeout: float = 0.5
    sync_timeout: float = 60.0
    max_lag: float = 300.0
    retry_after: float = 5.0
    shards: int = 1
    replicas: str = "0-1"

    @property
    def alias(self) -> str:
        """The name under which the index is searched."""
        return alias_of(self.index_prefix)


def configuration() -> Configuration | None:
    """Return what the site says of its Elasticsearch; None when it has none.

    Raises:
        ImproperlyConfigured: a key that does not exist, or no hosts.
    """
    return _configuration(_frozen(conf.ELASTICSEARCH))


def client_of(configured: Configuration) -> Elasticsearch:
    """Return the client of this process; it keeps its connections."""
    return _client(configured)


@lru_cache(maxsize=8)
def _configuration(given: tuple[tuple[str, Any], ...]) -> Configuration | None:
    if not given:
        return None
    unknown = {name for name, _value in given} - {field.name for field in fields(Configuration)}
    if unknown:
        raise ImproperlyConfigured(
            f"SOCIALEKAART_ELASTICSEARCH has no {', '.join(sorted(unknown))}"
        )
    try:
        configured = Configuration(**dict(given))
    except TypeError as error:
        raise ImproperlyConfigured(f"SOCIALEKAART_ELASTICSEARCH: {error}") from error
    if not configured.hosts:
        raise ImproperlyConfigured("SOCIALEKAART_ELASTICSEARCH names no hosts")
    return configured


def _frozen(given: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
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
    return Elasticsearch(
        list(configured.hosts),
        request_timeout=configured.timeout,
        # Whoever searches is not kept waiting for a second try: another engine has the answer.
        max_retries=1 if len(configured.hosts) > 1 else 0,
        retry_on_timeout=False,
        serializers={"application/vnd.elasticsearch+json": OrjsonSerializer()},
        **options,
    )
