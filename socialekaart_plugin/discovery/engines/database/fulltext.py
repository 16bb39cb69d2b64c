"""The full-text table: tokens in; out, for a token, the keys of the documents that have it."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat

import numpy as np
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from pyroaring import BitMap

from socialekaart_plugin.discovery.documents import GAP
from socialekaart_plugin.discovery.models import SearchDocument

from .bitmaps import as_set
from .schema import TABLE

#: A token, or several that stand next to each other; each with the letter of its field.
Key = tuple[str, ...]

#: The letter before a token tells its field, so that one lookup tells both.
LETTERS = {
    "name": "a",
    "other_names": "b",
    "summary": "d",
    "subjects": "e",
    "description": "f",
    "name_parts": "g",
    "parts": "h",
    "literal": "r",
    "name_literal": "n",
}
_NAMES = ("name", "other_names")
#: Between texts that stand apart: nothing is next to what is beyond it.
_GAP_WRITTEN = "0"

#: Places in a tsvector, as it writes them; what is further on is at the last one.
_LAST_PLACE = 16_383
_PLACES = tuple(f":{at} " for at in range(1, _LAST_PLACE + 1))

_SQLITE_MOST_SELECTS = 400
_BATCH = 500


def encoded(token: str) -> str:
    """Return a token in letters a to z and digits, which no engine cuts up."""
    return token if token.isascii() and token.isalnum() else "0x" + token.encode().hex()


def decoded(token: str) -> str:
    """Return what `encoded` was given."""
    return bytes.fromhex(token[2:]).decode() if token.startswith("0x") else token


class FulltextTable(ABC):
    """The table as one kind of database has it."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        """Talk to this database."""
        self.connection = connection

    @abstractmethod
    def replace(self, texts: Mapping[int, str]) -> None:
        """Write tokens, in order, by key of their document; an empty text takes them away."""

    @abstractmethod
    def having(self, ids: Sequence[int]) -> set[int]:
        """Return which of these documents have a text."""

    @abstractmethod
    def tokens_of_documents(self, ids: Sequence[int]) -> set[str]:
        """Return every token, with its letter, of some documents."""

    def words(self, ids: Sequence[int]) -> set[str]:
        """Return the folded words of some documents."""
        letter = LETTERS["literal"]
        tokens = self.tokens_of_documents(ids) if ids else set()
        return {decoded(token[1:]) for token in tokens if token.startswith(letter)}

    def without_documents(self, words: Iterable[str]) -> list[str]:
        """Return the folded words that no document has."""
        asked = list(words)
        keys = [(LETTERS["literal"] + encoded(word),) for word in asked]
        return [word for word, has in zip(asked, self.postings(keys), strict=True) if not has]

    @abstractmethod
    def postings(self, keys: Sequence[Key]) -> list[BitMap]:
        """Return for each key the documents that have it, in one query (400 keys at most)."""

    @abstractmethod
    def beginning(self, keys: Sequence[Key], prefix: str, most: int) -> BitMap:
        """Return documents that have all keys, and a token that begins so; `most` at most."""


class SqliteFulltext(FulltextTable):
    """FTS5."""

    def replace(self, texts: Mapping[int, str]) -> None:
        """Write tokens: delete and insert, for an FTS5 table knows no conflict."""
        with self.connection.cursor() as cursor:
            for ids in _batches(list(texts)):
                marks = ",".join(["%s"] * len(ids))
                cursor.execute(f"DELETE FROM {TABLE} WHERE rowid IN ({marks})", ids)  # noqa: S608
            rows = [(key, tokens) for key, tokens in texts.items() if tokens]
            cursor.executemany(f"INSERT INTO {TABLE} (rowid, tokens) VALUES (%s, %s)", rows)  # noqa: S608

    def having(self, ids: Sequence[int]) -> set[int]:
        """Look up their keys."""
        found: set[int] = set()
        with self.connection.cursor() as cursor:
            for some in _batches(list(ids)):
                marks = ",".join(["%s"] * len(some))
                cursor.execute(f"SELECT rowid FROM {TABLE} WHERE rowid IN ({marks})", some)  # noqa: S608
                found.update(key for (key,) in cursor.fetchall())
        return found

    def tokens_of_documents(self, ids: Sequence[int]) -> set[str]:
        """Read the texts."""
        found: set[str] = set()
        with self.connection.cursor() as cursor:
            for some in _batches(list(ids)):
                marks = ",".join(["%s"] * len(some))
                cursor.execute(f"SELECT tokens FROM {TABLE} WHERE rowid IN ({marks})", some)  # noqa: S608
                for (tokens,) in cursor.fetchall():
                    found.update(tokens.split())
        return found

    def postings(self, keys: Sequence[Key]) -> list[BitMap]:
        """Look up every key in a SELECT of its own, all in one query."""
        found: list[BitMap] = []
        select = f"SELECT group_concat(rowid) FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608
        with self.connection.cursor() as cursor:
            for start in range(0, len(keys), _SQLITE_MOST_SELECTS):
                some = keys[start : start + _SQLITE_MOST_SELECTS]
                cursor.execute(" UNION ALL ".join([select] * len(some)), list(map(_phrase, some)))
                found += [_bitmap(row[0]) for row in cursor.fetchall()]
        return found

    def beginning(self, keys: Sequence[Key], prefix: str, most: int) -> BitMap:
        """Look up a prefix."""
        query = " AND ".join([*map(_phrase, keys), f'"{prefix}" *'])
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT group_concat(rowid) FROM "  # noqa: S608
                f"(SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s "
                f"ORDER BY rowid LIMIT %s)",
                [query, most],
            )
            return _bitmap(cursor.fetchone()[0])


class PostgresqlFulltext(FulltextTable):
    """A tsvector with a GIN index."""

    def replace(self, texts: Mapping[int, str]) -> None:
        """Write tokens with their positions."""
        with self.connection.cursor() as cursor:
            for ids in _batches(list(texts)):
                rows = [(key, tsvector(texts[key])) for key in ids]
                marks = ",".join(["(%s, %s::tsvector)"] * len(rows))
                cursor.execute(
                    f"INSERT INTO {TABLE} (id, tokens) VALUES {marks} "  # noqa: S608
                    f"ON CONFLICT (id) DO UPDATE SET tokens = EXCLUDED.tokens",
                    [value for row in rows for value in row],
                )

    def having(self, ids: Sequence[int]) -> set[int]:
        """Look up their keys."""
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {TABLE} WHERE id = ANY(%s)", [list(ids)])  # noqa: S608
            return {key for (key,) in cursor.fetchall()}

    def tokens_of_documents(self, ids: Sequence[int]) -> set[str]:
        """Read the vectors."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT DISTINCT unnest(tsvector_to_array(tokens)) FROM {TABLE} "  # noqa: S608
                f"WHERE id = ANY(%s)",
                [list(ids)],
            )
            return {row[0] for row in cursor.fetchall()}

    def postings(self, keys: Sequence[Key]) -> list[BitMap]:
        """Look up every key in a subquery of its own, all in one query."""
        if not keys:
            return []
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT (SELECT string_agg(t.id::text, ',') FROM {TABLE} t "  # noqa: S608
                f"WHERE t.tokens @@ q.key) FROM unnest(%s::tsquery[]) WITH ORDINALITY "
                f"AS q(key, n) ORDER BY q.n",
                [[_tsquery(key) for key in keys]],
            )
            return [_bitmap(row[0]) for row in cursor.fetchall()]

    def beginning(self, keys: Sequence[Key], prefix: str, most: int) -> BitMap:
        """Look up a prefix."""
        query = " & ".join([*map(_tsquery, keys), f"'{prefix}':*"])
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT string_agg(id::text, ',') FROM "  # noqa: S608
                f"(SELECT id FROM {TABLE} WHERE tokens @@ %s::tsquery "
                f"ORDER BY id LIMIT %s) AS found",
                [query, most],
            )
            return _bitmap(cursor.fetchone()[0])


_KINDS: dict[str, type[FulltextTable]] = {
    "sqlite": SqliteFulltext,
    "postgresql": PostgresqlFulltext,
}


def texts_to_read() -> FulltextTable:
    """Return the table of the database that is read from."""
    return _texts(router.db_for_read(SearchDocument))


def texts_to_write() -> FulltextTable:
    """Return the table of the database that is written to."""
    return _texts(router.db_for_write(SearchDocument))


def _texts(alias: str) -> FulltextTable:
    connection = connections[alias]
    return _KINDS[connection.vendor](connection)


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


def _bitmap(ids: str | None) -> BitMap:
    if not ids:
        return BitMap()
    return as_set(np.fromstring(ids, dtype=np.uint32, sep=","))


def _phrase(key: Key) -> str:
    return '"' + " ".join(key) + '"'


def _tsquery(key: Key) -> str:
    return " <-> ".join(f"'{token}'" for token in key)


def tsvector(tokens: str) -> str:
    """Return tokens in the notation of PostgreSQL, each with its place."""
    places = chain(_PLACES, repeat(_PLACES[-1]))
    return "".join(chain.from_iterable(zip(tokens.split(), places, strict=False)))


def tokens_of(fields: Mapping[str, Iterable[str]], parts: Mapping[str, Iterable[str]]) -> str:
    """Return the text of a document for the table: every token with the letter of its field.

    Args:
        fields: stems by field, in the order of the text; folded words for the literal ones.
        parts: stems of parts of compounds, by field; they count less than whole words.
    """
    in_names, elsewhere = set[str](), set[str]()
    for name, found in parts.items():
        (in_names if name in _NAMES else elsewhere).update(found)
    written = [_lettered(letter, fields.get(name, ())) for name, letter in LETTERS.items()]
    for name, found in (("name_parts", in_names), ("parts", elsewhere)):
        written.append(_lettered(LETTERS[name], sorted(found)))
    return " ".join(filter(None, written))


def _lettered(letter: str, tokens: Iterable[str]) -> str:
    """Return tokens with the letter of their field."""
    found = tuple(tokens)
    if not found:
        return ""
    letters = "".join(found).replace(GAP, "")
    if letters.isascii() and letters.isalnum():
        # Nearly all; five times as fast as one by one.
        return (letter + f" {letter}".join(found)).replace(letter + GAP, _GAP_WRITTEN)
    return " ".join(_GAP_WRITTEN if token == GAP else letter + encoded(token) for token in found)
