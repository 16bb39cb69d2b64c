"""What a word that nothing has may have been meant to be."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from socialekaart_plugin.language import Analyzer

from .compiled_rules import Prepared
from .known_words import Vocabulary
from .plan import Alternative, Correction
from .tokenizer import Word

PREFIX, TYPO = 0.7, 0.6
#: A word of fewer letters is not completed; of fewer than the second, not taken for another: of
#: four letters ("oven") too many others differ by one ("over", "even", "open").
_SHORTEST = 4
_SHORTEST_CORRECTED = 5
_MOST_COMPLETIONS = 8
_MOST_CORRECTIONS = 3
#: From how many letters a word may differ in two places, and then also in its first letter.
_TWO_SLIPS_FROM = 6
_ANY_SLIP_FROM = 8


@dataclass(frozen=True, slots=True)
class Guess:
    """What a word may have been meant to be; with a correction when it was a slip of the pen."""

    alternatives: tuple[Alternative, ...] = ()
    correction: Correction | None = None


class Corrector:
    """Guesses what was meant, from the words of records and those of editors."""

    def __init__(self, prepared: Prepared, analyzer: Analyzer, vocabulary: Vocabulary) -> None:
        """Look words up in these."""
        self._prepared = prepared
        self._analyzer = analyzer
        self._vocabulary = vocabulary

    def guess(self, word: Word) -> Guess:
        """Return what a word may have been meant to be; nothing for one that is known."""
        if len(word.word) < _SHORTEST or not word.word.isalpha() or self._is_known(word):
            return Guess()
        completions = tuple(self._completions(word.word))
        if completions:
            return Guess(completions)
        if len(word.word) < _SHORTEST_CORRECTED:
            return Guess()
        corrections = self._corrections(word.word) or self._in_part(word.word)
        if not corrections:
            return Guess()
        best = Correction(word.typed, corrections[0][0])
        return Guess(tuple(ways for _word, found in corrections for ways in found), best)

    def _is_known(self, word: Word) -> bool:
        if (word.stem,) in self._prepared.sources or self._vocabulary.has(word.stem):
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
        """Return the nearest words, all as near, each with the ways to match it."""
        like = self._vocabulary.words_like(word, prefix=False, limit=10)
        near = extract(
            word,
            list(dict.fromkeys([*like, *self._prepared.words])),
            scorer=OSA.distance,
            score_cutoff=_most_slips(word),
            limit=10,
        )
        # Sorting keeps the order of the vocabulary among equals.
        fitting = [(slips, found) for found, slips, _key in near if _may_be(word, found, slips)]
        fitting.sort(key=lambda hit: hit[0])
        best: dict[str, tuple[str, list[Alternative]]] = {}
        for slips, found in fitting:
            stem = self._analyzer.term(found).stem
            if slips == fitting[0][0] and stem not in best:
                ways = list(self._ways(found, stem))
                if ways:
                    best[stem] = found, ways
        return list(best.values())[:_MOST_CORRECTIONS]

    def _ways(self, word: str, stem: str) -> Iterator[Alternative]:
        """Yield the word itself, and of an editor's word what it leads to."""
        if self._vocabulary.has(stem):
            yield Alternative((stem,), weight=TYPO, reason="typo", label=word)
            return
        for source in self._prepared.sources.get((stem,), ()):
            for target in source.targets:
                for way in target.alternatives:
                    yield replace(way, weight=TYPO * way.weight, reason="typo")

    def _in_part(self, word: str) -> list[tuple[str, list[Alternative]]]:
        """Correct one half of a compound of which the other half is a listed word."""
        listed = self._prepared.rules.compounds
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


def _most_slips(word: str) -> int:
    return 1 if len(word) < _TWO_SLIPS_FROM else 2


def _may_be(word: str, found: str, slips: int) -> bool:
    """Tell whether one word may be a slip for another, that is no form of something else."""
    if slips == 0 or len(found) < _SHORTEST:
        return False
    return slips == 1 or len(word) >= _ANY_SLIP_FROM or found[0] == word[0]
