"""Query expansion: a compound with few results may also match by its rarest part."""

from dataclasses import replace

from socialekaart_plugin.discovery.query.plan import Alternative, Clause, QueryPlan, Trace
from socialekaart_plugin.language import Analyzer, folded_words

from .audience_words import AudienceWords

#: Weight of a part of a word, relative to the whole word.
_WEIGHT = 0.35
#: A part in more than one of so many records is too common.
_MAX_SHARE = 5
#: Parts that say only what kind of activity it is.
_GENERIC_PARTS = frozenset(
    folded_words(
        "activiteit begeleiding bijeenkomst centrum club cursus dienst groep hulp huis les lid "
        "loket middag avond ochtend dag uur week plek punt project service team training "
        "vereniging werk winkel zorg"
    )
)


def expand_compounds(
    plan: QueryPlan, words: AudienceWords, analyzer: Analyzer, number: int
) -> QueryPlan:
    """Return a plan in which compounds may also match by their rarest part.

    "Judoles" also finds "judo voor iedereen", "schaakclub" also "schaken en dammen".

    Args:
        plan: of the query.
        words: those with results for the audience.
        analyzer: splits compounds.
        number: number of all records.
    """
    traces: list[Trace] = []
    clauses = []
    for clause in plan.clauses:
        part = _rarest_part(clause, words, analyzer, number)
        if part:
            traces.append(Trace("compound", f"{clause.typed} → {part}"))
            added = Alternative(tokens=(part,), weight=_WEIGHT, reason="compound", label=part)
            clauses.append(replace(clause, alternatives=(*clause.alternatives, added)))
        else:
            clauses.append(clause)
    return replace(plan, clauses=tuple(clauses), trace=(*plan.trace, *traces))


def _rarest_part(clause: Clause, words: AudienceWords, analyzer: Analyzer, number: int) -> str:
    typed = folded_words(clause.typed)
    if len(typed) != 1:
        return ""
    parts = analyzer.term(typed[0]).parts
    forms = {analyzer.term(word).stem for word in _GENERIC_PARTS}
    having = [
        (count, part)
        for part, count in zip(parts, words.document_counts(parts), strict=True)
        if part not in forms and 0 < count <= max(3, number // _MAX_SHARE)
    ]
    return min(having)[1] if having else ""
