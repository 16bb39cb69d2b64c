"""The search pipeline: plan the query, ask the engine, retry with corrections, label results."""

import datetime
from dataclasses import replace

from django.utils import timezone

from socialekaart_plugin.discovery.engines import current_engine
from socialekaart_plugin.discovery.engines.base import Engine, EngineQuery, EngineResults, Near
from socialekaart_plugin.discovery.query import build_plan, read_postcode
from socialekaart_plugin.discovery.query.plan import Alternative, Clause, QueryPlan, When
from socialekaart_plugin.discovery.query.wording_rules import PlanRules
from socialekaart_plugin.discovery.selectors import analyzer_with, current_analyzer, plan_rules
from socialekaart_plugin.language import Analyzer
from socialekaart_plugin.publication.rules import as_of

from .audience_words import AudienceWords
from .expansion import expand_compounds
from .explanation import explanation_of
from .highlights import Highlighter
from .options import options_of
from .relaxation import FEW, find_relaxations, fitting_questions
from .request import MAX_OFFSET, Found, SearchRequest, SearchResults, UnknownPostcode

#: Matches by help question count less than matches by word.
_QUESTION_WEIGHT = 0.5


def search(request: SearchRequest, *, rules: PlanRules | None = None) -> SearchResults:
    """Search public records.

    Args:
        request: what to search for.
        rules: of editors; given only to try other rules.

    Raises:
        LookupError: a facet that does not exist.
        UnknownPostcode: no place has this postcode.
    """
    engine = current_engine(current_analyzer)
    return _Search(request, engine, rules or plan_rules(engine.decided)).results()


class _Search:
    """One run of the pipeline."""

    def __init__(self, request: SearchRequest, engine: Engine, rules: PlanRules) -> None:
        """Prepare for one state of the index."""
        self.request = request
        self.engine = engine
        self.rules = rules
        self.analyzer: Analyzer = analyzer_with(rules.compounds)
        self.now = timezone.now()
        self.near = self._near()

    def results(self) -> SearchResults:
        """Run all steps."""
        request, engine = self.request, self.engine
        plan = self._plan()
        query = self._query(plan)
        answer = engine.search(query)
        if answer.total < FEW and plan.clauses:
            plan, query, answer = self._corrected(plan, query, answer)
        if plan.questions and plan.clauses and (plan.is_question or answer.total < FEW):
            answer = engine.search(_with_question(query, plan))
        is_little = answer.total < FEW
        return SearchResults(
            found=self._found(plan, answer),
            total=answer.total,
            options=options_of(engine, request, answer),
            plan=plan,
            corrections=plan.corrections,
            near=self.near,
            relaxations=find_relaxations(engine, query, answer.total) if is_little else (),
            questions=fitting_questions(engine, plan.questions, request.audience),
        )

    def _plan(self, words: AudienceWords | None = None) -> QueryPlan:
        plan = build_plan(
            self.request.text,
            rules=self.rules,
            analyzer=self.analyzer,
            today=timezone.localdate(self.now),
            read_times=self.request.read_times,
            vocabulary=words,
        )
        # A sentence need not match with all its words.
        is_sentence = plan.is_question and bool(plan.clauses)
        return replace(plan, minimum=max(1, len(plan.clauses) // 2)) if is_sentence else plan

    def _corrected(
        self, plan: QueryPlan, query: EngineQuery, answer: EngineResults
    ) -> tuple[QueryPlan, EngineQuery, EngineResults]:
        """Search again with spelling correction and query expansion; keep the better results."""
        if self.request.correct:
            words = AudienceWords(self.engine, self.request.audience, self.analyzer)
            everything = EngineQuery(audience=self.request.audience, limit=0)
            [number] = self.engine.totals([everything])
            other = expand_compounds(self._plan(words), words, self.analyzer, number)
            if other.clauses != plan.clauses:
                asked = self._query(other)
                found = self.engine.search(asked)
                if found.total > answer.total:
                    plan, query, answer = other, asked, found
        return plan, query, answer

    def _query(self, plan: QueryPlan) -> EngineQuery:
        request = self.request
        return EngineQuery(
            clauses=plan.clauses,
            minimum=plan.minimum,
            facets=request.facets,
            near=self.near,
            when=_merged_times(plan.when, request),
            now=self.now,
            age=request.age,
            verified_since=request.verified_since,
            audience=request.audience,
            pinned=plan.pinned,
            excluded=plan.excluded,
            sort=request.sort,
            offset=min(max(0, request.offset), MAX_OFFSET),
            limit=max(0, request.limit),
            counted=request.counted,
            explain=request.explain,
        )

    def _near(self) -> Near | None:
        request = self.request
        if request.near is not None:
            own = request.near.radius
            return replace(request.near, radius=request.radius if own is None else own)
        if not request.postcode:
            return None
        postcode = read_postcode(request.postcode)
        point = self.engine.point_of(postcode, audience=request.audience) if postcode else None
        if point is None:
            raise UnknownPostcode(request.postcode)
        return Near(*point, radius=request.radius)

    def _found(self, plan: QueryPlan, answer: EngineResults) -> list[Found]:
        today: datetime.date = timezone.localdate(self.now)
        highlighter = Highlighter(plan.clauses, self.analyzer)
        return [
            Found(
                payload=as_of(hit.payload, today),
                distance=hit.distance,
                name=highlighter.name(hit.payload),
                snippet=highlighter.snippet(hit.payload),
                is_pinned=hit.is_pinned,
                explanation=explanation_of(hit) if self.request.explain else (),
            )
            for hit in answer.hits
        ]


def _with_question(query: EngineQuery, plan: QueryPlan) -> EngineQuery:
    """Return a query that also matches the records of the best help question."""
    words = Alternative(clauses=query.clauses, minimum=query.minimum)
    gathered = Alternative(
        question=plan.questions[0], weight=_QUESTION_WEIGHT, reason="question", label=plan.text
    )
    return replace(query, clauses=(Clause(plan.text, (words, gathered)),), minimum=1)


def _merged_times(typed: When, request: SearchRequest) -> When:
    """Merge the times in the text with the chosen filters, which take precedence."""
    return When(
        now=typed.now or request.open_now,
        dates=request.dates or typed.dates,
        weekdays=request.weekdays or typed.weekdays,
        parts=request.parts or typed.parts,
    )
