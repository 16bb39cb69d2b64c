"""The plan of the house, held by the tests: imports, migrations, sizes, first sentences, names."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = ROOT / "socialekaart_plugin"
MODULES = sorted(
    path for path in PLUGIN.rglob("*.py") if "migrations" not in path.relative_to(PLUGIN).parts
)

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.django_db
def test_the_migrations_hold_every_table_as_the_models_say():
    call_command("makemigrations", "socialekaart_plugin", "home", check_changes=True, verbosity=0)


def functions_of(path):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree(path)) if isinstance(node, kinds)]


def is_empty(path):
    return not path.read_text(encoding="utf-8").strip()


def test_there_are_modules_and_functions_to_look_at():
    assert len(MODULES) > 50
    assert sum(len(functions_of(path)) for path in MODULES) > 200


def test_every_module_opens_with_a_sentence():
    without = [
        name(path)
        for path in MODULES
        if not is_empty(path)
        and not (ast.get_docstring(tree(path)) or "").split("\n\n")[0].rstrip().endswith(".")
    ]
    assert without == []


def test_every_file_is_short_enough_to_read_at_a_sitting():
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: n for path, n in lines.items() if n >= MOST_LINES_OF_A_FILE} == {}


def test_every_function_is_short_enough_to_see_at_a_glance():
    lines = {
        f"{name(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in functions_of(path)
    }
    assert {where: n for where, n in lines.items() if n >= MOST_LINES_OF_A_FUNCTION} == {}


def test_every_module_is_named_after_what_it_holds():
    names = {part for path in MODULES for part in path.relative_to(PLUGIN).with_suffix("").parts}
    assert names & {"utils", "helpers", "common", "core", "misc", "tools"} == set()


def test_settings_of_ours_are_read_in_one_place():
    elsewhere = [
        name(path)
        for path in MODULES
        if path.parent.name != "foundation"
        and re.search(r"""settings(\.|, ?["'])SOCIALEKAART_""", path.read_text(encoding="utf-8"))
    ]
    assert elsewhere == []


def test_no_template_of_ours_takes_the_place_of_one_of_wagtail():
    for folder in (PLUGIN / "templates", PLUGIN / "static"):
        assert [path.name for path in folder.iterdir()] == ["socialekaart_plugin"]


def test_templates_and_static_files_lie_in_the_folder_of_their_room():
    rooms = {
        path.name
        for folder in (PLUGIN, PLUGIN / "channels")
        for path in folder.iterdir()
        if path.is_dir()
    }
    for kind in ("templates", "static"):
        for path in (PLUGIN / kind / "socialekaart_plugin").iterdir():
            assert path.name in rooms, path


def test_every_table_of_the_app_is_named_for_the_host():
    from django.apps import apps

    import socialekaart_plugin.models as front_door

    models = apps.get_app_config("socialekaart_plugin").get_models()
    assert {model.__name__ for model in models} <= set(dir(front_door))
    assert settings.INSTALLED_APPS.count("socialekaart_plugin") == 1
