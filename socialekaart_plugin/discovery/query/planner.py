"""Plans a query, step by step: times, phrases, words with alternatives, help questions."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from socialekaart_plugin.language import Analyzer, folded_words

from .clauses import ClauseMaker
from .compiled_rules import compile_rules
from .known_words import KnownWords
from .limits import QUERY_MAX_LENGTH, QUERY_MAX_WORDS
from .plan import QueryPlan, Trace, When
from .pruning import prune
from .time_phrases import parse_times
from .tokenizer import TypedWords, read_words
from .wording_rules import PlanRules

_OPENING_WORDS = """
er geen ik mijn wij we ons onze waar waarom wanneer hoe wie wat welke hoeveel kan kun kunt kunnen
wil willen mag mogen moet heb hebben is zijn met bij zoek help
i my where how who what when which can could do does
"""
#: First words of sentences.
_OPENINGS = frozenset(_OPENING_WORDS.split())
#: This many words (without stop words) count as a sentence, whatever the first word.
_WORDS_OF_A_SENTENCE = 4


def build_plan(
    text: str,
    *,
    rules: PlanRules,
    analyzer: Analyzer,
    today: datetime.date,
    read_times: bool = True,
    vocabulary: KnownWords | None = None,
) -> QueryPlan:
    """Make the plan of a query.

    Args:
        text: as typed; any text.
        rules: of editors.
        analyzer: splits text into words; the same as for indexing.
        today: the date of "vandaag".
        read_times: whether days and times in the text become a condition.
        vocabulary: known words; with these, unknown words are completed or corrected.

    Returns:
        A plan within `limits`, whatever the text.
    """
    text = text.replace("\x00", " ")[:QUERY_MAX_LENGTH].strip()
    when, when_text, rest = parse_times(text, today) if read_times else (When(), "", text)
    maker = ClauseMaker(compile_rules(rules, analyzer), analyzer, vocabulary)
    plan = _plan_of_words(read_words(rest, analyzer), maker, has_time=bool(when))
    rule = _query_rules(text, rules)
    return replace(
        plan,
        text=text,
        when=when,
        when_text=when_text,
        pinned=rule.pinned,
        excluded=rule.excluded,
        trace=(*_traces("time", when_text), *plan.trace, *rule.trace),
    )


def _plan_of_words(typed: TypedWords, maker: ClauseMaker, *, has_time: bool) -> QueryPlan:
    """Make the plan of the text without times: clauses and help questions."""
    content = _content(typed, has_more=has_time or bool(typed.phrases))
    groups = maker.grouper.groups(typed.words, content)
    clauses = prune([*map(maker.of_group, groups), *map(maker.of_phrase, typed.phrases)])
    left_out = [word for at, word in enumerate(typed.words) if at not in content]
    is_question = _is_question(typed, len(content))
    questions = maker.rules.questions.fitting(
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
    """Return the text with the spelling corrections of the plan applied."""
    text = plan.text
    for correction in plan.corrections:
        typed = re.compile(rf"(?<!\w){re.escape(correction.typed)}(?!\w)", re.IGNORECASE)
        text = typed.sub(correction.corrected, text)
    return text


class _QueryRules(NamedTuple):
    """The rules of editors for this query."""

    pinned: tuple[int, ...]
    excluded: tuple[int, ...]
    trace: tuple[Trace, ...]


def _query_rules(text: str, rules: PlanRules) -> _QueryRules:
    query = " ".join(folded_words(text))
    pinned, excluded = rules.pinned.get(query, ()), rules.excluded.get(query, ())
    steps = {"pin": pinned, "exclude": excluded}
    return _QueryRules(
        pinned, excluded, tuple(Trace(step, query) for step, records in steps.items() if records)
    )


def _content(typed: TypedWords, *, has_more: bool) -> frozenset[int]:
    """Return the positions of words that are no stop words; all positions if there are none."""
    content = [at for at, word in enumerate(typed.words) if not word.term.is_stop]
    if not content and not has_more:
        content = list(range(min(len(typed.words), QUERY_MAX_WORDS)))
    return frozenset(content)


def _is_question(typed: TypedWords, content: int) -> bool:
    words = typed.words
    opens = len(words) > 1 and words[0].run == 0 and words[0].word in _OPENINGS
    return opens or content >= _WORDS_OF_A_SENTENCE


def _traces(step: str, *details: str) -> Iterator[Trace]:
    return (Trace(step, detail) for detail in details if detail)
