"""What compose.yaml and Dockerfile say of this repository is true; Docker itself is not asked."""

import fnmatch
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from socialekaart_plugin.discovery.engines.elasticsearch.connection import Configuration
from socialekaart_plugin.discovery.engines.elasticsearch.replication import Index
from socialekaart_plugin.discovery.selectors import current_analyzer
from tests.factories import OrganisationFactory

ROOT = Path(__file__).resolve().parents[2]
CONTAINER = ROOT / "container"
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
SERVICES: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = sorted(name for name, service in SERVICES.items() if service["image"] == "socialekaart-site")


def jobs_of(crontab: str, after: str) -> set[tuple[str, str]]:
    """When, and which command with its options, of the lines in which it follows some words."""
    what = rf"^([\d*/]+(?: [\d*/]+){{4}}) .*{after} (\w+(?: --\w+)*)"
    lines = re.findall(what, crontab, re.MULTILINE)
    return {(when, command) for when, command in lines}


def commands() -> list[list[str]]:
    """Every management command that the containers run, with its options."""
    texts = [(CONTAINER / name).read_text(encoding="utf-8") for name in ("prepare", "crontab")]
    found = [line.split() for line in re.findall(r"manage\.py (.+)", texts[0])]
    found += [command.split() for _when, command in sorted(jobs_of(texts[1], "job"))]
    for service in SERVICES.values():
        words = service.get("command", [])
        if "manage.py" in words:
            found.append(words[words.index("manage.py") + 1 :])
    return found


def test_everything_a_site_needs_is_a_service():
    assert {"postgres", "elasticsearch", "site", "worker", "timer"} <= set(SERVICES)
    assert OURS == ["prepare", "site", "timer", "worker"]


def test_the_image_is_built_once_and_looked_for_nowhere():
    assert [name for name, service in SERVICES.items() if "build" in service] == ["prepare"]
    assert SERVICES["prepare"]["pull_policy"] == "build"
    for name in set(OURS) - {"prepare"}:
        assert SERVICES[name]["pull_policy"] == "never"
        assert "prepare" in SERVICES[name]["depends_on"]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_and_option_exists(words):
    name, *options = words
    app = get_commands()[name]
    command = load_command_class(app, name) if isinstance(app, str) else app
    command.create_parser("manage.py", name).parse_args(options)


def test_the_timer_runs_what_the_guide_to_the_nightly_jobs_says():
    guide = (ROOT / "docs" / "how-to" / "nightly-jobs.md").read_text(encoding="utf-8")
    here = jobs_of((CONTAINER / "crontab").read_text(encoding="utf-8"), "job")
    assert here == jobs_of(guide, r"manage\.py")
    assert here


def test_every_file_that_a_container_runs_is_there_and_may_be_run():
    named = set(re.findall(r"container/([\w.-]+)", COMPOSE + DOCKERFILE))
    assert named >= {"prepare", "timer", "job", "search-account", "crontab", "healthy.py"}
    for name in named:
        assert (CONTAINER / name).is_file(), name
    for name in ("prepare", "timer", "job", "search-account"):
        assert os.access(CONTAINER / name, os.X_OK), name


def test_the_image_is_made_of_files_that_are_there_and_let_through():
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_through = [rule[1:] for rule in rules if rule.startswith("!")]
    sources = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for source in line.split()[:-1]
    ]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert any(
            fnmatch.fnmatch(source, rule) or source.startswith(f"{rule}/") for rule in let_through
        ), source
    assert "*" in rules
    for rule in let_through:
        assert (ROOT / rule).exists(), rule


def test_the_image_has_the_versions_that_are_tested():
    def pinned(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        return set(re.findall(r"^[a-z0-9][^ ]*==[^ ;]+", text, re.MULTILINE))

    image = pinned("host.txt")
    assert image
    assert image <= pinned("wagtail-7.4.txt")
    names = {line.split("==")[0] for line in image}
    assert {"gunicorn", "elasticsearch", "psycopg", "whitenoise"} <= names
    assert "pytest" not in names


def test_the_settings_read_every_variable_that_a_container_gets():
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "cms" / "settings").glob("*.py")
    )
    read = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"", sources))
    for name in OURS:
        assert set(SERVICES[name]["environment"]) <= read, name


def test_no_password_is_in_the_file_and_none_has_a_default():
    secret = [
        value
        for service in SERVICES.values()
        for name, value in service.get("environment", {}).items()
        if re.search("PASSWORD|SECRET", name)
    ]
    assert len(secret) >= 6
    assert all(re.fullmatch(r"\$\{[A-Z_]+:\?name it in \.env\}", value) for value in secret)


def test_the_servers_of_data_are_reached_by_the_containers_only():
    networks = yaml.safe_load(COMPOSE)["networks"]
    assert networks["inside"] == {"internal": True}
    for name in ("postgres", "elasticsearch"):
        assert SERVICES[name]["networks"] == ["inside"]
        assert "ports" not in SERVICES[name]
    assert SERVICES["site"]["ports"] == ["127.0.0.1:${PORT:-8000}:8000"]


def test_no_service_has_more_rights_than_it_needs():
    assert {name for name, s in SERVICES.items() if s.get("cap_drop") != ["ALL"]} == set()
    assert {
        name for name, s in SERVICES.items() if s["security_opt"] != ["no-new-privileges:true"]
    } == set()
    writable = {name for name, service in SERVICES.items() if not service.get("read_only")}
    assert writable == {"elasticsearch"}
    given = {name: set(s["cap_add"]) for name, s in SERVICES.items() if "cap_add" in s}
    assert given == {
        "postgres": {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"},
        "search-account": {"DAC_READ_SEARCH"},
        "timer": {"SETGID", "SETUID"},
    }


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give rights away")
@pytest.mark.parametrize(
    ("service", "words"),
    [
        ("timer", "setpriv --reuid=nobody --regid=nogroup --init-groups --no-new-privs id -u"),
        ("search-account", "cat {secret}"),
    ],
)
def test_the_rights_that_are_left_are_enough(tmp_path, service, words):
    secret = tmp_path / "secret"
    secret.write_text("65534")
    os.chown(secret, 65534, 65534)
    secret.chmod(0o600)
    given = [f"+{name.lower()}" for name in SERVICES[service]["cap_add"]]
    done = subprocess.run(
        [
            *("setpriv", "--no-new-privs", f"--bounding-set={','.join(['-all', *given])}"),
            *("--inh-caps=-all", *words.format(secret=secret).split()),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "65534"


def test_the_guide_names_every_variable():
    guide = (ROOT / "docs" / "how-to" / "run-with-compose.md").read_text(encoding="utf-8")
    for name in set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", COMPOSE)):
        assert f"`{name}`" in guide or f"{name}=" in guide, name


def script(*words: str) -> str:
    done = subprocess.run(
        ["scripts/elasticsearch", *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def make_account(**given: str) -> subprocess.CompletedProcess[str]:
    administrator, _, password = script("credentials").partition(":")
    environment = {
        "PATH": os.environ["PATH"],
        "CURL_CA_BUNDLE": script("ca"),
        "ELASTICSEARCH_URL": script("url", "secure"),
        "ELASTIC_USER": administrator,
        "ELASTIC_PASSWORD": password,
        **given,
    }
    return subprocess.run(
        [CONTAINER / "search-account"], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def account() -> Any:
    """A server with security switched on, and the account that the containers make on it."""
    script("start", "secure")
    given = {"ELASTICSEARCH_USER": "socialekaart", "ELASTICSEARCH_PASSWORD": 'a "new\\ one'}
    for _time in range(2):
        done = make_account(**given)
        assert done.returncode == 0, done.stderr
    return given["ELASTICSEARCH_USER"], given["ELASTICSEARCH_PASSWORD"]


@pytest.mark.elasticsearch
def test_the_account_of_the_containers_may_build_and_search_the_index_and_nothing_else(db, account):
    from elasticsearch import AuthorizationException

    OrganisationFactory(public=True, name="Buurthuis")
    configured = Configuration(
        hosts=(script("url", "secure"),),
        # Of all that the account may touch, a corner that is no site's.
        index_prefix="socialekaart-compose",
        basic_auth=account,
        ca_certs=script("ca"),
        timeout=10.0,
    )
    index = Index(configured, current_analyzer)
    try:
        for _time in range(2):
            assert index.rebuild(progress=lambda _done, _total: None).documents == 1
        assert index.state().synced_to > 0
        for refused in (
            lambda: index.client.indices.create(index="another"),
            lambda: index.client.search(index="another"),
            lambda: index.client.security.get_user(),
            lambda: index.client.cluster.put_settings(
                persistent={"cluster.routing.allocation.enable": "all"}
            ),
        ):
            with pytest.raises(AuthorizationException):
                refused()
    finally:
        for name in index.client.indices.get(index="socialekaart-compose-*"):
            index.client.indices.delete(index=name)
        index.client.close()


@pytest.mark.elasticsearch
def test_an_account_that_is_refused_is_told_of(account):
    done = make_account(ELASTICSEARCH_USER="socialekaart", ELASTICSEARCH_PASSWORD="short")
    assert done.returncode == 1
    assert "passwords must be at least [6] characters" in done.stderr
    assert "not-a-secret" not in done.stderr
