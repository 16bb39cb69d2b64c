"""Compute the keys and the name similarity that recognise possible duplicates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from socialekaart_plugin.directory.rules import with_scheme
from socialekaart_plugin.language.folding import words_without_signs
from socialekaart_plugin.language.word_keys import sound_key
from socialekaart_plugin.language.word_lists import COMMON_IN_NAMES, NAME_ENDINGS, NAME_FILLERS
from socialekaart_plugin.places.street_addresses import read_street_address

#: Maximum key length in characters; equal to the length of its column.
KEY_MAX_LENGTH = 120
#: Maximum number of words per name, and of names per record, that are compared.
MOST_WORDS = 12
MOST_NAMES = 8

#: The values of `models.DuplicateKeyKind`, which this layer cannot import.
NAME, ADDRESS, PHONE, MAIL, SITE = "name", "address", "phone", "mail", "site"

_COMMON_WEIGHT = 0.25
#: Shared hosts: only the whole web address identifies an organisation.
_SHARED_HOSTS = (
    "facebook.com", "instagram.com", "linkedin.com", "youtube.com", "x.com", "twitter.com",
    "tiktok.com", "threads.net", "wa.me", "linktr.ee", "sites.google.com", "meetup.com",
)  # fmt: skip

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Facts:
    """The facts that identify one record or place.

    Attributes:
        names: its name and alternative names, as written.
        phones: telephone numbers as E.164 (`+31791234567`).
        mails: mail addresses as written.
        sites: web addresses as written.
        addresses: keys from `address_keys` and `place_key`.
        organisation: for an activity, the primary key of the responsible organisation.
    """

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    organisation: int | None = None


def core_words(name: str, ignored: Iterable[str] = ()) -> list[str]:
    """Return the distinctive words of a name; splits off common endings of compounds.

    Args:
        name: as written.
        ignored: words without meaning here, such as the name of the town, in lower case.
    """
    words = words_without_signs(name)
    nothing = NAME_FILLERS.union(ignored)
    core = [word for word in words if word not in nothing] or words
    return [part for word in core[:MOST_WORDS] for part in _parts(word)]


def _parts(word: str) -> tuple[str, ...]:
    for ending in NAME_ENDINGS:
        stem = word.removesuffix(ending)
        if len(ending) + 2 < len(word) > len(stem):
            return (stem, ending)
    return (word,)


def keys_of(facts: Facts, ignored: Iterable[str] = ()) -> set[tuple[str, str]]:
    """Return the (kind, key) pairs that find records with these facts.

    A name gives several keys: `n` the words themselves (for the score), `w` all sounds in order,
    `j` the whole name as one sound. `t` is each word, `f` the start of a long word, `o` the
    organisation.
    """
    keys: set[tuple[str, str]] = set()
    for name in facts.names[:MOST_NAMES]:
        words = core_words(name, ignored)
        if not words:
            continue
        sounds = [sound_key(word) for word in words]
        keys.add((NAME, f"n {' '.join(words)}"))
        keys.add((NAME, f"w {' '.join(sorted(sounds))}"))
        keys.add((NAME, f"j {sound_key(''.join(words))}"))
        for word, heard in zip(words, sounds, strict=True):
            keys.add((NAME, f"t {heard}"))
            if len(word) > 5:
                keys.add((NAME, f"f {word[:4]}"))
            if facts.organisation is not None:
                keys.add((NAME, f"o{facts.organisation} {heard}"))
    if facts.organisation is not None:
        keys.add((NAME, f"o {facts.organisation}"))
    keys.update((PHONE, phone) for phone in facts.phones if phone)
    keys.update((MAIL, mail.strip().casefold()) for mail in facts.mails if mail.strip())
    keys.update((SITE, key) for site in facts.sites for key in site_keys(site))
    keys.update((ADDRESS, address) for address in facts.addresses)
    return {(kind, key[:KEY_MAX_LENGTH].rstrip()) for kind, key in keys}


def site_keys(url: str) -> set[str]:
    """Return the host of a web address and the host with path; only the latter for shared hosts."""
    try:
        parts = urlsplit(with_scheme(url))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return set()
    if "." not in host:
        return set()
    path = parts.path.strip("/").casefold()
    keys = {f"{host}/{path}" if path else host}
    if path and not host.endswith(_SHARED_HOSTS):
        keys.add(host)
    return keys if path or not host.endswith(_SHARED_HOSTS) else set()


def address_keys(street_address: str, postcode: str = "") -> tuple[str, ...]:
    """Return postcode with house number, and street with house number, if present."""
    address = read_street_address(street_address)
    code = read_street_address(postcode).postcode or address.postcode
    if not address.number:
        return ()
    keys = [f"{code.replace(' ', '')} {address.number}"] if code else []
    return (*keys, f"{sound_key(''.join(words_without_signs(address.street)))} {address.number}")


def place_key(pk: int) -> str:
    """Return the key of a record at a place."""
    return f"p {pk}"


def name_similarity(one: list[str], other: list[str]) -> tuple[float, bool]:
    """Compare two names word by word; typing errors count little.

    Args:
        one: words from `core_words`.
        other: words from `core_words`.

    Returns:
        The shared part of both names, from 0 to 1, and whether it contains a rare word.
    """
    left = list(other)
    shared, distinct = 0.0, False
    for word in one:
        best = max(left, key=lambda candidate: _same(word, candidate), default="")
        similarity = _same(word, best) if best else 0.0
        if similarity:
            left.remove(best)
            shared += similarity * (_weight(word) + _weight(best))
            distinct = distinct or max(_weight(word), _weight(best)) == 1
    total = sum(map(_weight, one)) + sum(map(_weight, other))
    by_word = shared / total if total else 0.0
    if by_word < 1 and _numbers(one) == _numbers(other):
        whole, another = "".join(one), "".join(other)
        alike = sound_key(whole) == sound_key(another) and len(whole) > 5
        joined = fuzz.ratio(whole, another, score_cutoff=80 if alike else 92) / 100
        if joined > by_word:
            return joined, True
    return by_word, distinct


def _weight(word: str) -> float:
    return _COMMON_WEIGHT if word in COMMON_IN_NAMES else 1.0


def _numbers(words: list[str]) -> list[str]:
    return sorted(number for word in words for number in _NUMBER.findall(word))


def _same(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) < 4 or _NUMBER.search(one + other):
        return 0.0
    if one in COMMON_IN_NAMES and other in COMMON_IN_NAMES:
        return 0.0
    similarity = fuzz.ratio(one, other, score_cutoff=84) / 100
    return similarity or (
        0.9 if sound_key(one) == sound_key(other) and len(sound_key(one)) > 2 else 0.0
    )
