"""Geocoders: find the coordinates of an address through PDOK Locatieserver or stored places."""

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

#: Maximum query length; longer queries are cut.
LONGEST_QUESTION = 120
MOST_CANDIDATES = 8


class GeocodingUnavailable(Exception):  # noqa: N818 - a state of the service, not an error of ours
    """The geocoder does not answer in time, or its answer cannot be read."""


@dataclass(frozen=True)
class Candidate:
    """A matching address with its coordinates (degrees, WGS84)."""

    label: str
    street_address: str
    postcode: str
    city: str
    latitude: float
    longitude: float


class Geocoder(ABC):
    """Base class for geocoders.

    Subclasses implement `find` and `find_by_postcode`, which never receive blank queries. Answers
    are cached for `cache_seconds`, empty ones for `cache_seconds_when_empty`.
    """

    #: Cache timeouts for answers, and for empty answers. 0: do not cache.
    cache_seconds = 0
    cache_seconds_when_empty = 0

    @abstractmethod
    def find(self, text: str) -> list[Candidate]:
        """Return the addresses that match a text, the best match first.

        Raises:
            GeocodingUnavailable: the geocoder does not answer.
        """

    @abstractmethod
    def find_by_postcode(self, postcode: str, number: str) -> list[Candidate]:
        """Return addresses with a postcode (`1234 AB`) and a house number, which may be empty.

        Raises:
            GeocodingUnavailable: the geocoder does not answer.
        """

    def search(self, text: str) -> list[Candidate]:
        """Return at most eight addresses that match a text, the best match first.

        Raises:
            GeocodingUnavailable: the geocoder does not answer.
        """
        text = " ".join(text.split())[:LONGEST_QUESTION]
        if not text:
            return []
        return self._kept(("search", text.casefold()), lambda: self.find(text))

    def by_postcode(self, postcode: str, number: str = "") -> Candidate | None:
        """Return one candidate for a postcode, or None: a guess, not an exact address.

        Args:
            postcode: a complete Dutch postcode; other values are not looked up.
            number: the house number; may be empty.

        Raises:
            GeocodingUnavailable: the geocoder does not answer.
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
        # Hashed: cache keys take no spaces, and addresses of people are private.
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
    """The PDOK Locatieserver of the Dutch Kadaster: all addresses of the country, free to use.

    Searches the municipalities of the site first, then the whole country if there is no match.
    https://api.pdok.nl/bzk/locatieserver/search/v3_1/ui/
    """

    url = "https://api.pdok.nl/bzk/locatieserver/search/v3_1/free"
    cache_seconds = 7 * 24 * 3600
    cache_seconds_when_empty = 3600

    #: Only fields from the API description: the server rejects unknown parameters.
    _FIELDS = "weergavenaam,straatnaam,huis_nlt,postcode,woonplaatsnaam,centroide_ll"

    def find(self, text: str) -> list[Candidate]:
        """Return the addresses that match a text, in our own municipalities if possible."""
        question = _without_query_language(text)
        if not question:
            return []
        town = _municipality_filter()
        found = self._ask(question, ["type:adres", town]) if town else []
        return found or self._ask(question, ["type:adres"])

    def find_by_postcode(self, postcode: str, number: str) -> list[Candidate]:
        """Return the addresses with a postcode and, if given, a house number."""
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
            # Leave out the query: it may be the address of a person.
            raise GeocodingUnavailable(type(error).__name__) from error


class StoredPlacesGeocoder(Geocoder):
    """Searches only the addresses of stored places, without network; for demos and tests."""

    def find(self, text: str) -> list[Candidate]:
        """Return places that have all words of the text in their name or address."""
        return _addresses(Place.objects.all().matching(text))

    def find_by_postcode(self, postcode: str, number: str) -> list[Candidate]:
        """Return places with a postcode, those with the house number first."""
        found = _addresses(Place.objects.filter(postcode=postcode))
        return sorted(found, key=lambda c: house_number(c.street_address) != number)


def get_geocoder() -> Geocoder:
    """Return the configured geocoder (`SOCIALEKAART_GEOCODER`)."""
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
    """Return a Solr filter on our municipality codes; PDOK writes `GM0637` as `0637`."""
    codes = Area.objects.filter(kind=AreaKind.MUNICIPALITY).values_list("code", flat=True)
    known = sorted(code[2:] for code in codes if re.fullmatch(r"GM\d{4}", code))
    return f"gemeentecode:({' OR '.join(known)})" if known else ""


def _without_query_language(text: str) -> str:
    """Remove the operators of the Solr query language that PDOK uses."""
    text = re.sub(r"[^\w\s.'’-]|(?<!\w)-|-(?!\w)", " ", text)
    # AND, OR and NOT are operators only in capitals.
    return " ".join(w.lower() if w in ("AND", "OR", "NOT") else w for w in text.split())


def _read_document(document: Any) -> Candidate | None:
    """Parse one result; None when it has no point.

    Raises:
        KeyError, TypeError, ValueError: it does not match the API description.
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
