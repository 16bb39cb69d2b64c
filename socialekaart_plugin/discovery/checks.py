"""System checks of the Elasticsearch settings: packages, values, certificate, encryption."""

from collections.abc import Sequence
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured

from socialekaart_plugin.foundation.conf import PREFIX, conf

if TYPE_CHECKING:
    from .engines.elasticsearch.connection import Configuration


#: Packages of the extra `elasticsearch`.
_PACKAGES = ("elasticsearch", "cachetools")


def check_elasticsearch(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report packages that are missing (socialekaart.E010) and wrong keys or values (E011)."""
    given = conf.ELASTICSEARCH
    if not given or not isinstance(given, dict):
        return []  # a wrong type is reported by foundation
    if missing := [package for package in _PACKAGES if find_spec(package) is None]:
        return [
            Error(
                f"{PREFIX}ELASTICSEARCH is set, and not installed is {', '.join(missing)}.",
                hint="Install socialekaart-plugin[elasticsearch].",
                id="socialekaart.E010",
            )
        ]
    from .engines.elasticsearch.connection import read_configuration

    try:
        configured = read_configuration(given)
    except ImproperlyConfigured as error:
        return [Error(str(error), id="socialekaart.E011")]
    return [*_missing_file(configured), *_open_password(configured)]


def _missing_file(configured: "Configuration") -> list[CheckMessage]:
    """Report a missing certificate file (socialekaart.E012)."""
    if not configured.ca_certs or Path(configured.ca_certs).is_file():
        return []
    return [
        Error(
            f"{PREFIX}ELASTICSEARCH: there is no file {configured.ca_certs} (ca_certs).",
            hint="Until it is there, the database finds.",
            id="socialekaart.E012",
        )
    ]


def _open_password(configured: "Configuration") -> list[CheckMessage]:
    """Report credentials sent without encryption (socialekaart.W013)."""
    if not (configured.api_key or configured.basic_auth):
        return []
    return [
        Warning(
            f"{PREFIX}ELASTICSEARCH sends its key or password to {parts.hostname} without "
            "encryption.",
            hint="Let the address begin with https://, and name the certificate in ca_certs.",
            id="socialekaart.W013",
        )
        for parts in map(urlsplit, configured.hosts)
        if parts.scheme == "http" and not _is_here(parts.hostname or "")
    ]


def _is_here(host: str) -> bool:
    """Tell whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
