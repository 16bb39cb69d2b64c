"""Databases for benchmarks, temporary or kept, and a description of the machine."""

import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django


def set_up() -> None:
    """Start Django with the test settings, unless other settings are named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()


@contextmanager
def scratch_database() -> Iterator[None]:
    """Create an empty database with every table; drop it at the end."""
    from django.db import connection

    from tests.template_database import copied_from_template

    before = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        # Not the name that pytest uses: both may run at once. A file, as on a real site.
        name = f"benchmark_{before}"
        if connection.vendor == "sqlite":
            name = str(Path(folder) / "benchmark.sqlite3")
        connection.settings_dict["TEST"]["NAME"] = name
        # The stock directory only adds tables to those of the tests.
        with copied_from_template(connection, also="cms.settings.test"):
            connection.creation.create_test_db(
                verbosity=0,
                autoclobber=True,
                serialize=False,
                # For a database file, Django must use the copy.
                keepdb=connection.vendor == "sqlite",
            )
        try:
            yield
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


@contextmanager
def kept_database(name: str) -> Iterator[None]:
    """Use the database that an earlier run left under this name, or create it; it is kept.

    For data that takes long to fill. Under /tmp for SQLite; new migrations are applied.
    """
    from django.db import connection

    before = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        name = str(Path(tempfile.gettempdir()) / f"{name}.sqlite3")
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0, keepdb=True)


def machine() -> str:
    """Describe the machine in one line."""
    import wagtail
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            database = "PostgreSQL " + cursor.fetchone()[0].split()[0]
    else:
        database = "SQLite " + ".".join(map(str, connection.Database.sqlite_version_info))
    return (
        f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"Django {django.__version__}, Wagtail {wagtail.__version__}, {database}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def print_table(headings: list[str], rows: list[list[str]]) -> None:
    """Print rows as a Markdown table."""
    print("| " + " | ".join(headings) + " |")
    print("|" + "---|" * len(headings))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)
