"""The schema of the full-text table: FTS5 on SQLite, a tsvector on PostgreSQL."""

from typing import Any

#: No Django model: each database has its own kind of table.
TABLE = "socialekaart_plugin_searchtext"

_CREATE = {
    # Our tokens are letters a to z and digits, which this tokenizer does not split.
    "sqlite": [f"CREATE VIRTUAL TABLE {TABLE} USING fts5(tokens, tokenize = 'ascii')"],
    "postgresql": [
        f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_idx ON {TABLE} USING gin (tokens) WITH (fastupdate = off)",
    ],
}


def create_text_table(apps: Any, schema_editor: Any) -> None:
    """Create the table for this database.

    Raises:
        NotImplementedError: any other database.
    """
    vendor = schema_editor.connection.vendor
    if vendor not in _CREATE:
        raise NotImplementedError(f"search knows SQLite and PostgreSQL, not {vendor}")
    for statement in _CREATE[vendor]:
        schema_editor.execute(statement)


def drop_text_table(apps: Any, schema_editor: Any) -> None:
    """Drop the table."""
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")
