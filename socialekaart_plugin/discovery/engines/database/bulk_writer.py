"""Writes many `SearchDocument` rows by raw SQL, which is faster than the ORM."""

from collections.abc import Sequence
from operator import attrgetter

from django.db import connections, router

from socialekaart_plugin.discovery.models import SearchDocument

_TABLE = SearchDocument._meta.db_table
_FIELDS = SearchDocument._meta.concrete_fields
_COLUMNS = ", ".join(str(field.column) for field in _FIELDS)
_values = attrgetter(*(field.attname for field in _FIELDS))


def write_rows(rows: Sequence[SearchDocument]) -> None:
    """Insert or replace documents; within a transaction.

    Args:
        rows: each key once.
    """
    connection = connections[router.db_for_write(SearchDocument)]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(_FIELDS))
            cursor.executemany(
                f"INSERT OR REPLACE INTO {_TABLE} ({_COLUMNS}) VALUES ({marks})",  # noqa: S608
                list(map(_values, rows)),
            )
            return
        cursor.execute(f"DELETE FROM {_TABLE} WHERE id = ANY(%s)", [[row.pk for row in rows]])  # noqa: S608
        with cursor.copy(f"COPY {_TABLE} ({_COLUMNS}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(_values(row))
