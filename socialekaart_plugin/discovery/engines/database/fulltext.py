"""The full-text table: stores the tokens of documents, returns the posting list of a token."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat

import numpy as np
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from pyroaring import BitMap

from socialekaart_plugin.discovery.documents import GAP
from socialekaart_plugin.discovery.models import SearchDocument

from .bitmaps import bitmap_of
from .schema import TABLE

#: A token, or the tokens of a phrase; each prefixed with the letter of its field.
Key = tuple[str, ...]

#: Prefix of a token by field, so that one lookup covers both.
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
#: Token between separate texts, which no phrase crosses.
_GAP_MARK = "0"

#: Positions in a tsvector; PostgreSQL has no higher ones.
_LAST_POSITION = 16_383
_POSITIONS = tuple(f":{at} " for at in range(1, _LAST_POSITION + 1))

_SQLITE_MAX_SELECTS = 400
_BATCH = 500


def encode_token(token: str) -> str:
    """Return a token in letters a to z and digits, which no database tokenizer splits."""
    return token if token.isascii() and token.isalnum() else "0x" + token.encode().hex()


def decode_token(token: str) -> str:
    """Invert `encode_token`."""
    return bytes.fromhex(token[2:]).decode() if token.startswith("0x") else token


class FulltextTable(ABC):
    """The table in one kind of database."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        """Use this connection."""
        self.connection = connection

    @abstractmethod
    def replace(self, texts: Mapping[int, str]) -> None:
        """Write tokens, in order, by document key; an empty text deletes the row."""

    @abstractmethod
    def existing(self, ids: Sequence[int]) -> set[int]:
        """Return which of these documents are in the table."""

    @abstractmethod
    def document_tokens(self, ids: Sequence[int]) -> set[str]:
        """Return all tokens of some documents, with field prefix."""

    def words(self, ids: Sequence[int]) -> set[str]:
        """Return the folded words of some documents."""
        letter = LETTERS["literal"]
        tokens = self.document_tokens(ids) if ids else set()
        return {decode_token(token[1:]) for token in tokens if token.startswith(letter)}

    def unused_words(self, words: Iterable[str]) -> list[str]:
        """Return those of these folded words that no document has."""
        asked = list(words)
        keys = [(LETTERS["literal"] + encode_token(word),) for word in asked]
        return [word for word, has in zip(asked, self.postings(keys), strict=True) if not has]

    @abstractmethod
    def postings(self, keys: Sequence[Key]) -> list[BitMap]:
        """Return the posting list of each key; one query per 400 keys."""

    @abstractmethod
    def prefix_matches(self, keys: Sequence[Key], prefix: str, limit: int) -> BitMap:
        """Return at most `limit` documents with all keys and a token with this prefix."""


class SqliteFulltext(FulltextTable):
    """The table as SQLite FTS5."""

    def replace(self, texts: Mapping[int, str]) -> None:
        """Delete and insert, because FTS5 has no upsert."""
        with self.connection.cursor() as cursor:
            for ids in _batches(list(texts)):
                marks = ",".join(["%s"] * len(ids))
                cursor.execute(f"DELETE FROM {TABLE} WHERE rowid IN ({marks})", ids)  # noqa: S608
            rows = [(key, tokens) for key, tokens in texts.items() if tokens]
            cursor.executemany(f"INSERT INTO {TABLE} (rowid, tokens) VALUES (%s, %s)", rows)  # noqa: S608

    def existing(self, ids: Sequence[int]) -> set[int]:
        """Look up their keys."""
        found: set[int] = set()
        with self.connection.cursor() as cursor:
            for some in _batches(list(ids)):
                marks = ",".join(["%s"] * len(some))
                cursor.execute(f"SELECT rowid FROM {TABLE} WHERE rowid IN ({marks})", some)  # noqa: S608
                found.update(key for (key,) in cursor.fetchall())
        return found

    def document_tokens(self, ids: Sequence[int]) -> set[str]:
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
        """Combine one SELECT per key in one query."""
        found: list[BitMap] = []
        select = f"SELECT group_concat(rowid) FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608
        with self.connection.cursor() as cursor:
            for start in range(0, len(keys), _SQLITE_MAX_SELECTS):
                some = keys[start : start + _SQLITE_MAX_SELECTS]
                cursor.execute(" UNION ALL ".join([select] * len(some)), list(map(_phrase, some)))
                found += [_bitmap(row[0]) for row in cursor.fetchall()]
        return found

    def prefix_matches(self, keys: Sequence[Key], prefix: str, limit: int) -> BitMap:
        """Look up a prefix."""
        query = " AND ".join([*map(_phrase, keys), f'"{prefix}" *'])
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT group_concat(rowid) FROM "  # noqa: S608
                f"(SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s "
                f"ORDER BY rowid LIMIT %s)",
                [query, limit],
            )
            return _bitmap(cursor.fetchone()[0])


class PostgresqlFulltext(FulltextTable):
    """The table as a PostgreSQL tsvector with a GIN index."""

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

    def existing(self, ids: Sequence[int]) -> set[int]:
        """Look up their keys."""
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {TABLE} WHERE id = ANY(%s)", [list(ids)])  # noqa: S608
            return {key for (key,) in cursor.fetchall()}

    def document_tokens(self, ids: Sequence[int]) -> set[str]:
        """Read the vectors."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT DISTINCT unnest(tsvector_to_array(tokens)) FROM {TABLE} "  # noqa: S608
                f"WHERE id = ANY(%s)",
                [list(ids)],
            )
            return {row[0] for row in cursor.fetchall()}

    def postings(self, keys: Sequence[Key]) -> list[BitMap]:
        """Combine one subquery per key in one query."""
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

    def prefix_matches(self, keys: Sequence[Key], prefix: str, limit: int) -> BitMap:
        """Look up a prefix."""
        query = " & ".join([*map(_tsquery, keys), f"'{prefix}':*"])
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT string_agg(id::text, ',') FROM "  # noqa: S608
                f"(SELECT id FROM {TABLE} WHERE tokens @@ %s::tsquery "
                f"ORDER BY id LIMIT %s) AS found",
                [query, limit],
            )
            return _bitmap(cursor.fetchone()[0])


_KINDS: dict[str, type[FulltextTable]] = {
    "sqlite": SqliteFulltext,
    "postgresql": PostgresqlFulltext,
}


def fulltext_for_read() -> FulltextTable:
    """Return the table in the database for reads."""
    return _fulltext(router.db_for_read(SearchDocument))


def fulltext_for_write() -> FulltextTable:
    """Return the table in the database for writes."""
    return _fulltext(router.db_for_write(SearchDocument))


def _fulltext(alias: str) -> FulltextTable:
    connection = connections[alias]
    return _KINDS[connection.vendor](connection)


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


def _bitmap(ids: str | None) -> BitMap:
    if not ids:
        return BitMap()
    return bitmap_of(np.fromstring(ids, dtype=np.uint32, sep=","))


def _phrase(key: Key) -> str:
    return '"' + " ".join(key) + '"'


def _tsquery(key: Key) -> str:
    return " <-> ".join(f"'{token}'" for token in key)


def tsvector(tokens: str) -> str:
    """Return tokens in the notation of PostgreSQL, with positions."""
    places = chain(_POSITIONS, repeat(_POSITIONS[-1]))
    return "".join(chain.from_iterable(zip(tokens.split(), places, strict=False)))


def tokens_of(fields: Mapping[str, Iterable[str]], parts: Mapping[str, Iterable[str]]) -> str:
    """Return the text of a document for the table: all tokens, with field prefix.

    Args:
        fields: stems by field, in text order; folded words for the literal fields.
        parts: stems of parts of compounds, by field; they score less than whole words.
    """
    in_names, elsewhere = set[str](), set[str]()
    for name, found in parts.items():
        (in_names if name in _NAMES else elsewhere).update(found)
    written = [_prefixed(letter, fields.get(name, ())) for name, letter in LETTERS.items()]
    for name, found in (("name_parts", in_names), ("parts", elsewhere)):
        written.append(_prefixed(LETTERS[name], sorted(found)))
    return " ".join(filter(None, written))


def _prefixed(letter: str, tokens: Iterable[str]) -> str:
    """Return tokens with their field prefix."""
    found = tuple(tokens)
    if not found:
        return ""
    letters = "".join(found).replace(GAP, "")
    if letters.isascii() and letters.isalnum():
        # The common case; five times as fast as one by one.
        return (letter + f" {letter}".join(found)).replace(letter + GAP, _GAP_MARK)
    return " ".join(_GAP_MARK if token == GAP else letter + encode_token(token) for token in found)
