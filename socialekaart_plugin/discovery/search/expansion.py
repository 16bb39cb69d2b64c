"""A compound that hardly any record has: then its most telling part will do."""

from dataclasses import replace

from socialekaart_plugin.discovery.query.plan import Alternative, Clause, QueryPlan, Trace
from socialekaart_plugin.language import Analyzer, folded_words

from .audience_words import KnownWords

#: How much the part of a word counts that was typed whole.
_WEIGHT = 0.35
#: A part that more records have than one in so many tells nothing.
_ONE_IN = 5
#: Parts that only tell in what form something is done.
_FORMS = frozenset(
    folded_words(
        "activiteit begeleiding bijeenkomst centrum club cursus dienst groep hulp huis les lid "
        "loket middag avond ochtend dag uur week plek punt project service team training "
        "vereniging werk winkel zorg"
    )
)


def expanded(plan: QueryPlan, words: KnownWords, analyzer: Analyzer, number: int) -> QueryPlan:
    """Return a plan in which compounds may also be matched by their most telling part.

    "Judoles" also finds "judo voor iedereen", "schaakclub" also "schaken en dammen".

    Args:
        plan: as made from what was typed.
        words: what the audience can find.
        analyzer: what takes compounds apart.
        number: how many records there are in all.
    """
    traces: list[Trace] = []
    clauses = []
    for clause in plan.clauses:
        part = _telling_part(clause, words, analyzer, number)
        if part:
            traces.append(Trace("compound", f"{clause.typed} → {part}"))
            added = Alternative(tokens=(part,), weight=_WEIGHT, reason="compound", label=part)
            clauses.append(replace(clause, alternatives=(*clause.alternatives, added)))
        else:
            clauses.append(clause)
    return replace(plan, clauses=tuple(clauses), trace=(*plan.trace, *traces))


def _telling_part(clause: Clause, words: KnownWords, analyzer: Analyzer, number: int) -> str:
    typed = folded_words(clause.typed)
    if len(typed) != 1:
        return ""
    parts = analyzer.term(typed[0]).parts
    forms = {analyzer.term(word).stem for word in _FORMS}
    having = [
        (count, part)
        for part, count in zip(parts, words.numbers(parts), strict=True)
        if part not in forms and 0 < count <= max(3, number // _ONE_IN)
    ]
    return min(having)[1] if having else ""
