"""Spelling correction: completes or corrects words that are not in the index."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from socialekaart_plugin.language import Analyzer

from .compiled_rules import CompiledRules
from .known_words import KnownWords
from .plan import Alternative, Correction
from .tokenizer import Word

PREFIX, TYPO = 0.7, 0.6
#: Minimum length for completion, and for correction: too many words of four letters ("oven") differ
#: by one edit ("over", "even", "open").
_SHORTEST = 4
_SHORTEST_CORRECTED = 5
_MOST_COMPLETIONS = 8
_MOST_CORRECTIONS = 3
#: Minimum length for two edits, and for two edits with another first letter.
_TWO_EDITS_FROM = 6
_FIRST_LETTER_FROM = 8


@dataclass(frozen=True, slots=True)
class Guess:
    """Alternatives for an unknown word; with a correction if it was misspelt."""

    alternatives: tuple[Alternative, ...] = ()
    correction: Correction | None = None


class Corrector:
    """Corrects unknown words, from the words of the index and of editors."""

    def __init__(self, rules: CompiledRules, analyzer: Analyzer, vocabulary: KnownWords) -> None:
        """Use these rules and known words."""
        self._rules = rules
        self._analyzer = analyzer
        self._vocabulary = vocabulary

    def guess(self, word: Word) -> Guess:
        """Return alternatives for a word; none if it is known."""
        if len(word.word) < _SHORTEST or not word.word.isalpha() or self._is_known(word):
            return Guess()
        completions = tuple(self._completions(word.word))
        if completions:
            return Guess(completions)
        if len(word.word) < _SHORTEST_CORRECTED:
            return Guess()
        corrections = self._corrections(word.word) or self._compound_corrections(word.word)
        if not corrections:
            return Guess()
        best = Correction(word.typed, corrections[0][0])
        return Guess(tuple(ways for _word, found in corrections for ways in found), best)

    def _is_known(self, word: Word) -> bool:
        if (word.stem,) in self._rules.sources or self._vocabulary.has(word.stem):
            return True
        parts = word.term.parts
        return len(parts) > 1 and all(map(self._vocabulary.has, parts))

    def _completions(self, word: str) -> Iterator[Alternative]:
        stems: dict[str, str] = {}
        for found in self._vocabulary.words_like(word, prefix=True, limit=_MOST_COMPLETIONS):
            if found.startswith(word):
                stems.setdefault(self._analyzer.term(found).stem, found)
        for stem, label in stems.items():
            yield Alternative((stem,), weight=PREFIX, reason="prefix", label=label)

    def _corrections(self, word: str) -> list[tuple[str, list[Alternative]]]:
        """Return the nearest words, at equal distance, with their alternatives."""
        like = self._vocabulary.words_like(word, prefix=False, limit=10)
        near = extract(
            word,
            list(dict.fromkeys([*like, *self._rules.words])),
            scorer=OSA.distance,
            score_cutoff=_max_edits(word),
            limit=10,
        )
        # A stable sort: ties keep the order of the known words.
        fitting = [
            (edits, found) for found, edits, _key in near if _is_plausible(word, found, edits)
        ]
        fitting.sort(key=lambda hit: hit[0])
        best: dict[str, tuple[str, list[Alternative]]] = {}
        for edits, found in fitting:
            stem = self._analyzer.term(found).stem
            if edits == fitting[0][0] and stem not in best:
                ways = list(self._ways(found, stem))
                if ways:
                    best[stem] = found, ways
        return list(best.values())[:_MOST_CORRECTIONS]

    def _ways(self, word: str, stem: str) -> Iterator[Alternative]:
        """Yield the word itself, or the synonyms of a word of an editor."""
        if self._vocabulary.has(stem):
            yield Alternative((stem,), weight=TYPO, reason="typo", label=word)
            return
        for source in self._rules.sources.get((stem,), ()):
            for target in source.targets:
                for way in target.alternatives:
                    yield replace(way, weight=TYPO * way.weight, reason="typo")

    def _compound_corrections(self, word: str) -> list[tuple[str, list[Alternative]]]:
        """Correct one half of a compound when the other half is a known part."""
        listed = self._rules.plan_rules.compounds
        for cut in range(len(word) - _SHORTEST, _SHORTEST - 1, -1):
            head, tail = word[:cut], word[cut:]
            if (head in listed) == (tail in listed):
                continue
            is_head_known = head in listed
            known, other = (head, tail) if is_head_known else (tail, head)
            near = extract(other, list(listed), scorer=OSA.distance, score_cutoff=1, limit=3)
            for found in sorted(hit[0] for hit in near):
                halves = (known, found) if is_head_known else (found, known)
                stems = tuple(self._analyzer.term(half).stem for half in halves)
                if all(map(self._vocabulary.has, stems)):
                    whole = "".join(halves)
                    way = Alternative(stems, weight=TYPO, reason="typo", label=whole)
                    return [(whole, [way])]
        return []


def _max_edits(word: str) -> int:
    return 1 if len(word) < _TWO_EDITS_FROM else 2


def _is_plausible(word: str, found: str, edits: int) -> bool:
    """Tell whether one word may be a misspelling of another."""
    if edits == 0 or len(found) < _SHORTEST:
        return False
    return edits == 1 or len(word) >= _FIRST_LETTER_FROM or found[0] == word[0]
