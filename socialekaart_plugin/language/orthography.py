"""Dutch spelling rules for word endings: long vowels, double consonants, s/z and f/v."""

VOWELS = "aeiouy"
#: Final consonant → its form between vowels: huis, huizen.
VOICED = {"s": "z", "f": "v"}
UNVOICED = {"z": "s", "v": "f"}
#: Consonants that double after a short vowel: mannen.
_DOUBLED = frozenset("bcdfghjklmnprstvz")


def has_short_end(word: str) -> bool:
    """Return whether a word ends in one vowel and one consonant: "man", not "maan" or "hulp"."""
    return (
        len(word) > 2 and word[-1] not in VOWELS and word[-2] in VOWELS and word[-3] not in VOWELS
    )


def with_single_end(word: str) -> str:
    """Reduce a final double consonant: "mann" to "man"."""
    return word[:-1] if word[-2:-1] == word[-1:] and word[-1:] in _DOUBLED else word


def with_long_vowel(word: str) -> str:
    """Double the vowel before the final consonant: "schol" to "school"."""
    return word[:-1] + word[-2:]


def unvoiced(word: str) -> str:
    """Change a final z or v to s or f: "huiz" to "huis"."""
    return word[:-1] + UNVOICED.get(word[-1:], word[-1:])


def voiced(word: str) -> str:
    """Change a final s or f to z or v: "brief" to "briev"."""
    return word[:-1] + VOICED.get(word[-1:], word[-1:])
