"""Finding the point of an address: PDOK Locatieserver, or the places that we know already."""

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

import requests
from django.core.cache import cache
from django.utils.module_loading import import_string

from socialekaart_plugin.foundation.conf import conf

from . import rules
from .choices import AreaKind
from .models import Area, Place
from .street_addresses import house_number

#: A street and number with a town is shorter; more is not asked of anyone.
LONGEST_QUESTION = 120
MOST_CANDIDATES = 8


class GeocodingUnavailable(Exception):  # noqa: N818 - a state of the other side, not of us
    """Whoever knows the addresses does not answer, not in time, or not in a way we can read."""


@dataclass(frozen=True)
class Candidate:
    """An address with its point (degrees, WGS84)."""

    label: str
    street_address: str
    postcode: str
    city: str
    latitude: float
    longitude: float


class Geocoder(ABC):
    """Someone who knows where addresses are.

    A subclass answers the two questions below; blank questions never reach it, and answers are
    kept for `cache_seconds`, also when nothing was found.
    """

    #: How long to keep an answer, and how long to keep that there is none. 0: not at all.
    cache_seconds = 0
    cache_seconds_when_empty = 0

    @abstractmethod
    def find(self, text: str) -> list[Candidate]:
        """Return the addresses that a text may mean, the likeliest first.

        Raises:
            GeocodingUnavailable: nobody answers.
        """

    @abstractmethod
    def find_by_postcode(self, postcode: str, number: str) -> list[Candidate]:
        """Return addresses with a postcode (`1234 AB`) and a house number, which may be empty.

        Raises:
            GeocodingUnavailable: nobody answers.
        """

    def search(self, text: str) -> list[Candidate]:
        """Return at most eight addresses that a text may mean, the likeliest first.

        Raises:
            GeocodingUnavailable: nobody answers.
        """
        text = " ".join(text.split())[:LONGEST_QUESTION]
        if not text:
            return []
        return self._kept(("search", text.casefold()), lambda: self.find(text))

    def by_postcode(self, postcode: str, number: str = "") -> Candidate | None:
        """Return where a postcode is, or None when nobody knows: a guess, not an address.

        Args:
            postcode: a whole Dutch postcode; anything else is not asked.
            number: the house number; may be empty.

        Raises:
            GeocodingUnavailable: nobody answers.
        """
        postcode = rules.normalise_postcode(postcode)
        if not rules.is_dutch_postcode(postcode):
            return None
        found = self._kept(
            ("postcode", postcode, number), lambda: self.find_by_postcode(postcode, number)
        )
        return found[0] if found else None

    def _kept(
        self, question: tuple[str, ...], ask: Callable[[], list[Candidate]]
    ) -> list[Candidate]:
        if not self.cache_seconds:
            return ask()[:MOST_CANDIDATES]
        # Hashed: a cache key takes no spaces, and an address of a person is nobody's to read there.
        asked = "|".join((type(self).__module__, type(self).__qualname__, *question))
        key = f"socialekaart:geocoding:1:{hashlib.sha256(asked.encode()).hexdigest()}"
        kept = cache.get(key)
        if kept is not None:
            return [Candidate(**values) for values in kept]
        found = ask()[:MOST_CANDIDATES]
        seconds = self.cache_seconds if found else self.cache_seconds_when_empty
        cache.set(key, [asdict(candidate) for candidate in found], seconds)
        return found


class PdokGeocoder(Geocoder):
    """The PDOK Locatieserver of the Dutch Kadaster: every address of the country, free to ask.

    It is asked for addresses in the municipalities of the site first; only when there are none,
    for those in the whole country. https://api.pdok.nl/bzk/locatieserver/search/v3_1/ui/
    """

    url = "https://api.pdok.nl/bzk/locatieserver/search/v3_1/free"
    cache_seconds = 7 * 24 * 3600
    cache_seconds_when_empty = 3600

    #: It refuses parameters that it does not know, so only those of its description are sent.
    _FIELDS = "weergavenaam,straatnaam,huis_nlt,postcode,woonplaatsnaam,centroide_ll"

    def find(self, text: str) -> list[Candidate]:
        """Return the addresses that a text may mean, those in our own municipalities if any."""
        question = _without_query_language(text)
        if not question:
            return []
        town = _municipality_filter()
        found = self._ask(question, ["type:adres", town]) if town else []
        return found or self._ask(question, ["type:adres"])

    def find_by_postcode(self, postcode: str, number: str) -> list[Candidate]:
        """Return the addresses of a postcode and number; without number, of the postcode."""
        written = postcode.replace(" ", "")
        if number.isdigit():
            filters = ["type:adres", f"postcode:{written}", f"huisnummer:{number}"]
            found = self._ask(f"{written} {number}", filters)
            if found:
                return found
        return self._ask(written, ["type:postcode", f"postcode:{written}"])

    def _ask(self, question: str, filters: list[str]) -> list[Candidate]:
        params: dict[str, Any] = {
            "q": question,
            "fq": filters,
            "fl": self._FIELDS,
            "rows": MOST_CANDIDATES,
        }
        try:
            response = requests.get(
                self.url,
                params=params,
                timeout=conf.GEOCODER_TIMEOUT,
                headers={"User-Agent": "socialekaart_plugin"},
            )
            response.raise_for_status()
            documents = response.json()["response"]["docs"]
            return [found for found in map(_read_document, documents) if found]
        except (requests.RequestException, LookupError, TypeError, ValueError) as error:
            # What was asked may be the address of a person: it is not said on.
            raise GeocodingUnavailable(type(error).__name__) from error


class StoredPlacesGeocoder(Geocoder):
    """Knows the addresses of the places that are stored, and asks nobody: for demo and tests."""

    def find(self, text: str) -> list[Candidate]:
        """Return the addresses of places with all words of a text in name or address."""
        return _addresses(Place.objects.all().matching(text))

    def find_by_postcode(self, postcode: str, number: str) -> list[Candidate]:
        """Return the addresses of places with a postcode, those with the number first."""
        found = _addresses(Place.objects.filter(postcode=postcode))
        return sorted(found, key=lambda c: house_number(c.street_address) != number)


def get_geocoder() -> Geocoder:
    """Return the geocoder of the site (`SOCIALEKAART_GEOCODER`)."""
    geocoder: Geocoder = import_string(conf.GEOCODER)()
    return geocoder


def _addresses(places: Iterable[Place]) -> list[Candidate]:
    found: dict[str, Candidate] = {}
    for place in places:
        if place.latitude is None or place.longitude is None or not place.address:
            continue
        found.setdefault(
            place.address,
            Candidate(
                label=place.address,
                street_address=place.street_address,
                postcode=place.postcode,
                city=place.city,
                latitude=place.latitude,
                longitude=place.longitude,
            ),
        )
    return list(found.values())


def _municipality_filter() -> str:
    """Return the codes of our municipalities as PDOK writes them: `GM0637` is `0637` there."""
    codes = Area.objects.filter(kind=AreaKind.MUNICIPALITY).values_list("code", flat=True)
    known = sorted(code[2:] for code in codes if re.fullmatch(r"GM\d{4}", code))
    return f"gemeentecode:({' OR '.join(known)})" if known else ""


def _without_query_language(text: str) -> str:
    """Return a text without the signs that mean something to the search engine of PDOK (Solr)."""
    text = re.sub(r"[^\w\s.'’-]|(?<!\w)-|-(?!\w)", " ", text)
    # AND, OR and NOT are operators, only in capitals.
    return " ".join(w.lower() if w in ("AND", "OR", "NOT") else w for w in text.split())


def _read_document(document: Any) -> Candidate | None:
    """Read one answer; None when it has no point.

    Raises:
        KeyError, TypeError, ValueError: it is not what the description promises.
    """
    if not isinstance(document, dict):
        raise TypeError("no document")
    point = rules.parse_point(document.get("centroide_ll") or "")
    if point is None:
        return None
    street = " ".join(
        str(document[name]) for name in ("straatnaam", "huis_nlt") if document.get(name)
    )
    return Candidate(
        label=str(document["weergavenaam"]),
        street_address=street,
        postcode=rules.normalise_postcode(str(document.get("postcode") or "")),
        city=str(document.get("woonplaatsnaam") or ""),
        latitude=point[0],
        longitude=point[1],
    )
