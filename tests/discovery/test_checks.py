import re
import sys
from dataclasses import MISSING, fields
from pathlib import Path

import pytest
from django.core.checks.registry import registry

from socialekaart_plugin.discovery.checks import check_elasticsearch
from socialekaart_plugin.discovery.engines.elasticsearch.connection import Configuration

ROOT = Path(__file__).resolve().parents[2]


def found():
    return [message.id for message in check_elasticsearch(None)]


def test_it_is_among_the_checks_that_django_runs():
    assert check_elasticsearch in registry.get_checks()


@pytest.fixture
def elasticsearch(settings):
    def given(**keys):
        settings.SOCIALEKAART_ELASTICSEARCH = {"hosts": ["https://search.example:9200"], **keys}

    return given


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"hosts": "http://127.0.0.1:9200"},
        {"hosts": ["http://a:9200", "http://b:9200"], "timeout": 1, "shards": 3},
        {"api_key": "abc"},
        {"basic_auth": ["site", "secret"]},
        {"hosts": "http://site:secret@localhost:9200"},
        {"hosts": "http://[::1]:9200", "api_key": "abc"},
    ],
)
def test_what_is_right_is_not_mentioned(elasticsearch, keys):
    elasticsearch(**keys)
    assert found() == []


@pytest.mark.parametrize(
    "keys",
    [
        {"host": "http://a:9200"},
        {"hosts": []},
        {"hosts": ["a:9200"]},
        {"hosts": ["http://a"]},
        {"hosts": [5]},
        {"hosts": 5},
        {"timeout": "0.5"},
        {"timeout": 0},
        {"shards": 1.5},
        {"index_prefix": "Site"},
        {"index_prefix": 5},
        {"basic_auth": "site:secret"},
        {"basic_auth": 5},
        {"keep_fallback": "no"},
        {"ca_certs": None},
    ],
)
def test_an_unknown_key_and_a_wrong_value_are_errors(elasticsearch, keys):
    elasticsearch(**keys)
    assert found() == ["socialekaart.E011"]


def test_no_message_holds_a_secret(elasticsearch):
    elasticsearch(hosts=["http://site:mum@search.example:9200"], api_key="mum", timeout=None)
    assert "mum" not in str(check_elasticsearch(None))
    elasticsearch(hosts=["http://site:mum@search.example:9200"], api_key="mum")
    assert "mum" not in str(check_elasticsearch(None))


@pytest.mark.parametrize("package", ["elasticsearch", "cachetools"])
def test_missing_packages_are_an_error_that_says_what_to_install(
    elasticsearch, monkeypatch, package
):
    # Python takes it for a package that cannot be imported.
    monkeypatch.setitem(sys.modules, package, None)
    elasticsearch()
    (message,) = check_elasticsearch(None)
    assert message.id == "socialekaart.E010"
    assert "socialekaart-plugin[elasticsearch]" in message.hint


def test_a_certificate_that_is_not_there_is_an_error(elasticsearch, tmp_path):
    elasticsearch(ca_certs=str(tmp_path / "ca.crt"))
    assert found() == ["socialekaart.E012"]
    (tmp_path / "ca.crt").touch()
    assert found() == []


@pytest.mark.parametrize(
    "keys",
    [
        {"hosts": "http://search.example:9200", "api_key": "abc"},
        {"hosts": "http://10.0.0.3:9200", "basic_auth": ("site", "secret")},
        {"hosts": "http://site:secret@search.example:9200"},
    ],
)
def test_a_password_over_an_open_network_is_a_warning(elasticsearch, keys):
    elasticsearch(**keys)
    assert found() == ["socialekaart.W013"]


def test_the_settings_page_has_every_key_with_its_default():
    table = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    documented = dict(re.findall(r"^\| `([a-z_]+)` \| `?([^`|]+?)`? \|", table, re.MULTILINE))
    for field in fields(Configuration):
        default = "required" if field.default is MISSING else repr(field.default)
        assert documented[field.name].replace('"', "'") == default
