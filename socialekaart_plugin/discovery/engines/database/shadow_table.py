"""A shadow table (PostgreSQL): rebuilds the full-text table beside the live one, then swaps."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import OperationalError, connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from socialekaart_plugin.discovery.models import SearchDocument

from .fulltext import tsvector
from .schema import TABLE

#: Followed by the number of the change that started the rebuild.
_PREFIX = f"{TABLE}_new_"
#: How long the swap waits for running searches, while it blocks writers.
_LOCK_TIMEOUT = "500ms"
#: `maintenance_work_mem` for building the index.
_INDEX_MEMORY = "256MB"
_LOCK_NOT_AVAILABLE = "55P03"


class ShadowTextTable:
    """A full-text table that is filled in batches, without index, and not searched yet.

    While it exists a rebuild is unfinished, and rows of `SearchDocument` may be newer than the live
    table. The next rebuild then uses a shadow table as well.
    """

    def __init__(self, number: int) -> None:
        """Name the table after the change that started the rebuild."""
        self.number = number
        self.name = f"{_PREFIX}{number}"
        self.versions: list[int] = []

    def begin(self) -> None:
        """Create the table; within a transaction that holds the lock of the gate."""
        drop_unfinished_tables()
        _execute(f"CREATE TABLE {self.name} (id bigint NOT NULL, tokens tsvector NOT NULL)")

    @property
    def exists(self) -> bool:
        """Whether it still exists; a newer rebuild drops it."""
        return bool(_value("SELECT to_regclass(%s) IS NOT NULL", [self.name]))

    def add(self, texts: Mapping[int, str], version: int | None) -> None:
        """Append new documents.

        Args:
            texts: tokens, in order, by key of their document.
            version: of the rows of `SearchDocument` in this batch; None without rows.
        """
        if version is not None:
            self.versions.append(version)
        with (
            _connection().cursor() as cursor,
            cursor.copy(f"COPY {self.name} (id, tokens) FROM STDIN") as copy,
        ):
            for key, tokens in texts.items():
                copy.write_row((key, tsvector(tokens)))

    def build_index(self) -> None:
        """Build the index; does not block writers of the gate."""
        with transaction.atomic(using=_alias()):
            _execute(f"SET LOCAL maintenance_work_mem = '{_INDEX_MEMORY}'")
            _execute(f"ALTER TABLE {self.name} ADD CONSTRAINT {self.name}_pkey PRIMARY KEY (id)")
            _execute(
                f"CREATE INDEX {self.name}_idx ON {self.name} "
                f"USING gin (tokens) WITH (fastupdate = off)"
            )
        _execute(f"ANALYZE {self.name}")

    def swap(self) -> None:
        """Copy what others wrote to the live table meanwhile, and replace it.

        Within a transaction that holds the lock of the gate.

        Raises:
            OperationalError: lock timeout: searches still use the live table.
        """
        documents = SearchDocument._meta.db_table
        written = "d.version > %s AND d.version <> ALL(%s)"
        parameters = [self.number, self.versions]
        _execute(
            f"DELETE FROM {self.name} n USING {documents} d "  # noqa: S608
            f"WHERE n.id = d.id AND {written}",
            parameters,
        )
        _execute(
            f"INSERT INTO {self.name} SELECT t.id, t.tokens FROM {TABLE} t "  # noqa: S608
            f"JOIN {documents} d ON d.id = t.id WHERE {written}",
            parameters,
        )
        # Avoid a deadlock with transactions that search first and then write.
        _execute(f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT}'")
        _execute(f"DROP TABLE {TABLE}")
        _execute(f"ALTER TABLE {self.name} RENAME TO {TABLE}")
        for end in ("pkey", "idx"):
            _execute(f"ALTER INDEX {self.name}_{end} RENAME TO {TABLE}_{end}")
        _execute("SET LOCAL lock_timeout = DEFAULT")


def supports_shadow_table() -> bool:
    """Tell whether this database can swap tables: PostgreSQL, and a role with the privileges."""
    # A swap would lose grants on the live table.
    permitted = (
        "SELECT has_schema_privilege(current_schema(), 'CREATE') "
        "AND pg_has_role(relowner, 'USAGE') AND relacl IS NULL FROM pg_class "
        "WHERE oid = to_regclass(%s)"
    )
    return _connection().vendor == "postgresql" and bool(_value(permitted, [TABLE]))


def unfinished_tables() -> list[str]:
    """Return the shadow tables of rebuilds that were aborted, or still run."""
    if _connection().vendor != "postgresql":
        return []
    with _connection().cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND starts_with(relname, %s) "
            "AND relnamespace = current_schema()::regnamespace",
            [_PREFIX],
        )
        return [name for (name,) in cursor.fetchall()]


def drop_unfinished_tables() -> None:
    """Drop these tables; a running rebuild notices."""
    for name in unfinished_tables():
        _execute(f"DROP TABLE {name}")


def is_lock_timeout(error: OperationalError) -> bool:
    """Tell whether `swap` failed because of a running search, so that a retry may help."""
    return getattr(error.__cause__, "sqlstate", "") == _LOCK_NOT_AVAILABLE


def _alias() -> str:
    return router.db_for_write(SearchDocument)


def _connection() -> BaseDatabaseWrapper:
    return connections[_alias()]


def _execute(statement: str, values: Sequence[Any] | None = None) -> None:
    with _connection().cursor() as cursor:
        cursor.execute(statement, values)


def _value(statement: str, values: Sequence[Any]) -> Any:
    with _connection().cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
        return row[0] if row else None
