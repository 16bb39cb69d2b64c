"""Searching in a directory that holds only what the test itself published."""

import pytest

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.search import (
    Near,
    SearchRequest,
    UnknownPostcode,
    search,
)
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.places.rules import format_point
from tests.factories import ActivityFactory, OrganisationFactory, PlaceFactory, ThemeFactory, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("each_engine")]


def names(text="", **request):
    return [payload["name"] for payload in search(SearchRequest(text=text, **request)).payloads]


def options(*facets, **request):
    found = search(SearchRequest(counted=facets, limit=0, **request)).options
    return {facet: [(o.name, o.count) for o in of_it] for facet, of_it in found.items()}


@pytest.mark.parametrize("word", ["tv", "3", "x"])
def test_short_words_are_found_too(word):
    OrganisationFactory(public=True, name="TV 3 X")
    assert names(word) == ["TV 3 X"]


@pytest.mark.parametrize("length", [58, 61, 64, 70])
def test_so_are_words_of_any_length(length):
    OrganisationFactory(public=True, name="q" * length)
    assert names("q" * length) == ["q" * length]


def test_a_private_word_finds_nothing():
    OrganisationFactory(public=True, name="Openbaar", description="<p>Kom langs.</p>")
    OrganisationFactory(name="Geheimwoord")
    assert names("geheimwoord") == []
    assert search(SearchRequest(text="geheimwoort")).corrections == ()


def test_what_was_withdrawn_is_gone_and_corrects_nothing():
    gone = OrganisationFactory(public=True, name="Volkstuinders")
    assert names("volkstuinders") == ["Volkstuinders"]
    withdraw_record(record=gone, reason="Gestopt")
    assert names("volkstuinders") == []
    assert search(SearchRequest(text="volkstuindres")).corrections == ()


def test_pages_hold_every_record_once_also_when_names_are_the_same():
    for _number in range(7):
        OrganisationFactory(public=True, name="Dezelfde naam", visiting_place=PlaceFactory())
    for sort in ("name", "-name", "relevance", "distance", "-verified"):
        for text in ("", "naam"):
            request = SearchRequest(text=text, sort=sort, near=Near(52.0, 4.4), limit=3)
            pages = [
                search(SearchRequest(**{**request.__dict__, "offset": offset})).payloads
                for offset in (0, 3, 6)
            ]
            found = [payload["uuid"] for page in pages for payload in page]
            assert (len(found), len(set(found))) == (7, 7)


@pytest.mark.embedded
@pytest.mark.parametrize("number", [4, 20])
def test_a_search_is_three_queries_at_most_and_two_for_words_asked_before(
    number, django_assert_num_queries
):
    theme = ThemeFactory()
    for index in range(number):
        OrganisationFactory(
            public=True,
            name=f"Groep {index}",
            themes=[theme],
            tags=["a", "b"],
            visiting_place=PlaceFactory() if index < 3 else None,
        )
    facets = {"theme": (theme.slug,)}
    search(SearchRequest())
    request = SearchRequest(text="groep", facets=facets, counted=("theme", "tag"), limit=40)
    with django_assert_num_queries(3):
        results = search(request)
    assert len(results.payloads) == number
    with django_assert_num_queries(2):
        search(request)
    with django_assert_num_queries(1):
        assert search(SearchRequest(limit=0)).total == number


def test_a_facet_without_values_is_offered_empty(db):
    assert options("theme", "area") == {"theme": [], "area": []}


@pytest.mark.parametrize(
    ("postcode", "point"),
    [("2711 ab", (52.06, 4.49)), ("2711AB", (52.06, 4.49)), ("2711", (52.06, 4.50))],
)
def test_a_postcode_is_where_its_places_are(postcode, point):
    here = PlaceFactory(postcode="2711 AB", location=format_point(52.06, 4.49))
    there = PlaceFactory(postcode="2711 XY", location=format_point(52.06, 4.51))
    far = PlaceFactory(postcode="2799 ZZ", location=format_point(52.20, 4.49))
    ActivityFactory(public=True, sessions=[at(here), at(there), at(far)])
    results = search(SearchRequest(postcode=postcode))
    assert (results.near.latitude, results.near.longitude) == pytest.approx(point)


def test_letters_that_nobody_has_are_where_the_digits_are():
    place = PlaceFactory(postcode="2711 AB", location=format_point(52.06, 4.49))
    OrganisationFactory(public=True, visiting_place=place)
    near = search(SearchRequest(postcode="2711 ZZ")).near
    assert (near.latitude, near.longitude) == pytest.approx((52.06, 4.49))


def test_where_a_place_for_referrers_is_the_public_is_not_told():
    point, hidden = format_point(52.06, 4.49), Audience.REFERRER
    place = PlaceFactory(postcode="2755 QQ", location=point, audience=hidden)
    OrganisationFactory(public=True, visiting_place=place)
    with pytest.raises(UnknownPostcode):
        search(SearchRequest(postcode="2755 QQ"))
    assert search(SearchRequest(postcode="2755 QQ", audience=Audience.REFERRER)).near is not None
