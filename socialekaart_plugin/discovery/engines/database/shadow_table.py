"""PostgreSQL: a full-text table made beside the one in use, indexed in one go, then swapped."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import OperationalError, connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from socialekaart_plugin.discovery.models import SearchDocument

from .fulltext import tsvector
from .schema import TABLE

#: The table in the making; the number of the change that began it follows.
_PREFIX = f"{TABLE}_new_"
#: How long the swap waits for searches before it lets whoever writes go first.
_PATIENCE = "500ms"
#: Memory of the server for building the index; with less it is written in more rounds.
_INDEX_MEMORY = "256MB"
_LOCK_NOT_AVAILABLE = "55P03"


class ShadowTextTable:
    """A full-text table in the making: filled batch by batch, without index; nobody reads it.

    While it is there a rebuild has not ended: rows of `SearchDocument` may be ahead of the table
    in use. The next rebuild then makes it anew as well.
    """

    def __init__(self, number: int) -> None:
        """Name the table by the change of the index that began it."""
        self.number = number
        self.name = f"{_PREFIX}{number}"
        self.versions: list[int] = []

    def begin(self) -> None:
        """Make the table; within a transaction, behind the lock of the gate."""
        drop_unfinished()
        _run(f"CREATE TABLE {self.name} (id bigint NOT NULL, tokens tsvector NOT NULL)")

    @property
    def is_there(self) -> bool:
        """Whether it still is; a rebuild that began later takes it away."""
        return bool(_value("SELECT to_regclass(%s) IS NOT NULL", [self.name]))

    def add(self, texts: Mapping[int, str], version: int | None) -> None:
        """Add documents that were not added before.

        Args:
            texts: tokens, in order, by key of their document.
            version: with which rows of `SearchDocument` were written; None when none were.
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
        """Index what was added; writers of the gate go on meanwhile."""
        with transaction.atomic(using=_alias()):
            _run(f"SET LOCAL maintenance_work_mem = '{_INDEX_MEMORY}'")
            _run(f"ALTER TABLE {self.name} ADD CONSTRAINT {self.name}_pkey PRIMARY KEY (id)")
            _run(
                f"CREATE INDEX {self.name}_idx ON {self.name} "
                f"USING gin (tokens) WITH (fastupdate = off)"
            )
        _run(f"ANALYZE {self.name}")

    def take_over(self) -> None:
        """Bring in what others wrote meanwhile, and become the table in use.

        Within a transaction, behind the lock of the gate.

        Raises:
            OperationalError: searches did not let go of the table in time.
        """
        documents = SearchDocument._meta.db_table
        written = "d.version > %s AND d.version <> ALL(%s)"
        mine = [self.number, self.versions]
        _run(
            f"DELETE FROM {self.name} n USING {documents} d "  # noqa: S608
            f"WHERE n.id = d.id AND {written}",
            mine,
        )
        _run(
            f"INSERT INTO {self.name} SELECT t.id, t.tokens FROM {TABLE} t "  # noqa: S608
            f"JOIN {documents} d ON d.id = t.id WHERE {written}",
            mine,
        )
        # Who searches and then writes, in one transaction, would wait for us and we for them.
        _run(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
        _run(f"DROP TABLE {TABLE}")
        _run(f"ALTER TABLE {self.name} RENAME TO {TABLE}")
        for end in ("pkey", "idx"):
            _run(f"ALTER INDEX {self.name}_{end} RENAME TO {TABLE}_{end}")
        _run("SET LOCAL lock_timeout = DEFAULT")


def can_be_shadowed() -> bool:
    """Tell whether this database can swap the table: PostgreSQL, and a role that may."""
    # Rights that were given to others on the table would not be on the new one.
    may = (
        "SELECT has_schema_privilege(current_schema(), 'CREATE') "
        "AND pg_has_role(relowner, 'USAGE') AND relacl IS NULL FROM pg_class "
        "WHERE oid = to_regclass(%s)"
    )
    return _connection().vendor == "postgresql" and bool(_value(may, [TABLE]))


def unfinished() -> list[str]:
    """Return the tables that a rebuild left that was ended half-way, or still goes on."""
    if _connection().vendor != "postgresql":
        return []
    with _connection().cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND starts_with(relname, %s) "
            "AND relnamespace = current_schema()::regnamespace",
            [_PREFIX],
        )
        return [name for (name,) in cursor.fetchall()]


def drop_unfinished() -> None:
    """Take such tables away; a rebuild that still goes on notices."""
    for name in unfinished():
        _run(f"DROP TABLE {name}")


def is_held_up(error: OperationalError) -> bool:
    """Tell whether `take_over` gave up for a search that went on: it may be tried again."""
    return getattr(error.__cause__, "sqlstate", "") == _LOCK_NOT_AVAILABLE


def _alias() -> str:
    return router.db_for_write(SearchDocument)


def _connection() -> BaseDatabaseWrapper:
    return connections[_alias()]


def _run(statement: str, values: Sequence[Any] | None = None) -> None:
    with _connection().cursor() as cursor:
        cursor.execute(statement, values)


def _value(statement: str, values: Sequence[Any]) -> Any:
    with _connection().cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
        return row[0] if row else None
