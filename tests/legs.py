"""Which tests a leg beside the first has to run: those that a database or Wagtail may answer.

A test is plain Python, and runs once, when its file imports no framework and of ours only what
contract 5 of import-linter keeps free of them.
"""

import ast
import functools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

#: What gives a test the database of pytest-django.
_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}
#: What gives it Django itself.
_DJANGO_FIXTURES = {"client", "rf", "settings", "mailoutbox"}
#: Frameworks, and what of ours stands on them as a whole.
_FRAMEWORKS = {
    *("axes", "cms", "csp", "django", "django_filters", "django_tasks", "factory", "home"),
    *("modelcluster", "modelsearch", "rest_framework", "search", "taggit", "treebeard", "wagtail"),
    *("wagtail_modeladmin", "wagtailgeowidget", "benchmarks"),
}


def mark(item: pytest.Item) -> None:
    """Mark a test `database` or `wagtail`, or both, by its fixtures and what its file imports."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("django_db") or fixtures & _DATABASE_FIXTURES:
        item.add_marker("database")
    if fixtures & _DJANGO_FIXTURES or not is_plain(item.path):
        item.add_marker("wagtail")


@functools.cache
def is_plain(file: Path) -> bool:
    """Answer whether a file of the tests imports no framework, nor a module of ours on one."""
    return all(map(_is_plain_import, _imports(file.read_text(encoding="utf-8"))))


def _imports(source: str) -> Iterator[tuple[str, ...]]:
    """Answer each import by the names that it may mean: `from a import b` is a or a.b."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((name.name,) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, f"{node.module}.{name.name}") for name in node.names)


def _is_plain_import(names: tuple[str, ...]) -> bool:
    root = names[0].split(".")[0]
    if root == "socialekaart_plugin":
        return any(_free_of_frameworks().fullmatch(name) for name in names)
    if root == "tests":
        files = [ROOT / (name.replace(".", "/") + ".py") for name in names]
        return all(is_plain(file) for file in files if file.exists())
    return root not in _FRAMEWORKS


@functools.cache
def _free_of_frameworks() -> re.Pattern[str]:
    """Answer what fits a module that contract 5 names, or one inside it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (rules,) = (
        contract
        for contract in contracts["tool"]["importlinter"]["contracts"]
        if contract["id"] == "5-rules"
    )
    parts = {r"\*\*": ".+", r"\*": "[^.]+"}
    names = [
        re.sub(r"\\\*\\\*|\\\*", lambda found: parts[found.group()], re.escape(name))
        for name in rules["source_modules"]
    ]
    return re.compile(rf"({'|'.join(names)})(\..*)?")
