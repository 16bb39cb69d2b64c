"""Migrate once: the database that every process of the tests and benchmarks copies.

Migrating from zero takes some twenty seconds of a processor; a copy takes none. The copy is
migrated again, which finds nothing to do but says `post_migrate`: so it is as migrating makes it.
"""

import contextlib
import fcntl
import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.utils import ProgrammingError

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "test-databases"
#: How many templates of each kind of database stay; older ones go when another is made.
KEPT = 8


@contextlib.contextmanager
def copied_from_template(connection: Any, also: str = "") -> Iterator[None]:
    """Let what is in the block create its test database as a copy of the template.

    If these settings have no template yet, that of the settings module `also` is copied instead.
    Its tables must be the same or fewer: `create_test_db` adds those that are missing.

    The template is made if it is not there. `create_test_db` needs `keepdb=True` for a file of
    SQLite: it would begin with an empty one.
    """
    copy = _copied_to_sqlite if connection.vendor == "sqlite" else _copied_by_postgresql
    with copy(connection, also):
        yield


def fingerprint(settings_module: str = "") -> str:
    """Answer a name for all that the tables may depend on: our code and data, settings, packages.

    All of our code and not the migrations alone, for migrations import from the rooms.
    """
    digest = hashlib.sha256()
    digest.update(f"{sys.version} {settings_module or settings.SETTINGS_MODULE}".encode())
    for package in sorted(f"{one.name}=={one.version}" for one in distributions()):
        digest.update(package.encode())
    for room in ("cms", "home", "search", "socialekaart_plugin"):
        for file in sorted((ROOT / room).rglob("*")):
            if file.suffix in {".py", ".json", ".txt"}:
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@contextlib.contextmanager
def _copied_to_sqlite(connection: Any, also: str) -> Iterator[None]:
    with _one_at_a_time():
        mark = fingerprint()
        template = FOLDER / f"{mark}.sqlite3"
        if also and not template.exists():
            other = FOLDER / f"{fingerprint(also)}.sqlite3"
            template = other if other.exists() else template
        if not template.exists():
            building = FOLDER / "building.sqlite3"
            _migrate(connection, str(building))
            with contextlib.closing(sqlite3.connect(building)) as made:
                # One file, without a log beside it.
                made.execute("PRAGMA journal_mode=DELETE")
            refuse_what_changed(mark)
            building.replace(template)
            for old in sorted(FOLDER.glob("*.sqlite3"), key=lambda f: -f.stat().st_mtime)[KEPT:]:
                old.unlink()
        test = connection.settings_dict["TEST"]
        name = test["NAME"] = (
            test["NAME"] or f"file:memorydb_{connection.alias}?mode=memory&cache=shared"
        )
        # In memory it lasts as long as someone has it open.
        copy = sqlite3.connect(name, uri=str(name).startswith("file:"))
        with contextlib.closing(sqlite3.connect(template)) as source:
            source.backup(copy)
    try:
        yield
    finally:
        copy.close()


@contextlib.contextmanager
def _copied_by_postgresql(connection: Any, also: str) -> Iterator[None]:
    with _one_at_a_time():
        mark = fingerprint()
        template = _name(mark)
        is_there = _is_there(connection, template)
        if also and not is_there and _is_there(connection, _name(fingerprint(also))):
            template, is_there = _name(fingerprint(also)), True
        if not is_there:
            building = f"building_socialekaart_{os.getpid()}"
            _migrate(connection, building)
            refuse_what_changed(mark)
            with connection._nodb_cursor() as cursor:
                try:
                    cursor.execute(f'ALTER DATABASE "{building}" RENAME TO "{template}"')
                except ProgrammingError:
                    # Another checkout, on the same server, was first.
                    cursor.execute(f'DROP DATABASE "{building}"')
                cursor.execute(
                    "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_socialekaart%%'"
                    " ORDER BY oid DESC OFFSET %s",
                    [KEPT],
                )
                for (old,) in cursor.fetchall():
                    cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
        connection.settings_dict["TEST"]["TEMPLATE"] = template
    yield


def _name(mark: str) -> str:
    return f"template_socialekaart_{mark}"


def _is_there(connection: Any, database: str) -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        return cursor.fetchone() is not None


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Wait until no other process makes or copies a template."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(connection: Any, name: str) -> None:
    """Make a database of this name as Django makes one for tests; leave it, and the settings."""
    test, before = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    wanted = test["NAME"]
    test["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.creation.destroy_test_db(before, verbosity=0, keepdb=True)
    finally:
        test["NAME"] = wanted


def refuse_what_changed(mark: str) -> None:
    """Keep no template that was made while someone changed the code."""
    if fingerprint() != mark:
        raise RuntimeError("The code changed while its database was made; run it again.")
