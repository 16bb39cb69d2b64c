"""The word lists of this package, as its `data` folder has them."""

import hashlib
from importlib import resources

_DATA = resources.files(__package__) / "data"


def _lines(name: str) -> tuple[str, ...]:
    """Read the lines of a list; what follows a `#` is for people."""
    text = (_DATA / name).read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for line in _lines(name) for word in line.split())


def _overrides() -> dict[str, str]:
    """Read `stem: word word …` into a stem by word; a stem is its own stem."""
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
#: The words that compounds are made of, as delivered; an editor's own list may replace it.
STANDARD_COMPOUNDS = tuple(sorted(set(_words("compounds.txt"))))
#: Words that look like compounds and are not split; they may be part of a longer one.
WHOLE_WORDS = frozenset(_words("no_compounds.txt"))
#: `-bank`: a part that as the last one gives no word of its own; `hoofd-`: not as an earlier one.
SILENT_PARTS = frozenset(_words("silent_parts.txt"))
#: Words that say nothing in the name of an organisation, activity or place.
NAME_FILLERS = frozenset(_words("name_fillers.txt"))
#: Words that many names share and that may end a compound ("voetbalvereniging").
NAME_ENDINGS = _words("name_endings.txt")
#: Words that many names share.
COMMON_IN_NAMES = frozenset((*NAME_ENDINGS, *_words("name_common.txt")))
LISTS_MARK = _marked()
