"""Loads the word lists in `data`: compound parts, stop words, stem overrides, name words."""

import hashlib
from importlib import resources

_DATA = resources.files(__package__) / "data"


def _lines(name: str) -> tuple[str, ...]:
    """Read the lines of a list, without `#` comments."""
    text = (_DATA / name).read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for line in _lines(name) for word in line.split())


def _overrides() -> dict[str, str]:
    """Parse `stem: word word …` into a dict of word → stem; each stem maps to itself."""
    overrides: dict[str, str] = {}
    for line in _lines("stem_overrides.txt"):
        stem, _, words = line.partition(":")
        for word in (stem.strip(), *words.split()):
            overrides[word] = stem.strip()
    return overrides


def _marked() -> str:
    digest = hashlib.blake2s(digest_size=8)
    for name in ("no_compounds.txt", "silent_parts.txt", "stem_overrides.txt", "stop_words.txt"):
        digest.update("\n".join(_lines(name)).encode())
    return digest.hexdigest()


STEM_OVERRIDES = _overrides()
STOP_WORDS = frozenset(_words("stop_words.txt"))
#: The default parts of compounds; an editor's list can replace it.
STANDARD_COMPOUNDS = tuple(sorted(set(_words("compounds.txt"))))
#: Words that must not be split; they can be part of longer compounds.
WHOLE_WORDS = frozenset(_words("no_compounds.txt"))
#: Parts that yield no token: `-bank` as the last part, `hoofd-` as an earlier part.
SILENT_PARTS = frozenset(_words("silent_parts.txt"))
#: Words without meaning in the name of an organisation, activity or place.
NAME_FILLERS = frozenset(_words("name_fillers.txt"))
#: Words common in names that can also end a compound ("voetbalvereniging").
NAME_ENDINGS = _words("name_endings.txt")
#: All words common in names.
COMMON_IN_NAMES = frozenset((*NAME_ENDINGS, *_words("name_common.txt")))
LISTS_MARK = _marked()
