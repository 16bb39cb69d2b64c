"""Makes the clauses of a plan: a word or phrase with all alternatives that match it."""

from collections.abc import Iterable, Iterator

from socialekaart_plugin.language import Analyzer, Term

from .compiled_rules import CompiledRules, Source
from .known_words import KnownWords
from .phrase_detection import Group, Grouper
from .plan import Alternative, Clause, Correction, Trace
from .spelling import Corrector
from .tokenizer import Word

#: Weights of the parts of a compound: as a phrase, and anywhere in a record.
COMPOUND_PHRASE, COMPOUND_WORDS = 0.9, 0.8
#: Weight of a group of words without its stop words.
WITHOUT_STOP_WORDS = 0.4
_MOST_PARTS = 6
#: Indexed words considered for a word with a stop rule.
_MOST_KNOWN = 24


class ClauseMaker:
    """Makes the clauses of one query, and traces how.

    Attributes:
        rules: of editors.
        grouper: detects groups of words.
        trace: steps taken.
        corrections: spelling corrections made.
    """

    def __init__(
        self, rules: CompiledRules, analyzer: Analyzer, vocabulary: KnownWords | None
    ) -> None:
        """Use these rules; without known words, correct no spelling."""
        self.rules = rules
        self.grouper = Grouper(rules, analyzer, vocabulary)
        self._analyzer = analyzer
        self._vocabulary = vocabulary
        self._corrector = None if vocabulary is None else Corrector(rules, analyzer, vocabulary)
        self.trace: list[Trace] = []
        self.corrections: list[Correction] = []

    def of_phrase(self, words: tuple[Word, ...]) -> Clause:
        """Make the clause of a quoted phrase."""
        typed = " ".join(word.word for word in words)
        if len(words) == 1:
            literal = Alternative((typed,), is_literal=True, label=typed)
            return Clause(typed, (literal,))
        every = tuple(word.stem for word in words)
        content = tuple(word.stem for word in words if not word.term.is_stop)
        # Stop words are indexed in names only.
        phrases = [every, content] if 1 < len(content) < len(every) else [every]
        return Clause(
            typed, tuple(Alternative(stems, is_phrase=True, label=typed) for stems in phrases)
        )

    def of_group(self, group: Group) -> Clause:
        """Make the clause of a word, or of words that belong together."""
        if len(group.all_words) == 1:
            return self._of_word(group.words[0])
        typed = " ".join(word.typed for word in group.all_words)
        folded = [word.word for word in group.all_words]
        label = " ".join(folded)
        found = list(self._as_typed(group, label))
        sources = [(label, group.sources)]
        for form in group.joined:
            self._note("compound", label, form)
            term = self._analyzer.term(form)
            found.append(
                Alternative((term.stem,), weight=COMPOUND_PHRASE, reason="compound", label=form)
            )
            sources.append((form, tuple(self.rules.sources.get((term.stem,), ()))))
        for name, some in sources:
            found += self._synonyms(name, some, frozenset(), {typed})
        return Clause(typed, _deduplicated(found))

    def _as_typed(self, group: Group, label: str) -> Iterator[Alternative]:
        # Words of a multi-word synonym get no synonyms of their own.
        inner = tuple(self._of_word(word, alone=not group.sources) for word in group.words)
        if not group.is_whole:
            yield Alternative(clauses=inner, label=label)
            return
        yield Alternative(tuple(word.stem for word in group.all_words), is_phrase=True, label=label)
        if inner:
            yield Alternative(clauses=inner, weight=WITHOUT_STOP_WORDS, label=label)

    def _of_word(self, word: Word, *, alone: bool = True) -> Clause:
        forbidden = self.rules.plan_rules.stop_rules.get(word.word, frozenset())
        if forbidden:
            found = list(self._literal_forms(word, forbidden))
        else:
            found = [Alternative((word.stem,), label=word.word), *self._parts(word.term)]
            if word.term.joined:
                joined = self._analyzer.term(word.term.joined)
                found.append(Alternative((joined.stem,), label=joined.word))
        if alone:
            sources = self.rules.sources.get((word.stem,), ())
            found += self._synonyms(word.word, sources, forbidden, {word.word})
        if self._corrector is not None and not forbidden:
            found += self._corrections(self._corrector, word)
        return Clause(word.typed, _deduplicated(found))

    def _literal_forms(self, word: Word, forbidden: frozenset[str]) -> Iterator[Alternative]:
        """Yield the exact forms of a word, without those that a stop rule forbids."""
        self._note("stop_rule", word.word, *sorted(forbidden), arrow="≠")
        own = list(self.rules.forms(word.word))
        longer = []
        if self._vocabulary is not None:
            known = self._vocabulary.words_like(word.word, prefix=True, limit=_MOST_KNOWN)
            for term in map(self._analyzer.term, known):
                if term.stem == word.stem:
                    own.append(term.word)
                elif word.stem in term.parts:
                    longer.append(term.word)
        for form in own:
            if form not in forbidden:
                yield Alternative((form,), is_literal=True, label=form)
        for form in longer:
            if form not in forbidden:
                yield Alternative(
                    (form,),
                    weight=COMPOUND_WORDS,
                    reason="compound",
                    is_literal=True,
                    label=form,
                )

    def _parts(self, term: Term) -> Iterator[Alternative]:
        parts = base_parts(term)
        if not 2 <= len(parts) <= _MOST_PARTS:
            return
        self._note("compound", term.word, " + ".join(parts))
        label = " ".join(parts)
        yield Alternative(
            parts, weight=COMPOUND_PHRASE, reason="compound", is_phrase=True, label=label
        )
        yield Alternative(parts, weight=COMPOUND_WORDS, reason="compound", label=label)

    def _synonyms(
        self, typed: str, sources: Iterable[Source], forbidden: frozenset[str], known: set[str]
    ) -> list[Alternative]:
        """Return the synonyms of a word, except by way of forms that a stop rule forbids."""
        found: list[Alternative] = []
        names: dict[str, None] = {}
        for source in sources:
            if " ".join(source.words) in forbidden:
                continue
            for target in source.targets:
                name = " ".join(target.words)
                if name not in forbidden and name not in known:
                    names[name] = None
                    found += [way for way in target.alternatives if way.label not in forbidden]
        if names:
            self._note("synonym", typed, *names)
        return found

    def _corrections(self, corrector: Corrector, word: Word) -> Iterable[Alternative]:
        guess = corrector.guess(word)
        labels = [way.label for way in guess.alternatives]
        if guess.correction is not None:
            self.corrections.append(guess.correction)
            labels.insert(0, guess.correction.corrected)
        if guess.alternatives:
            self._note(guess.alternatives[0].reason, word.word, *dict.fromkeys(labels))
        return guess.alternatives

    def _note(self, step: str, typed: str, *words: str, arrow: str = "→") -> None:
        self.trace.append(Trace(step, f"{typed} {arrow} {', '.join(words)}"))


def base_parts(term: Term) -> tuple[str, ...]:
    """Return the parts of a compound, without the pairs of parts that the analyzer adds."""
    parts = term.parts
    pairs = {
        whole
        for whole in parts
        for last in parts
        if whole != last and whole.endswith(last) and _is_pair(whole[: -len(last)], parts)
    }
    return tuple(part for part in parts if part not in pairs)


def _is_pair(head: str, parts: tuple[str, ...]) -> bool:
    """Tell whether a head is one of the parts, apart from its last letters."""
    return any(len(part) > 2 and head.startswith(part[:-1]) for part in parts)


def _deduplicated(alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Return alternatives without duplicates; the first one is kept."""
    found: dict[tuple[object, ...], Alternative] = {}
    for way in alternatives:
        found.setdefault((way.tokens, way.clauses, way.is_phrase, way.is_literal), way)
    return tuple(found.values())
