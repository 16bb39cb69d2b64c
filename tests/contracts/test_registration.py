"""Each room registers itself in its `registration.py`; nothing is registered elsewhere."""

import ast
import re
from pathlib import Path

import pytest
from django.core.checks.registry import registry
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from socialekaart_plugin.apps import ROOMS, registered_rooms
from socialekaart_plugin.foundation.registers import RegisterAdmin

PLUGIN = Path(__file__).resolve().parents[2] / "socialekaart_plugin"
MODULES = [path for path in PLUGIN.rglob("*.py") if "migrations" not in path.parts]
DOORS = {"apps.py", "wagtail_hooks.py"}

#: What hands something to Django or Wagtail at start.
REGISTERING = re.compile(
    r"hooks\.register\(|register_snippet\(|register_setting\(|modeladmin_register\("
    r"|@register\(|checks\.register\(|register_admin_viewset"
)


def subclasses(cls):
    for each in cls.__subclasses__():
        yield each
        yield from subclasses(each)


def viewsets_of(viewset):
    return [viewset, *getattr(viewset, "items", ())]


@pytest.fixture(scope="module")
def rooms():
    return registered_rooms()


def test_every_registration_is_in_the_list():
    found = {
        ".".join(path.parent.relative_to(PLUGIN).parts) for path in PLUGIN.rglob("registration.py")
    }
    assert found == set(ROOMS)


def test_only_the_doors_register():
    elsewhere = {
        str(path.relative_to(PLUGIN))
        for path in MODULES
        if REGISTERING.search(path.read_text(encoding="utf-8"))
    }
    assert elsewhere == DOORS


def test_every_viewset_that_nothing_else_builds_on_is_in_the_menu(rooms):
    listed = {each for room in rooms for entry in room.menu for each in viewsets_of(entry.viewset)}
    listed |= {each for room in rooms for each in room.registers}
    viewsets = {*subclasses(ViewSet), *subclasses(ViewSetGroup), *subclasses(RegisterAdmin)}
    chosen_by_others = {
        getattr(each, "chooser_viewset_class", None) for each in subclasses(ViewSet)
    }
    left_out = [
        each
        for each in viewsets - chosen_by_others - listed
        if each.__module__.startswith("socialekaart_plugin.")
        and not each.__module__.endswith("wagtail_hooks")
        and not each.__subclasses__()
    ]
    assert left_out == []


def test_no_two_entries_of_the_menu_have_one_order(rooms):
    orders = [entry.order for room in rooms for entry in room.menu]
    assert len(orders) == len(set(orders)) > 5


def functions_named_check(path):
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {
        node.name
        for node in body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("check_")
    }


def test_every_check_is_registered_once(rooms):
    written = sorted(
        name for path in PLUGIN.rglob("checks.py") for name in functions_named_check(path)
    )
    assert sorted(check.run.__name__ for room in rooms for check in room.checks) == written
    known = registry.registered_checks | registry.deployment_checks
    assert {check.run for room in rooms for check in room.checks} <= known


def test_every_action_that_is_logged_has_a_name(rooms):
    named = [action.name for room in rooms for action in room.log_actions]
    used = {
        name
        for path in MODULES
        if path.name != "registration.py"
        for name in re.findall(r'"(socialekaart\.[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(named) == len(set(named))
    assert used == set(named)
