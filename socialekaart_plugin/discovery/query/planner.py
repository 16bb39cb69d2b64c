"""The plan of a query, step by step: times, quotes, words, what each leads to, questions."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from socialekaart_plugin.language import Analyzer, folded_words

from .clauses import ClauseMaker
from .compiled_rules import prepare
from .known_words import Vocabulary
from .limits import QUERY_MAX_LENGTH, QUERY_MAX_WORDS
from .plan import QueryPlan, Trace, When
from .pruning import bounded
from .time_phrases import read_times as times_in
from .tokenizer import TypedWords, read_words
from .wording_rules import PlanRules

_OPENING_WORDS = """
er geen ik mijn wij we ons onze waar waarom wanneer hoe wie wat welke hoeveel kan kun kunt kunnen
wil willen mag mogen moet heb hebben is zijn met bij zoek help
i my where how who what when which can could do does
"""
#: What sentences begin with; who types a name or a subject does not.
_OPENINGS = frozenset(_OPENING_WORDS.split())
#: So many words that say something make a sentence, whatever it begins with.
_WORDS_OF_A_SENTENCE = 4


def build_plan(
    text: str,
    *,
    rules: PlanRules,
    analyzer: Analyzer,
    today: datetime.date,
    read_times: bool = True,
    vocabulary: Vocabulary | None = None,
) -> QueryPlan:
    """Make the plan of a query.

    Args:
        text: what was typed; anything.
        rules: what editors decided.
        analyzer: cuts text into words; the one that records were read with.
        today: what "vandaag" is.
        read_times: whether days and times in the text become a condition.
        vocabulary: what can be found; with it, a word that nothing has is completed, or taken for
            one that resembles it.

    Returns:
        A plan within the bounds of `bounds`: never more work than that, whatever was typed.
    """
    text = text.replace("\x00", " ")[:QUERY_MAX_LENGTH].strip()
    when, when_text, rest = times_in(text, today) if read_times else (When(), "", text)
    maker = ClauseMaker(prepare(rules, analyzer), analyzer, vocabulary)
    plan = _plan_of_words(read_words(rest, analyzer), maker, has_time=bool(when))
    decided = _decided(text, rules)
    return replace(
        plan,
        text=text,
        when=when,
        when_text=when_text,
        pinned=decided.pinned,
        excluded=decided.excluded,
        trace=(*_traces("time", when_text), *plan.trace, *decided.trace),
    )


def _plan_of_words(typed: TypedWords, maker: ClauseMaker, *, has_time: bool) -> QueryPlan:
    """Make the plan of what is left when times are read: clauses, and what they lead to."""
    said = _said(typed, has_more=has_time or bool(typed.phrases))
    groups = maker.grouper.groups(typed.words, said)
    clauses = bounded([*map(maker.of_group, groups), *map(maker.of_phrase, typed.phrases)])
    left_out = [word for at, word in enumerate(typed.words) if at not in said]
    is_question = _is_question(typed, len(said))
    questions = maker.prepared.questions.fitting(
        clauses, [word.stem for word in left_out], is_sentence=is_question
    )
    return QueryPlan(
        clauses=clauses,
        minimum=len(clauses),
        questions=tuple(questions),
        corrections=tuple(dict.fromkeys(maker.corrections)),
        is_question=is_question,
        trace=(
            *_traces("stop_words", " ".join(word.word for word in left_out)),
            *maker.trace,
            *_traces("question", *questions),
        ),
    )


def corrected_text(plan: QueryPlan) -> str:
    """Return what was typed with every word corrected that the plan took for another."""
    text = plan.text
    for correction in plan.corrections:
        typed = re.compile(rf"(?<!\w){re.escape(correction.typed)}(?!\w)", re.IGNORECASE)
        text = typed.sub(correction.corrected, text)
    return text


class _Decided(NamedTuple):
    """What editors decided for this one query."""

    pinned: tuple[int, ...]
    excluded: tuple[int, ...]
    trace: tuple[Trace, ...]


def _decided(text: str, rules: PlanRules) -> _Decided:
    query = " ".join(folded_words(text))
    pinned, excluded = rules.pinned.get(query, ()), rules.excluded.get(query, ())
    steps = {"pin": pinned, "exclude": excluded}
    return _Decided(
        pinned, excluded, tuple(Trace(step, query) for step, records in steps.items() if records)
    )


def _said(typed: TypedWords, *, has_more: bool) -> frozenset[int]:
    """Return the places of the words that say something; of stop words alone, all of them."""
    said = [at for at, word in enumerate(typed.words) if not word.term.is_stop]
    if not said and not has_more:
        said = list(range(min(len(typed.words), QUERY_MAX_WORDS)))
    return frozenset(said)


def _is_question(typed: TypedWords, said: int) -> bool:
    words = typed.words
    opens = len(words) > 1 and words[0].run == 0 and words[0].word in _OPENINGS
    return opens or said >= _WORDS_OF_A_SENTENCE


def _traces(step: str, *details: str) -> Iterator[Trace]:
    return (Trace(step, detail) for detail in details if detail)
