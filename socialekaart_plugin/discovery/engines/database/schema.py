"""The full-text table of the embedded engines: FTS5 on SQLite, a tsvector on PostgreSQL."""

from typing import Any

#: Beside the tables that Django knows: each engine has its own kind.
TABLE = "socialekaart_plugin_searchtext"

_CREATE = {
    # Tokens are made by us, of letters a to z and digits: no tokenizer may cut them otherwise.
    "sqlite": [f"CREATE VIRTUAL TABLE {TABLE} USING fts5(tokens, tokenize = 'ascii')"],
    "postgresql": [
        f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_idx ON {TABLE} USING gin (tokens) WITH (fastupdate = off)",
    ],
}


def create_text_table(apps: Any, schema_editor: Any) -> None:
    """Make the table of the engine of this database.

    Raises:
        NotImplementedError: a database that has neither.
    """
    vendor = schema_editor.connection.vendor
    if vendor not in _CREATE:
        raise NotImplementedError(f"search knows SQLite and PostgreSQL, not {vendor}")
    for statement in _CREATE[vendor]:
        schema_editor.execute(statement)


def drop_text_table(apps: Any, schema_editor: Any) -> None:
    """Take the table away again."""
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")
