"""Compiles the rules of editors into lookup tables; cached until they change."""

from dataclasses import dataclass
from functools import lru_cache

from socialekaart_plugin.language import Analyzer, Term
from socialekaart_plugin.language.inflection import forms

from .help_questions import Questions
from .limits import MOST_TERM_WORDS
from .plan import Alternative
from .wording_rules import PlanRules, Synonyms

#: Weights of a synonym: as one word, as a phrase, as words anywhere in a record.
SYNONYM, SYNONYM_PHRASE, SYNONYM_WORDS = 0.85, 0.8, 0.6

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A synonym to search for: its folded words, and the alternatives that match it."""

    words: tuple[str, ...]
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A synonym that someone may type, and the synonyms it leads to."""

    words: tuple[str, ...]
    targets: tuple[Target, ...]


class CompiledRules:
    """The rules of editors, indexed by word.

    Attributes:
        plan_rules: the source.
        sources: synonyms by stems without stop words.
        whole_sources: synonyms with at most one word that is no stop word, by all stems: "zonder
            huis" is not "huis".
        longest: number of words in the longest synonym.
        words: synonyms of one word, folded.
        compounds: stems of parts of compounds.
        questions: the help questions.
    """

    def __init__(self, rules: PlanRules, analyzer: Analyzer) -> None:
        """Compile all rules; takes a few milliseconds per hundred groups."""
        self.plan_rules = rules
        self._analyzer = analyzer
        self._forms: dict[str, tuple[str, ...]] = {}
        self.sources: dict[Stems, list[Source]] = {}
        self.whole_sources: dict[Stems, list[Source]] = {}
        self.longest = 1
        self.words: list[str] = []
        for group in rules.synonyms:
            self._add(group)
        self.compounds = frozenset(analyzer.term(word).stem for word in rules.compounds)
        self.questions = Questions(rules.questions, analyzer)

    def forms(self, word: str) -> tuple[str, ...]:
        """Return a word and its inflected forms, without those that a stop rule forbids."""
        found = self._forms.get(word)
        if found is None:
            stem = self._analyzer.term(word).stem
            forbidden = self.plan_rules.stop_rules.get(word, frozenset())
            found = tuple(
                form
                for form in forms(word)
                if form not in forbidden and self._analyzer.term(form).stem == stem
            )
            self._forms[word] = found
        return found

    def _add(self, group: Synonyms) -> None:
        read = ((term, tuple(self._analyzer.terms(term))) for term in group.terms)
        terms = [(text, term) for text, term in read if 0 < len(term) <= MOST_TERM_WORDS]
        targets = [Target(_words(term), self._alternatives(term)) for _text, term in terms]
        # One-way synonyms start from the first term, which may have been dropped.
        is_first_read = bool(terms) and terms[0][0] == group.terms[0]
        for place, (text, term) in enumerate(terms):
            if group.is_one_way and (place > 0 or not is_first_read):
                continue
            others = tuple(t for at, t in enumerate(targets) if at != place)
            self._add_source(text, term, Source(_words(term), others))

    def _add_source(self, text: str, term: tuple[Term, ...], source: Source) -> None:
        content = _content_words(term)
        if len(term) > 1 and len(content) < 2:
            self.whole_sources.setdefault(_stems(term), []).append(source)
        else:
            self.sources.setdefault(_stems(content), []).append(source)
        if len(term) == 1:
            self.words.append(term[0].word)
        elif "-" in text and " " not in text.strip():
            # "burn-out" is also typed as one word.
            joined = self._analyzer.term("".join(source.words)).stem
            self.sources.setdefault((joined,), []).append(source)
        self.longest = max(self.longest, len(term))

    def _alternatives(self, term: tuple[Term, ...]) -> tuple[Alternative, ...]:
        """Return the alternatives that match a synonym."""
        label = " ".join(_words(term))
        if len(term) == 1:
            return self._of_one_word(term[0])
        phrases = [_stems(term)]
        content = _content_words(term)
        if len(content) > 1 and len(content) < len(term):
            # Stop words are indexed in names only.
            phrases.append(_stems(content))
        found = [
            Alternative(
                phrase, weight=SYNONYM_PHRASE, reason="synonym", is_phrase=True, label=label
            )
            for phrase in phrases
        ]
        if len(content) > 1:
            found.append(
                Alternative(_stems(content), weight=SYNONYM_WORDS, reason="synonym", label=label)
            )
        return tuple(found)

    def _of_one_word(self, term: Term) -> tuple[Alternative, ...]:
        if term.word not in self.plan_rules.stop_rules:
            return (Alternative((term.stem,), weight=SYNONYM, reason="synonym", label=term.word),)
        return tuple(
            Alternative((form,), weight=SYNONYM, reason="synonym", is_literal=True, label=form)
            for form in self.forms(term.word)
        )


def compile_rules(rules: PlanRules, analyzer: Analyzer) -> CompiledRules:
    """Return compiled rules; cached until the rules or the analyzer change."""
    return _compiled(_Key(rules, analyzer))


class _Key:
    """Cache key: equal when the marks are equal; rules without a mark equal only themselves."""

    def __init__(self, rules: PlanRules, analyzer: Analyzer) -> None:
        self.rules = rules
        self.analyzer = analyzer
        self._mark = (rules.mark or id(rules), analyzer.mark)

    def __hash__(self) -> int:
        return hash(self._mark)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._mark == other._mark


@lru_cache(maxsize=8)
def _compiled(key: _Key) -> CompiledRules:
    return CompiledRules(key.rules, key.analyzer)


def _words(term: tuple[Term, ...]) -> tuple[str, ...]:
    return tuple(word.word for word in term)


def _stems(term: tuple[Term, ...]) -> Stems:
    return tuple(word.stem for word in term)


def _content_words(term: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return the words that are no stop words; a single word is always kept."""
    return tuple(word for word in term if not word.is_stop) if len(term) > 1 else term
