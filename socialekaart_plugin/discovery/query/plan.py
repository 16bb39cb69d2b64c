"""What a query means: clauses that must match, each with its alternatives, and what was read."""

import datetime
from dataclasses import dataclass, field
from typing import Literal

Reason = Literal["typed", "compound", "synonym", "typo", "prefix", "question"]
DayPart = Literal["morning", "afternoon", "evening"]


@dataclass(frozen=True)
class Alternative:
    """One way in which a clause may be matched.

    Either `tokens`, which must all occur in a record (next to each other when `is_phrase`), or
    `clauses`, of which `minimum` must match, or what the help question `question` gathers.

    Attributes:
        tokens: stems, or words as they are written (folded) when `is_literal`.
        clauses: what must match together; for a synonym or compound that spans several words.
        weight: how much a match counts, above 0 up to 1.
        reason: why this was added to what was typed.
        is_phrase: whether the tokens must stand next to each other in one field.
        is_literal: whether the tokens are folded words, not stems: "kaart" without "kaarten".
        label: the words in full, for people.
        minimum: how many of `clauses` must match; 0 is all of them.
        question: slug of a help question.
    """

    tokens: tuple[str, ...] = ()
    clauses: tuple["Clause", ...] = ()
    weight: float = 1.0
    reason: Reason = "typed"
    is_phrase: bool = False
    is_literal: bool = False
    label: str = ""
    minimum: int = 0
    question: str = ""


@dataclass(frozen=True)
class Clause:
    """A word or phrase of the query, and everything that will do for it.

    Attributes:
        typed: as it was typed.
        alternatives: any of these matches; the first is what was typed itself.
    """

    typed: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class When:
    """Days and times someone asks for; empty is no condition.

    Attributes:
        now: what is held or open at this moment.
        dates: on one of these days; with `parts` in one of these parts of them.
        weekdays: on one of these days of the week, 0 is Monday; with `parts` likewise.
        parts: in one of these parts of the day.
    """

    now: bool = False
    dates: tuple[datetime.date, ...] = ()
    weekdays: tuple[int, ...] = ()
    parts: tuple[DayPart, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is asked."""
        return bool(self.now or self.dates or self.weekdays or self.parts)


@dataclass(frozen=True)
class Correction:
    """A word that nothing has, and the word of our own that it was taken for."""

    typed: str
    corrected: str


@dataclass(frozen=True)
class Trace:
    """A step of the plan in words, for who asks why.

    Attributes:
        step: name of the step: "stop_words", "time", "compound", "synonym", "stop_rule", "typo",
            "prefix", "question", "pin", "exclude".
        detail: what it did, with the words it concerns.
    """

    step: str
    detail: str


@dataclass(frozen=True)
class QueryPlan:
    """What a query means.

    Attributes:
        text: as it was typed, cut to what is looked at.
        clauses: what must match; empty matches everything.
        minimum: how many of the clauses a record must match.
        when: days and times that were typed, and taken out of the words.
        when_text: the words they were read from, so that one can undo it.
        pinned: keys of public records that come first, in this order.
        excluded: keys of public records that are left out.
        questions: slugs of the help questions that fit, best first.
        corrections: words that were taken for others.
        is_question: whether it reads as a sentence rather than as words.
        trace: how the plan came about.
    """

    text: str = ""
    clauses: tuple[Clause, ...] = ()
    minimum: int = 0
    when: When = field(default_factory=When)
    when_text: str = ""
    pinned: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    questions: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    is_question: bool = False
    trace: tuple[Trace, ...] = ()
