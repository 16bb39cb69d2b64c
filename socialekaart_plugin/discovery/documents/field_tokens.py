"""Tokenizes the texts of a payload, by field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from socialekaart_plugin.discovery.facets import places_of
from socialekaart_plugin.language import Analyzer, Term
from socialekaart_plugin.publication.rules import Payload

from .plain_text import paragraphs

#: Token between separate texts, so that no phrase crosses them; nobody types it.
GAP = "·"
#: Minimum length of words for completion and spelling correction.
SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class FieldWords:
    """The words of a payload; see `builder.IndexDocument`."""

    tokens: dict[str, tuple[str, ...]]
    parts: dict[str, tuple[str, ...]]
    literal: tuple[str, ...]
    name_literal: tuple[str, ...]
    words: tuple[str, ...]
    name_length: int


def read_words(payload: Payload, analyzer: Analyzer) -> FieldWords:
    """Tokenize the texts of a payload.

    Args:
        payload: of an organisation, activity or place, as `as_of` reads it.
        analyzer: splits a text into words.
    """
    field = _Reader(analyzer)
    translations = payload.get("translations", ())
    # Keep stop words in names: "Bij Ons" has no other words.
    field.read("name", [payload["name"]], keeps_stop_words=True)
    name_length = len(field.tokens["name"])
    others = [*payload.get("alternative_names", ()), *(text["name"] for text in translations)]
    field.read("other_names", others, keeps_stop_words=True)
    name_literal = tuple(field.literal)
    field.read("summary", [payload.get("summary", ""), *(t["summary"] for t in translations)])
    field.read("subjects", _subjects(payload), are_names=True)
    field.read("description", paragraphs(payload.get("description", "")))
    return FieldWords(
        tokens=field.tokens,
        parts=field.parts,
        literal=tuple(field.literal),
        name_literal=name_literal,
        words=tuple(word for word in field.literal if len(word) >= SHORTEST_WORD),
        name_length=name_length,
    )


class _Reader:
    """Collects words, field by field."""

    def __init__(self, analyzer: Analyzer) -> None:
        """Start empty."""
        self.analyzer = analyzer
        self.tokens: dict[str, tuple[str, ...]] = {}
        self.parts: dict[str, tuple[str, ...]] = {}
        #: The words so far, in order of first occurrence.
        self.literal: dict[str, None] = {}

    def read(
        self,
        field: str,
        texts: Iterable[str],
        *,
        keeps_stop_words: bool = False,
        are_names: bool = False,
    ) -> None:
        """Add the words of a field; `are_names` caches texts that many records share."""
        stems: list[str] = []
        parts: list[str] = []
        words: list[str] = []
        for text in texts:
            terms = _terms(self.analyzer, text) if are_names else self.analyzer.terms(text)
            words += [word for term in terms for word in (term.word, term.joined) if word]
            found = [term.stem for term in terms if keeps_stop_words or not term.is_stop]
            if found:
                stems += [GAP, *found] if stems else found
            for term in terms:
                if term.parts:
                    parts += term.parts
                if term.joined:
                    parts.append(self.analyzer.term(term.joined).stem)
        self.literal.update(dict.fromkeys(words))
        self.tokens[field], self.parts[field] = tuple(stems), tuple(dict.fromkeys(parts))


@lru_cache(maxsize=8192)
def _terms(analyzer: Analyzer, name: str) -> list[Term]:
    return analyzer.terms(name)


def _subjects(payload: Payload) -> Iterator[str]:
    """Return the names of themes, target groups, keywords, organisations, places and areas."""
    named = chain(
        (step["name"] for theme in payload.get("themes", ()) for step in theme["path"]),
        (group["name"] for group in payload.get("target_groups", ())),
        payload.get("tags", ()),
        (organisation["name"] for organisation in payload.get("organisations", ())),
        (place["name"] for place in payload.get("places", ())),
        (area["name"] for place in places_of(payload) for area in place["areas"]),
    )
    return iter(dict.fromkeys(named))
