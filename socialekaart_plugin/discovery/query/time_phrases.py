"""Finds days and times in a query ("dinsdagavond", "vandaag", "nu open"), and removes them."""

import bisect
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from socialekaart_plugin.language import fold

from .plan import When
from .time_patterns import PATTERNS
from .tokenizer import quoted

# A date with hyphens or slashes is one piece, and so is "t/m"; else these separate words.
_PIECE = re.compile(
    r"\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?(?![\w/-])|t/m\b|[^\s/,;:()!?&+]+", re.IGNORECASE
)
_PUNCTUATION = "\"'`´‘’‛“”„«».*"
#: Placeholders that no pattern matches: a quoted piece, and a piece that was matched before.
_OPAQUE, _TAKEN = "\x02", "\x01"
#: Conjunctions between two times, which are removed as well.
_CONJUNCTION = re.compile(r"(?<=\x01 )(?:en|of|and|or|op|tot|t/m|tm)(?= \x01)")
#: "open" before a time, or after a time at the end, is removed as well.
_OPEN_BEFORE = re.compile(
    r"(?<!\S)(?:(?:is|zijn|wie|wat|er) )*(?:open|geopend)(?: (?:op|is|in|van))?(?= \x01)"
)
_OPEN_AFTER = re.compile(r"(?<=\x01 )(?:(?:nog|er|iets|iemand|ook|is|zijn|wel) )*(?:open|geopend)$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of the text: its position, and its normalised form."""

    start: int
    end: int
    text: str


def parse_times(text: str, today: datetime.date) -> tuple[When, str, str]:
    """Parse days and times, and remove them from the text.

    Matches whole words only (not "Avondvierdaagse"), and nothing between quotes.

    Args:
        text: as typed.
        today: the date of "vandaag"; dates without a year are in the future.

    Returns:
        The times; the words they were parsed from; and the rest of the text. Several times are
        merged: "dinsdag of woensdag" gives two weekdays. Without times the text is unchanged.
    """
    pieces = list(_pieces(text))
    line = _Line(pieces)
    found = When()
    for pattern, read in PATTERNS:
        for match in line.matches(pattern):
            when = read(match, today)
            if when is not None:
                found = _merged(found, when)
                line.take(match)
    if not found:
        return When(), "", text
    for pattern in (_CONJUNCTION, _OPEN_BEFORE, _OPEN_AFTER):
        for match in line.matches(pattern):
            line.take(match)
    return found, *_split(text, [piece for piece, is_taken in line.read() if is_taken])


class _Line:
    """The pieces of a text joined by spaces, for pattern matching."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces
        self._texts = [piece.text for piece in pieces]
        self._is_taken = [False] * len(pieces)

    def matches(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Return the matches of a pattern among the pieces not taken yet."""
        return list(pattern.finditer(" ".join(self._texts)))

    def take(self, match: re.Match[str]) -> None:
        """Hide the pieces of a match from later patterns; other matches stay valid."""
        starts = [0]
        for text in match.string.split(" ")[:-1]:
            starts.append(starts[-1] + len(text) + 1)
        first = bisect.bisect_right(starts, match.start()) - 1
        for place in range(first, bisect.bisect_left(starts, match.end())):
            self._texts[place] = _TAKEN
            self._is_taken[place] = True

    def read(self) -> Iterator[tuple[_Piece, bool]]:
        """Yield each piece, and whether it was taken."""
        return zip(self._pieces, self._is_taken, strict=True)


def _pieces(text: str) -> Iterator[_Piece]:
    quotes = [(start, end) for start, end, _inside in quoted(text)]
    for found in _PIECE.finditer(text):
        folded = fold(found[0]).strip(_PUNCTUATION).replace(" ", "")
        is_quoted = any(start < found.end() and found.start() < end for start, end in quotes)
        yield _Piece(found.start(), found.end(), _OPAQUE if is_quoted else folded or _OPAQUE)


def _merged(one: When, other: When) -> When:
    return When(
        now=one.now or other.now,
        dates=tuple(sorted({*one.dates, *other.dates})),
        weekdays=tuple(sorted({*one.weekdays, *other.weekdays})),
        parts=tuple(dict.fromkeys((*one.parts, *other.parts))),
    )


def _split(text: str, read: list[_Piece]) -> tuple[str, str]:
    """Return the words that were taken, in order, and the text without them."""
    taken: list[str] = []
    kept: list[str] = []
    end = 0
    for piece in read:
        between = text[end : piece.start]
        if taken and not between.strip(_PUNCTUATION + " ,/"):
            taken[-1] += between + text[piece.start : piece.end]
        else:
            taken.append(text[piece.start : piece.end])
        kept.append(between)
        end = piece.end
    kept.append(text[end:])
    rest = " ".join(" ".join(kept).split()).strip(" ,/;:!?&+.-")
    return " ".join(taken), rest
