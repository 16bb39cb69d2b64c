"""The PDOK geocoder against a real server that answers as PDOK does, or does not."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache

from socialekaart_plugin.places.geocoding import (
    GeocodingUnavailable,
    PdokGeocoder,
    StoredPlacesGeocoder,
    get_geocoder,
)
from tests.factories import AreaFactory, PlaceFactory

MARKT = {
    "weergavenaam": "Markt 10, 2711CZ Zoetermeer",
    "straatnaam": "Markt",
    "huis_nlt": "10",
    "postcode": "2711CZ",
    "woonplaatsnaam": "Zoetermeer",
    "centroide_ll": "POINT(4.4937 52.0607)",
}
POSTCODE = {
    "weergavenaam": "Markt, 2711CZ Zoetermeer",
    "straatnaam": "Markt",
    "postcode": "2711CZ",
    "woonplaatsnaam": "Zoetermeer",
    "centroide_ll": "POINT(4.494 52.061)",
}


def found(*documents):
    return {
        "response": {
            "numFound": len(documents),
            "start": 0,
            "maxScore": 7.4,
            "numFoundExact": True,
            "docs": list(documents),
        }
    }


class Server(ThreadingHTTPServer):
    """Answers with what `answers` says: a function of the parameters, bytes, or a status."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []
        self.answer = found()
        self.status = 200
        self.wait = 0.0


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query)
        self.server.asked.append(asked)
        time.sleep(self.server.wait)
        answer = self.server.answer
        if callable(answer):
            answer = answer(asked)
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        try:
            self.send_response(self.server.status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)
        except BrokenPipeError:
            pass  # whoever asked has left: that is what a test of waiting is about

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    server = Server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def pdok(server, monkeypatch, db):
    cache.clear()
    geocoder = PdokGeocoder()
    monkeypatch.setattr(
        PdokGeocoder, "url", f"http://127.0.0.1:{server.server_port}/search/v3_1/free"
    )
    yield geocoder
    cache.clear()


def test_an_address_is_read_with_its_parts_and_its_point(pdok, server):
    server.answer = found(MARKT)
    (candidate,) = pdok.search("markt 10")
    assert candidate.label == "Markt 10, 2711CZ Zoetermeer"
    assert (candidate.street_address, candidate.postcode) == ("Markt 10", "2711 CZ")
    assert (candidate.city, candidate.latitude, candidate.longitude) == (
        "Zoetermeer",
        52.0607,
        4.4937,
    )
    (asked,) = server.asked
    assert asked["q"] == ["markt 10"]
    assert asked["fq"] == ["type:adres"]
    # PDOK refuses a parameter that is not in its description.
    assert set(asked) <= {"q", "fq", "fl", "rows", "start", "sort", "wt", "df", "bq"}


def test_our_own_municipality_comes_first_and_the_country_only_when_it_has_nothing(pdok, server):
    AreaFactory(kind="municipality", code="GM0637")
    AreaFactory(kind="municipality", code="Stad")
    server.answer = found(MARKT)
    pdok.search("markt 10")
    assert [asked["fq"] for asked in server.asked] == [["type:adres", "gemeentecode:(0637)"]]
    server.asked.clear()
    server.answer = lambda asked: found() if len(asked["fq"]) > 1 else found(MARKT)
    assert len(pdok.search("markt 1 almere")) == 1
    assert [asked["fq"][1:] for asked in server.asked] == [["gemeentecode:(0637)"], []]


def test_what_means_something_to_the_search_engine_is_not_sent_on(pdok, server):
    pdok.search('Markt: 10* OR (type:"weg") ~2 -x d\'Artagnan-laan 3')
    assert server.asked[0]["q"] == ["Markt 10 or type weg 2 x d'Artagnan-laan 3"]


@pytest.mark.parametrize("text", ["", "   ", "***", '"', "\0"])
def test_nothing_is_asked_of_anyone_when_there_is_nothing_to_ask(pdok, server, text):
    assert pdok.search(text) == []
    assert server.asked == []


def test_a_postcode_with_a_number_is_an_address_and_without_one_a_street(pdok, server):
    server.answer = lambda asked: found(MARKT if "type:adres" in asked["fq"] else POSTCODE)
    assert pdok.by_postcode("2711cz", "10").latitude == 52.0607
    assert server.asked[0]["fq"] == ["type:adres", "postcode:2711CZ", "huisnummer:10"]
    assert pdok.by_postcode("2711 CZ").latitude == 52.061
    assert server.asked[1]["fq"] == ["type:postcode", "postcode:2711CZ"]


def test_a_number_that_is_not_there_gives_the_postcode(pdok, server):
    server.answer = lambda asked: found() if "type:adres" in asked["fq"] else found(POSTCODE)
    assert pdok.by_postcode("2711CZ", "9999").longitude == 4.494


@pytest.mark.parametrize("postcode", ["", "2711", "0711 CZ", "SW1A 1AA", "2711CZ OR 1=1"])
def test_what_is_no_whole_postcode_is_not_asked(pdok, server, postcode):
    assert pdok.by_postcode(postcode) is None
    assert server.asked == []


def test_an_answer_is_kept_also_when_nothing_was_found(pdok, server):
    server.answer = found(MARKT)
    first = pdok.search("Markt  10")
    assert pdok.search("markt 10") == first
    server.answer = found()
    assert pdok.search("nergens 1") == pdok.search("nergens 1") == []
    assert pdok.by_postcode("2711CZ") is pdok.by_postcode("2711 cz") is None
    assert len(server.asked) == 3


def test_whoever_is_slow_is_not_waited_for(pdok, server, settings):
    settings.SOCIALEKAART_GEOCODER_TIMEOUT = 1
    server.wait = 2.5
    server.answer = found(MARKT)
    # Who waited would have the answer.
    with pytest.raises(GeocodingUnavailable):
        pdok.search("markt 10")


def test_that_nobody_answered_is_not_kept(pdok, server):
    server.status = 503
    with pytest.raises(GeocodingUnavailable):
        pdok.search("markt 10")
    server.status, server.answer = 200, found(MARKT)
    assert len(pdok.search("markt 10")) == 1


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
def test_a_refusal_is_told_as_such(pdok, server, status):
    server.status = status
    with pytest.raises(GeocodingUnavailable):
        pdok.search("markt 10")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>Onderhoud</html>",
        b'{"response": ',
        b"[]",
        b"null",
        b'{"response": null}',
        b'{"response": {}}',
        b'{"response": {"docs": 5}}',
        b'{"response": {"docs": [5]}}',
        found({"weergavenaam": "x", "centroide_ll": "POINT(abc)"}),
        found({"weergavenaam": "x", "centroide_ll": "POINT(400 90)"}),
        found({"centroide_ll": "POINT(4 52)"}),
        found({"weergavenaam": "x", "centroide_ll": {"lat": 4}}),
        b"\xff\xfe\xfa",
    ],
)
def test_an_answer_that_cannot_be_read_is_told_as_such(pdok, server, answer):
    server.answer = answer
    with pytest.raises(GeocodingUnavailable) as caught:
        pdok.search("Geheimestraat 1")
    assert "Geheimestraat" not in str(caught.value)


def test_an_answer_without_a_point_is_passed_over(pdok, server):
    server.answer = found({**MARKT, "centroide_ll": ""}, MARKT)
    assert len(pdok.search("markt")) == 1


def test_a_server_that_is_not_there_is_told_as_such(pdok, server):
    server.shutdown()
    server.server_close()
    with pytest.raises(GeocodingUnavailable):
        pdok.search("markt 10")


@pytest.mark.django_db
def test_the_stored_places_answer_without_a_network():
    PlaceFactory(name="De Kern", street_address="Markt 10", postcode="2711 CZ")
    PlaceFactory(name="Bij de buren", street_address="Markt 10", postcode="2711 CZ")
    PlaceFactory(name="Zonder punt", street_address="Markt 11", location="")
    geocoder = get_geocoder()
    assert isinstance(geocoder, StoredPlacesGeocoder)
    (candidate,) = geocoder.search("markt 10 2711cz")
    assert candidate.label == "Markt 10, 2711 CZ Zoetermeer"
    assert (candidate.latitude, candidate.longitude) == (52.06, 4.49)
    assert [c.label for c in geocoder.search("kern")] == [candidate.label]
    assert geocoder.search("nergens") == []


@pytest.mark.django_db
def test_the_stored_places_know_a_postcode_best_by_its_number():
    PlaceFactory(street_address="Markt 10", location="SRID=4326;POINT(4.1 52.1)")
    PlaceFactory(street_address="Markt 12a", location="SRID=4326;POINT(4.2 52.2)")
    geocoder = StoredPlacesGeocoder()
    assert geocoder.by_postcode("2712ab", "12").latitude == 52.2
    assert geocoder.by_postcode("2799XX") is None
