"""Describes a query plan in plain words, for editors on the test bench."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socialekaart_plugin.discovery.query.plan import Alternative, QueryPlan, When

_REASONS = {
    "typed": gettext_lazy("as typed"),
    "compound": gettext_lazy("compound"),
    "synonym": gettext_lazy("synonym"),
    "typo": gettext_lazy("typing error"),
    "prefix": gettext_lazy("first part of a word"),
}

_STEPS = {
    "stop_words": gettext_lazy("Words that say nothing"),
    "time": gettext_lazy("Days and times"),
    "compound": gettext_lazy("Compound"),
    "synonym": gettext_lazy("Synonym"),
    "stop_rule": gettext_lazy("Stop rule"),
    "typo": gettext_lazy("Typing error"),
    "prefix": gettext_lazy("First part of a word"),
    "question": gettext_lazy("Help question"),
    "pin": gettext_lazy("Comes first"),
    "exclude": gettext_lazy("Is left out"),
}

_PARTS = {
    "morning": gettext_lazy("in the morning"),
    "afternoon": gettext_lazy("in the afternoon"),
    "evening": gettext_lazy("in the evening"),
}


@dataclass(frozen=True)
class Way:
    """One alternative for a word.

    Attributes:
        words: to search for.
        reason: why, in words.
        code: why, for its colour.
        note: how strictly it is matched; empty for the ordinary way.
    """

    words: str
    reason: str
    code: str
    note: str


@dataclass(frozen=True)
class Word:
    """A word of the query, and its alternatives."""

    typed: str
    ways: list[Way]


def words_of(plan: QueryPlan) -> list[Word]:
    """Return the words of a plan; alternatives with the same text appear once."""
    return [
        Word(clause.typed, list(dict.fromkeys(_way(one) for one in clause.alternatives)))
        for clause in plan.clauses
    ]


def steps_of(plan: QueryPlan) -> list[tuple[str, str]]:
    """Return the planning steps: name and detail."""
    return [(str(_STEPS.get(trace.step, trace.step)), trace.detail) for trace in plan.trace]


def when_in_words(when: When) -> str:
    """Return the days and times of a query as text; empty without any."""
    parts = [str(_PARTS[part]) for part in when.parts]
    days = [date_format(day, "DATE_FORMAT") for day in when.dates]
    days += [str(WEEKDAYS[weekday]) for weekday in when.weekdays]
    return capfirst(", ".join([_("now")] * when.now + days + parts))


def _way(alternative: Alternative) -> Way:
    notes = []
    if alternative.is_phrase:
        notes.append(_("these words next to each other"))
    if alternative.is_literal:
        notes.append(_("exactly as written"))
    return Way(
        words=alternative.label or " + ".join(_named(alternative)),
        reason=str(_REASONS[alternative.reason]),
        code=alternative.reason,
        note=", ".join(notes),
    )


def _named(alternative: Alternative) -> Iterator[str]:
    yield from alternative.tokens
    yield from (clause.typed for clause in alternative.clauses)
