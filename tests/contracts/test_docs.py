import importlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import BaseCommand, load_command_class
from django.dispatch import Signal
from django.urls import URLPattern, URLResolver
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import registry as log_registry

from socialekaart_plugin import urls
from socialekaart_plugin.channels.api.parameters import NAMES
from socialekaart_plugin.channels.api.serializers import FIELDS
from socialekaart_plugin.discovery.facets import FACETS
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.conf import SETTINGS, Setting
from socialekaart_plugin.models import ActivityNotice, ActivityTranslation
from socialekaart_plugin.moderation.permissions import GRANTS, Role
from socialekaart_plugin.publication.public_record import build_payload
from socialekaart_plugin.publication.rules import FORMAT_VERSION, as_of
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    HelpQuestionFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    activity_contact,
    at,
)

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = ROOT / "socialekaart_plugin"
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
ADRS = sorted((DOCS / "adr").glob("*.md"))

COMMANDS = sorted(
    path.stem
    for path in (PLUGIN / "management" / "commands").glob("*.py")
    if path.stem != "__init__"
)
CHECK_IDS = sorted(
    set(
        re.findall(
            r"id=\"(socialekaart\.[A-Z][0-9]{3})\"",
            "".join(path.read_text(encoding="utf-8") for path in PLUGIN.rglob("checks.py")),
        )
    )
)
ROLE_COLUMNS = {Role.EDITORS: 0, Role.MODERATORS: 1, Role.MANAGERS: 2}


def reference(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


def rows(text: str) -> dict[str, list[str]]:
    """The rows of all tables whose first cell holds code, by each piece of code in that cell."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
        for name in re.findall(r"`([^`]+)`", cells[0]) if cells else ():
            found[name] = cells[1:]
    return found


def section(text: str, heading: str) -> str:
    """What stands below a heading of the second level."""
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        if part.splitlines()[0].strip() == heading:
            return part
    pytest.fail(f"no heading “## {heading}”")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_setting_has_its_line_with_the_default_that_it_has(setting: Setting) -> None:
    default, meaning = rows(reference("settings"))[setting.full_name]
    assert default.strip("`").replace('"', "'") == repr(setting.default)
    assert meaning


def test_no_line_for_a_setting_that_does_not_exist() -> None:
    documented = {name for name in rows(reference("settings")) if name.startswith("SOCIALEKAART_")}
    assert documented == {setting.full_name for setting in SETTINGS}


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_its_section_with_exactly_its_options(name: str) -> None:
    def options(command: BaseCommand) -> set[str]:
        parser = command.create_parser("manage.py", name)
        return {(action.option_strings or [action.dest])[-1] for action in parser._actions}

    own = options(load_command_class("socialekaart_plugin", name)) - options(BaseCommand())
    assert set(rows(section(reference("commands"), f"`{name}`"))) == own


def test_no_section_for_a_command_that_does_not_exist() -> None:
    assert sorted(re.findall(r"^## `(\w+)`", reference("commands"), re.MULTILINE)) == COMMANDS


def test_every_check_has_its_line() -> None:
    assert CHECK_IDS
    assert sorted(rows(reference("checks"))) == CHECK_IDS


def granted(role: Role) -> set[str]:
    return {"access_admin"} | {
        action if "_" in action else f"{action}_{grant.model}"
        for grant in GRANTS[role]
        for action in grant.actions
    }


@pytest.mark.parametrize("role", list(GRANTS), ids=lambda role: role.name)
def test_every_permission_of_a_group_has_its_line_and_no_other_is_promised(role: Role) -> None:
    table = {
        name: cells for name, cells in rows(reference("permissions")).items() if len(cells) == 3
    }
    promised = {name for name, cells in table.items() if cells[ROLE_COLUMNS[role]] == "yes"}
    assert promised == granted(role)


def test_every_group_is_named_as_it_is_made() -> None:
    text = reference("permissions")
    assert [role for role in GRANTS if f"| `{role.value}` |" not in text] == []


def test_every_permission_of_our_own_has_its_line() -> None:
    own = {
        codename
        for model in apps.get_app_config("socialekaart_plugin").get_models()
        for codename, _label in model._meta.permissions
    }
    assert own - set(rows(reference("permissions"))) == set()


def test_every_log_action_has_its_line() -> None:
    actions = {name for name, _label in log_registry.get_choices()}
    actions = {name for name in actions if name.startswith("socialekaart.")}
    assert actions
    assert set(rows(reference("log-actions"))) == actions


def signals() -> dict[str, set[str]]:
    found = {}
    for path in PLUGIN.rglob("signals.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        module = importlib.import_module(name)
        found[name] = {key for key, value in vars(module).items() if isinstance(value, Signal)}
    return found


def test_every_signal_has_its_line_under_its_module() -> None:
    assert signals()
    for module, names in signals().items():
        assert set(rows(section(reference("signals"), f"`{module}`"))) == names


def test_every_parameter_of_the_api_has_its_line() -> None:
    table = rows(section(reference("api"), "Parameters of a list"))
    assert set(table) >= set(NAMES) - set(NAMES.facets)
    # The kind of record is the endpoint itself.
    assert set(rows(section(reference("api"), "Facets"))) == set(FACETS) - {"kind"}


def test_every_field_of_the_api_has_its_line_under_its_kinds() -> None:
    table = rows(section(reference("api"), "Fields"))
    expected: dict[str, str] = {}
    for kind, plural in (("organisation", "organisations"), ("activity", "activities")):
        for field in FIELDS[kind]:
            expected[field] = "both" if field in expected else plural
    assert {name: cells[0] for name, cells in table.items()} == expected


def url_names(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from url_names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def test_every_address_has_its_line() -> None:
    text = reference("urls")
    names = list(url_names(urls.urlpatterns))
    assert names
    assert [name for name in names if f"`{urls.app_name}:{name}`" not in text] == []


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


@pytest.mark.django_db
def test_every_key_of_every_payload_is_described() -> None:
    area, theme, group = AreaFactory(), ThemeFactory(), TargetGroupFactory()
    place = PlaceFactory()
    activity = ActivityFactory(
        themes=[theme],
        target_groups=[group],
        areas_served=[area],
        sessions=[at(place)],
        contact_facts=[activity_contact(Audience.PUBLIC, "info@example.org")],
        image=get_image_model().objects.create(title="Foto", file=get_test_image_file()),
        notices=[ActivityNotice(kind="closed", starts_on=date(2020, 1, 1), text="Dicht")],
        translations=[ActivityTranslation(language="en", summary="Coffee.")],
        public=True,
    )
    question = HelpQuestionFactory(themes=[theme], target_groups=[group], activities=[activity])
    today = activity.last_published_at.date()
    text = reference("payloads")
    described = set(re.findall(r"`([a-z_]+)`", text))
    for source in (area, theme, group, place, activity.organisation, activity, question):
        payload = build_payload(source, Audience.REFERRER)
        assert payload is not None
        payload.pop("outline", None)  # GeoJSON, whose keys are not ours
        assert set(keys(as_of(payload, today))) - described == set()
    assert f"**format version {FORMAT_VERSION}**" in text


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    text = re.sub(
        r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")
        for heading in headings
    }


def links(page: Path) -> list[str]:
    text = re.sub(
        r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    found = re.findall(r"\]\(([^)\s]+)\)", text)
    return [link for link in found if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    for link in links(page):
        path, _hash, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_index_leads_to_every_page() -> None:
    index = DOCS / "index.md"
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in links(index)}
    assert {page for page in DOCS.rglob("*.md") if page != index} - linked == set()


def test_readme_leads_to_the_documentation() -> None:
    assert "docs/index.md" in links(ROOT / "README.md")


def test_readme_asks_ten_lines_at_most_of_a_site() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    parts = re.findall(r"<!-- install -->(.*?)<!-- /install -->", readme, re.DOTALL)
    assert len(parts) == 1
    blocks = re.findall(r"```python\n(.*?)```", parts[0], re.DOTALL)
    lines = [
        line
        for block in blocks
        for line in block.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    assert 0 < len(lines) <= 10


@pytest.mark.parametrize("adr", ADRS, ids=lambda adr: adr.stem)
def test_decision_says_what_was_decided_and_why(adr: Path) -> None:
    text = adr.read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert [h for h in headings if h in ("Status", "Context", "Decision", "Consequences")] == [
        "Status",
        "Context",
        "Decision",
        "Consequences",
    ]
    assert text.startswith(f"# {int(adr.name[:4])}. ")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(adr.name[:4]) for adr in ADRS] == list(range(1, len(ADRS) + 1))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page_opens_with_its_one_title(page: Path) -> None:
    text = re.sub(
        r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    assert text.startswith("# ")
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
