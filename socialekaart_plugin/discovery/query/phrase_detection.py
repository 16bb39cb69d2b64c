"""Detects words that belong together: multi-word synonyms, and compounds typed apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from socialekaart_plugin.language import Analyzer

from .compiled_rules import CompiledRules, Source
from .known_words import KnownWords
from .tokenizer import Word

#: Shorter words are not joined: too many words begin or end with them.
_SHORTEST = 3
_MOST_JOINED = 3
_LINKS = ("", "s", "en")


@dataclass(frozen=True, slots=True)
class Group:
    """Words that form one clause.

    Attributes:
        words: without stop words.
        all_words: with the stop words between them.
        sources: the multi-word synonyms that they form.
        joined: the compounds that they form: "schuldhulp" for "schuld hulp".
        is_whole: whether stop words are significant: "zonder huis".
    """

    words: tuple[Word, ...]
    all_words: tuple[Word, ...]
    sources: tuple[Source, ...] = ()
    joined: tuple[str, ...] = ()
    is_whole: bool = False


class Grouper:
    """Groups the words of one query."""

    def __init__(
        self, rules: CompiledRules, analyzer: Analyzer, vocabulary: KnownWords | None
    ) -> None:
        """Use these rules and known words."""
        self._rules = rules
        self._analyzer = analyzer
        self._vocabulary = vocabulary

    def groups(self, words: Sequence[Word], content: frozenset[int]) -> Iterator[Group]:
        """Yield the groups of a query, in order; most have one word.

        Args:
            words: all words of the query.
            content: positions of those that are no stop words.
        """
        place = 0
        waiting: list[int] = []
        while place < len(words):
            found = self._synonym_at(words, place, content)
            if found is None:
                waiting += [place] if place in content else []
                place += 1
                continue
            group, place = found
            yield from self._joined(words, waiting)
            waiting = []
            yield group
        yield from self._joined(words, waiting)

    def _synonym_at(
        self, words: Sequence[Word], place: int, content: frozenset[int]
    ) -> tuple[Group, int] | None:
        """Return the longest multi-word synonym that starts here, and where it ends."""
        longest = min(self._rules.longest, len(words) - place)
        for length in range(longest, 1, -1):
            part = tuple(words[place : place + length])
            if part[-1].run != part[0].run:
                continue
            whole = self._rules.whole_sources.get(tuple(word.stem for word in part))
            if whole:
                inner = tuple(words[at] for at in range(place, place + length) if at in content)
                return Group(inner, part, tuple(whole), is_whole=True), place + length
        return self._synonym_without_stop_words(words, place, content) if place in content else None

    def _synonym_without_stop_words(
        self, words: Sequence[Word], place: int, content: frozenset[int]
    ) -> tuple[Group, int] | None:
        run = words[place].run
        places = [at for at in range(place, len(words)) if at in content and words[at].run == run]
        for length in range(min(self._rules.longest, len(places)), 1, -1):
            inner = tuple(words[at] for at in places[:length])
            sources = self._rules.sources.get(tuple(word.stem for word in inner))
            if sources:
                end = places[length - 1] + 1
                return Group(inner, tuple(words[place:end]), tuple(sources)), end
        return None

    def _joined(self, words: Sequence[Word], places: list[int]) -> Iterator[Group]:
        """Yield single words, or adjacent words that form a compound."""
        first = 0
        while first < len(places):
            taken, joined = self._compound_at(words, places[first : first + _MOST_JOINED])
            inner = tuple(words[at] for at in places[first : first + taken])
            yield Group(inner, inner, joined=joined)
            first += taken

    def _compound_at(self, words: Sequence[Word], places: list[int]) -> tuple[int, tuple[str, ...]]:
        """Return how many of the first words form a compound, and which one."""
        for length in range(len(places), 1, -1):
            inner = [words[at] for at in places[:length]]
            are_neighbours = places[length - 1] - places[0] == length - 1
            if not are_neighbours or inner[0].run != inner[-1].run:
                continue
            joined = tuple(self._compounds_of(inner))
            if joined:
                return length, joined
        return 1, ()

    def _compounds_of(self, words: Sequence[Word]) -> Iterator[str]:
        if not all(word.word.isalpha() and len(word.word) >= _SHORTEST for word in words):
            return
        are_parts = all(word.stem in self._rules.compounds for word in words)
        for form in _forms(words):
            if any(form in self._rules.plan_rules.stop_rules.get(w.word, ()) for w in words):
                continue
            stem = self._analyzer.term(form).stem
            is_synonym = (stem,) in self._rules.sources
            # Without known words: an unknown compound is harmless.
            is_known = are_parts if self._vocabulary is None else self._vocabulary.has(stem)
            if is_known or is_synonym:
                yield form


def _forms(words: Sequence[Word]) -> Iterator[str]:
    """Yield the words joined; two words also with a linking element."""
    first = words[0].word
    if len(words) > 2:
        yield "".join(word.word for word in words)
    else:
        yield from (first + link + words[1].word for link in _LINKS if _fits(first, link))


def _fits(word: str, link: str) -> bool:
    return not link or not (word.endswith(link[-1]) or word.endswith(("en", "s")))
