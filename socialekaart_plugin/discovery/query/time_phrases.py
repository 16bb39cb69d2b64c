"""Days and times that were typed among the words: "dinsdagavond", "vandaag", "nu open"."""

import bisect
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from socialekaart_plugin.language import fold

from .plan import When
from .time_patterns import PATTERNS
from .tokenizer import quoted

# A date with hyphens or slashes is one piece, and so is "t/m"; else a slash or comma parts words.
_PIECE = re.compile(
    r"\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?(?![\w/-])|t/m\b|[^\s/,;:()!?&+]+", re.IGNORECASE
)
_AROUND = "\"'`´‘’‛“”„«».*"
#: What no pattern matches: a piece between quotes, and one that was read before.
_CLOSED, _READ = "\x02", "\x01"
#: Between two times these are no words of their own.
_BETWEEN = re.compile(r"(?<=\x01 )(?:en|of|and|or|op|tot|t/m|tm)(?= \x01)")
#: "open" belongs to the time it stands before, and to one it stands after when nothing follows.
_OPEN_BEFORE = re.compile(
    r"(?<!\S)(?:(?:is|zijn|wie|wat|er) )*(?:open|geopend)(?: (?:op|is|in|van))?(?= \x01)"
)
_OPEN_AFTER = re.compile(r"(?<=\x01 )(?:(?:nog|er|iets|iemand|ook|is|zijn|wel) )*(?:open|geopend)$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of the text: where it stands, and how it reads."""

    start: int
    end: int
    text: str


def read_times(text: str, today: datetime.date) -> tuple[When, str, str]:
    """Read days and times, and take them out of the words.

    Only what stands on its own is read: not the evening of "Avondvierdaagse", nor what is between
    quotes.

    Args:
        text: what was typed.
        today: what "vandaag" is; dates without a year come after it.

    Returns:
        The times; the words they were read from; and what is left of the text. Several times
        are joined: "dinsdag of woensdag" are two days of the week. Without times the text is
        left as it is.
    """
    pieces = list(_pieces(text))
    line = _Line(pieces)
    found = When()
    for pattern, read in PATTERNS:
        for match in line.matches(pattern):
            when = read(match, today)
            if when is not None:
                found = _together(found, when)
                line.take(match)
    if not found:
        return When(), "", text
    for pattern in (_BETWEEN, _OPEN_BEFORE, _OPEN_AFTER):
        for match in line.matches(pattern):
            line.take(match)
    return found, *_parted(text, [piece for piece, is_read in line.read() if is_read])


class _Line:
    """The pieces of a text in one line, a space between each two, for patterns to be looked for."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces
        self._texts = [piece.text for piece in pieces]
        self._is_read = [False] * len(pieces)

    def matches(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Return where a pattern is found now."""
        return list(pattern.finditer(" ".join(self._texts)))

    def take(self, match: re.Match[str]) -> None:
        """Close the pieces of a match to every next pattern; matches of one line stay in place."""
        starts = [0]
        for text in match.string.split(" ")[:-1]:
            starts.append(starts[-1] + len(text) + 1)
        first = bisect.bisect_right(starts, match.start()) - 1
        for place in range(first, bisect.bisect_left(starts, match.end())):
            self._texts[place] = _READ
            self._is_read[place] = True

    def read(self) -> Iterator[tuple[_Piece, bool]]:
        """Yield every piece, and whether it was taken."""
        return zip(self._pieces, self._is_read, strict=True)


def _pieces(text: str) -> Iterator[_Piece]:
    closed = [(start, end) for start, end, _inside in quoted(text)]
    for found in _PIECE.finditer(text):
        folded = fold(found[0]).strip(_AROUND).replace(" ", "")
        is_closed = any(start < found.end() and found.start() < end for start, end in closed)
        yield _Piece(found.start(), found.end(), _CLOSED if is_closed else folded or _CLOSED)


def _together(one: When, other: When) -> When:
    return When(
        now=one.now or other.now,
        dates=tuple(sorted({*one.dates, *other.dates})),
        weekdays=tuple(sorted({*one.weekdays, *other.weekdays})),
        parts=tuple(dict.fromkeys((*one.parts, *other.parts))),
    )


def _parted(text: str, read: list[_Piece]) -> tuple[str, str]:
    """Return the words that were read, in order, and the text without them."""
    taken: list[str] = []
    kept: list[str] = []
    end = 0
    for piece in read:
        between = text[end : piece.start]
        if taken and not between.strip(_AROUND + " ,/"):
            taken[-1] += between + text[piece.start : piece.end]
        else:
            taken.append(text[piece.start : piece.end])
        kept.append(between)
        end = piece.end
    kept.append(text[end:])
    rest = " ".join(" ".join(kept).split()).strip(" ,/;:!?&+.-")
    return " ".join(taken), rest
