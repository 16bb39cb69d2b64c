"""The query plan: clauses that must match, their alternatives, times and help questions."""

import datetime
from dataclasses import dataclass, field
from typing import Literal

Reason = Literal["typed", "compound", "synonym", "typo", "prefix", "question"]
DayPart = Literal["morning", "afternoon", "evening"]


@dataclass(frozen=True)
class Alternative:
    """One way to match a clause.

    Either `tokens`, which must all occur in a record (next to each other when `is_phrase`), or
    `clauses`, of which `minimum` must match, or the records of the help question `question`.

    Attributes:
        tokens: stems, or exact folded words when `is_literal`.
        clauses: for a synonym or compound of several words.
        weight: how much a match counts, above 0 up to 1.
        reason: why it is in the plan.
        is_phrase: whether the tokens must be adjacent in one field.
        is_literal: whether the tokens are folded words, not stems: "kaart" without "kaarten".
        label: the words in full, for display.
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
    """A word or phrase of the query, and the alternatives that match it.

    Attributes:
        typed: as it was typed.
        alternatives: any of these matches; the first is the typed text itself.
    """

    typed: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class When:
    """Days and times to search for; empty is no condition.

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
        """Tell whether there is any condition."""
        return bool(self.now or self.dates or self.weekdays or self.parts)


@dataclass(frozen=True)
class Correction:
    """A spelling correction: an unknown word, and the known word that replaces it."""

    typed: str
    corrected: str


@dataclass(frozen=True)
class Trace:
    """A planning step, for explanations.

    Attributes:
        step: name of the step: "stop_words", "time", "compound", "synonym", "stop_rule", "typo",
            "prefix", "question", "pin", "exclude".
        detail: what it did, with the words concerned.
    """

    step: str
    detail: str


@dataclass(frozen=True)
class QueryPlan:
    """The plan of a query.

    Attributes:
        text: as typed, cut to its maximum length.
        clauses: what must match; empty matches everything.
        minimum: how many of the clauses a record must match.
        when: days and times in the text, which are not in the clauses.
        when_text: the words they were parsed from, so that visitors can undo it.
        pinned: keys of public records that come first, in this order.
        excluded: keys of public records that are left out.
        questions: slugs of the help questions that fit, best first.
        corrections: of spelling.
        is_question: whether the text is a sentence rather than keywords.
        trace: the planning steps.
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
