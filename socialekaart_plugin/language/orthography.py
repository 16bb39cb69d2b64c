"""How Dutch writes the end of a word: vowels, double consonants, s and z, f and v."""

VOWELS = "aeiouy"
#: What is written between vowels, and at the end of a word: huizen, huis.
VOICED = {"s": "z", "f": "v"}
UNVOICED = {"z": "s", "v": "f"}
#: Consonants that are doubled to keep a vowel short: mannen.
_DOUBLED = frozenset("bcdfghjklmnprstvz")


def has_short_end(word: str) -> bool:
    """Tell whether a word ends in one vowel and one consonant: "man", not "maan" or "hulp"."""
    return (
        len(word) > 2 and word[-1] not in VOWELS and word[-2] in VOWELS and word[-3] not in VOWELS
    )


def with_single_end(word: str) -> str:
    """Write a double consonant at the end once: "mann" as "man"."""
    return word[:-1] if word[-2:-1] == word[-1:] and word[-1:] in _DOUBLED else word


def with_long_vowel(word: str) -> str:
    """Write the vowel before the last consonant double: "schol" as "school"."""
    return word[:-1] + word[-2:]


def unvoiced(word: str) -> str:
    """Write z and v at the end as s and f: "huiz" as "huis"."""
    return word[:-1] + UNVOICED.get(word[-1:], word[-1:])


def voiced(word: str) -> str:
    """Write s and f at the end as z and v: "brief" as "briev"."""
    return word[:-1] + VOICED.get(word[-1:], word[-1:])
