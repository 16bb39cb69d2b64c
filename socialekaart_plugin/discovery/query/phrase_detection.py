"""Which words of a query belong together: synonyms of several words, and compounds typed apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from socialekaart_plugin.language import Analyzer

from .compiled_rules import Prepared, Source
from .known_words import Vocabulary
from .tokenizer import Word

#: Shorter words are not joined: too many words begin or end with them.
_SHORTEST = 3
_MOST_JOINED = 3
_LINKS = ("", "s", "en")


@dataclass(frozen=True, slots=True)
class Group:
    """Words of which one clause is made.

    Attributes:
        words: those that say something; at least one.
        all_words: likewise, with the stop words between them.
        sources: synonyms that these words together are.
        joined: folded words that they may be together: "schuld hulp" as "schuldhulp".
        is_whole: whether stop words belong to it: "zonder huis".
    """

    words: tuple[Word, ...]
    all_words: tuple[Word, ...]
    sources: tuple[Source, ...] = ()
    joined: tuple[str, ...] = ()
    is_whole: bool = False


class Grouper:
    """Puts the words of one query together."""

    def __init__(
        self, prepared: Prepared, analyzer: Analyzer, vocabulary: Vocabulary | None
    ) -> None:
        """Look words up in these."""
        self._prepared = prepared
        self._analyzer = analyzer
        self._vocabulary = vocabulary

    def groups(self, words: Sequence[Word], said: frozenset[int]) -> Iterator[Group]:
        """Yield every word that says something, in order, alone or with those it belongs to.

        Args:
            words: all words of the query.
            said: places of those that say something.
        """
        place = 0
        waiting: list[int] = []
        while place < len(words):
            found = self._synonym_at(words, place, said)
            if found is None:
                waiting += [place] if place in said else []
                place += 1
                continue
            group, place = found
            yield from self._joined(words, waiting)
            waiting = []
            yield group
        yield from self._joined(words, waiting)

    def _synonym_at(
        self, words: Sequence[Word], place: int, said: frozenset[int]
    ) -> tuple[Group, int] | None:
        """Find the longest synonym of several words that begins here, and where it ends."""
        longest = min(self._prepared.longest, len(words) - place)
        for length in range(longest, 1, -1):
            part = tuple(words[place : place + length])
            if part[-1].run != part[0].run:
                continue
            whole = self._prepared.whole_sources.get(tuple(word.stem for word in part))
            if whole:
                inner = tuple(words[at] for at in range(place, place + length) if at in said)
                return Group(inner, part, tuple(whole), is_whole=True), place + length
        return self._synonym_without_stop_words(words, place, said) if place in said else None

    def _synonym_without_stop_words(
        self, words: Sequence[Word], place: int, said: frozenset[int]
    ) -> tuple[Group, int] | None:
        run = words[place].run
        places = [at for at in range(place, len(words)) if at in said and words[at].run == run]
        for length in range(min(self._prepared.longest, len(places)), 1, -1):
            inner = tuple(words[at] for at in places[:length])
            sources = self._prepared.sources.get(tuple(word.stem for word in inner))
            if sources:
                end = places[length - 1] + 1
                return Group(inner, tuple(words[place:end]), tuple(sources)), end
        return None

    def _joined(self, words: Sequence[Word], places: list[int]) -> Iterator[Group]:
        """Yield words alone, or neighbours that are one word together."""
        first = 0
        while first < len(places):
            taken, joined = self._compound_at(words, places[first : first + _MOST_JOINED])
            inner = tuple(words[at] for at in places[first : first + taken])
            yield Group(inner, inner, joined=joined)
            first += taken

    def _compound_at(self, words: Sequence[Word], places: list[int]) -> tuple[int, tuple[str, ...]]:
        """Find how many words, from the first, are one word together, and which."""
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
        are_parts = all(word.stem in self._prepared.compounds for word in words)
        for form in _forms(words):
            if any(form in self._prepared.rules.stop_rules.get(w.word, ()) for w in words):
                continue
            stem = self._analyzer.term(form).stem
            is_synonym = (stem,) in self._prepared.sources
            # Without a vocabulary: what nobody has does no harm.
            is_known = are_parts if self._vocabulary is None else self._vocabulary.has(stem)
            if is_known or is_synonym:
                yield form


def _forms(words: Sequence[Word]) -> Iterator[str]:
    """Yield the words as one, of two words also with a link between them."""
    first = words[0].word
    if len(words) > 2:
        yield "".join(word.word for word in words)
    else:
        yield from (first + link + words[1].word for link in _LINKS if _fits(first, link))


def _fits(word: str, link: str) -> bool:
    return not link or not (word.endswith(link[-1]) or word.endswith(("en", "s")))
