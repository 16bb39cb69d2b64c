"""The register of places, the dialogue to choose one, and what the form asks while typing."""

import csv
import io
import json

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import Area, Place
from socialekaart_plugin.moderation.permissions import Role
from socialekaart_plugin.places.rules import format_point
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    UserFactory,
    at,
    square,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/socialekaart_plugin/place/"
CHOOSER = "/admin/snippets/choose/socialekaart_plugin/place/"
GEOCODE = LIST + "geocode/"


@pytest.fixture
def editor(client, team):
    user = UserFactory(role=Role.EDITORS)
    client.force_login(user)
    return user


@pytest.fixture
def geocoder(settings):
    def choose(name):
        settings.SOCIALEKAART_GEOCODER = f"tests.places.geocoders.{name}"

    choose("FixedGeocoder")
    return choose


def names(response):
    return [place.name for place in response.context["object_list"]]


# The search for an address


def test_addresses_come_with_their_point_and_area(client, editor, geocoder):
    AreaFactory(name="Centrum", outline=square(4.48, 52.05))
    answer = client.get(GEOCODE, {"q": "markt"}).json()
    assert answer["candidates"][0] == {
        "label": "Markt 10, 2711 CZ Zoetermeer",
        "street_address": "Markt 10",
        "postcode": "2711 CZ",
        "city": "Zoetermeer",
        "latitude": 52.06,
        "longitude": 4.49,
        "area": "Centrum",
    }
    assert answer["candidates"][1]["area"] == ""
    assert answer["message"].startswith("Er zijn 2 adressen gevonden")


def test_areas_of_many_addresses_are_read_in_one_query(
    client, editor, geocoder, django_assert_max_num_queries
):
    AreaFactory(outline=square(4.48, 52.05))
    client.get(GEOCODE, {"q": "x"})
    with django_assert_max_num_queries(7):
        assert len(client.get(GEOCODE, {"q": "a"}).json()["candidates"]) == 3


def test_nothing_found_says_what_to_try(client, editor, geocoder):
    answer = client.get(GEOCODE, {"q": "nergens"}).json()
    assert answer["candidates"] == []
    assert "postcode" in answer["message"]


def test_a_service_that_is_down_is_told_in_words_and_is_no_error(client, editor, geocoder):
    geocoder("SilentGeocoder")
    response = client.get(GEOCODE, {"q": "markt"})
    assert response.status_code == 200
    assert "geeft nu geen antwoord" in response.json()["message"]
    assert client.get(GEOCODE, {"postcode": "2711CZ"}).json() == {"guess": None}


def test_a_postcode_gives_a_guess_in_words(client, editor, geocoder):
    AreaFactory(name="Meerzicht", outline=square(4.48, 52.05))
    answer = client.get(GEOCODE, {"postcode": "2711cz", "street_address": "Markt 10"}).json()
    assert answer["guess"] == {
        "text": "Volgens de postcode ligt dit in Meerzicht.",
        "latitude": 52.06,
        "longitude": 4.49,
    }


@pytest.mark.parametrize(
    "asked", [{}, {"q": ""}, {"q": "%_'"}, {"q": "x" * 5000}, {"postcode": "é"}, {"postcode": ""}]
)
def test_nonsense_is_answered_like_anything_else(client, editor, asked):
    assert client.get(GEOCODE, asked).status_code == 200


def test_only_whoever_may_make_a_place_may_ask(client, team):
    assert client.get(GEOCODE, {"q": "markt"}).status_code == 302
    client.force_login(UserFactory())
    assert client.get(GEOCODE, {"q": "markt"}).status_code in (302, 403)


def test_asking_changes_nothing_and_is_not_kept_on_the_way(client, editor, geocoder):
    response = client.get(GEOCODE, {"q": "markt"})
    assert "no-store" in response["Cache-Control"]
    assert client.post(GEOCODE, {"q": "markt"}).status_code == 405


def test_saving_a_place_asks_nobody(client, editor, geocoder):
    geocoder("SilentGeocoder")
    response = client.post(
        LIST + "add/",
        {"name": "De Kern", "postcode": "2711CZ", "audience": "public", "location": ""},
    )
    assert response.status_code == 302
    assert Place.objects.get().postcode == "2711 CZ"


# The form


def test_a_place_in_the_sea_is_refused_and_nothing_typed_is_lost(client, editor):
    response = client.post(
        LIST + "add/",
        {
            "name": "De Kern",
            "street_address": "Markt 10",
            "audience": "public",
            "location": format_point(4.49, 52.06),
            "accessibility-wide_doors": "yes",
        },
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert "Dit punt ligt in zee" in html
    assert 'value="Markt 10"' in html
    assert f'value="{format_point(4.49, 52.06)}"' in html
    assert 'name="accessibility-wide_doors" value="yes" checked' in html
    assert not Place.objects.exists()


@pytest.mark.parametrize("typed", ["52.05,nergens", "SRID=4326;POINT(400 99)"])
def test_what_is_no_point_is_refused_and_stands_there_as_it_was_typed(client, editor, typed):
    response = client.post(
        LIST + "add/", {"name": "De Kern", "audience": "public", "location": typed}
    )
    html = response.content.decode()
    assert html.count(f'value="{typed}"') == 2  # what is sent, and what one sees
    assert "punt" in str(response.context["form"].errors["location"])
    assert not Place.objects.exists()


def test_a_slug_that_another_place_has_is_told_beside_it(client, editor):
    PlaceFactory(name="De Kern", slug="de-kern")
    response = client.post(
        LIST + "add/", {"name": "Kern 2", "slug": "de-kern", "audience": "public"}
    )
    assert "Dit webadres is al bezet" in response.content.decode()
    assert Place.objects.count() == 1


def test_the_form_asks_in_the_order_in_which_one_tells(client, editor):
    html = client.get(LIST + "add/").content.decode()
    order = ["id_name", "id_address_search", "id_street_address", "id_location_latlng"]
    order += ["id_accessibility", 'name="audience"', "id_slug"]
    places = [html.index(mark) for mark in order]
    assert places == sorted(places)
    assert "unpkg" not in html


# The register


@pytest.fixture
def places():
    town = AreaFactory(name="Stad", kind="municipality", outline=square(4.4, 52.0, 0.2))
    AreaFactory(name="Centrum", outline=square(4.48, 52.05), parent=town)
    kern = PlaceFactory(name="De Kern", street_address="Markt 10")
    PlaceFactory(name="Elders", location=format_point(52.01, 4.41), audience=Audience.INTERNAL)
    PlaceFactory(name="Zonder punt", location="")
    OrganisationFactory(visiting_place=kern)


def area(name):
    return Area.objects.get(name=name).pk


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["De Kern", "Elders", "Zonder punt"]),
        ({"area": "Centrum"}, ["De Kern"]),
        ({"area": "Stad"}, ["De Kern", "Elders"]),
        ({"audience": "internal"}, ["Elders"]),
        ({"point": "no"}, ["Zonder punt"]),
        ({"point": "yes"}, ["De Kern", "Elders"]),
        ({"used": "yes"}, ["De Kern"]),
        ({"used": "no"}, ["Elders", "Zonder punt"]),
        ({"q": "mark"}, ["De Kern"]),
    ],
)
def test_the_register_is_filtered(client, editor, places, asked, expected):
    if "area" in asked:
        asked = {"area": area(asked["area"])}
    assert names(client.get(LIST, asked)) == expected


def test_the_register_tells_how_many_records_use_a_place(client, editor, places):
    response = client.get(LIST)
    assert [place.uses for place in response.context["object_list"]] == [1, 0, 0]
    ordered = client.get(LIST, {"ordering": "-uses"})
    assert names(ordered)[0] == "De Kern"


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", [LIST, CHOOSER, CHOOSER + "results/"])
def test_a_list_costs_as_many_queries_for_many_places_as_for_few(client, editor, places, path):
    few = queries(client, path)
    organisation = OrganisationFactory()
    for number in range(12):
        place = PlaceFactory(name=f"Plek {number}")
        ActivityFactory(organisation=organisation, sessions=[at(place)])
    assert queries(client, path) == few


def test_the_register_leaves_as_csv_and_as_spreadsheet(client, editor, places):
    response = client.get(LIST, {"export": "csv"})
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert len(rows) == 4
    assert "Gebruikt door" in rows[0]
    assert rows[1][0] == "De Kern"
    assert rows[1][rows[0].index("Gebruikt door")] == "1"
    assert "Centrum" in rows[1]
    spreadsheet = client.get(LIST, {"export": "xlsx"})
    assert b"".join(spreadsheet.streaming_content)[:2] == b"PK"


# The dialogue


def chosen(response):
    answer = json.loads(response.content)
    assert answer["step"] == "chosen", answer
    return answer["result"]


def shown_again(response):
    answer = json.loads(response.content)
    assert answer["step"] == "reshow_creation_form"
    return answer["htmlFragment"]


def new_place(**values):
    return {f"new-place-{name}": value for name, value in values.items()}


def test_the_dialogue_shows_address_district_and_use(client, editor, places):
    html = json.loads(client.get(CHOOSER).content)["html"]
    for words in ("De Kern", "Markt 10, 2712 AB Zoetermeer", "Centrum", "Nieuwe plek"):
        assert words in html
    # What the form needs comes with the page that the dialogue is opened from.
    assert "<script" not in html


@pytest.mark.parametrize("asked", ["kern", "markt 10", "2712ab markt"])
def test_a_place_is_found_by_name_street_and_postcode(client, editor, places, asked):
    html = client.get(CHOOSER + "results/", {"q": asked}).content.decode()
    assert "De Kern" in html
    assert "Elders" not in html


@pytest.mark.parametrize("asked", ["nergens", "%", "'\"<b>", "x" * 3000])
def test_a_search_without_result_points_at_making_one(client, editor, places, asked):
    response = client.get(CHOOSER + "results/", {"q": asked})
    assert response.status_code == 200
    html = response.content.decode()
    assert "Nieuwe plek" in html
    assert "<b>" not in html


def test_a_place_is_made_and_chosen_with_a_line_in_the_log(client, editor):
    area = AreaFactory(name="Centrum", outline=square(4.48, 52.05))
    response = client.post(
        CHOOSER + "create/",
        new_place(
            name="De Kern",
            street_address="Markt 10",
            postcode="2711cz",
            city="Zoetermeer",
            location=format_point(52.06, 4.49),
            audience="public",
        ),
    )
    place = Place.objects.get()
    assert chosen(response)["id"] == str(place.pk)
    assert (place.name, place.postcode, place.area, place.slug) == (
        "De Kern",
        "2711 CZ",
        area,
        "de-kern",
    )
    (entry,) = ModelLogEntry.objects.filter(action="wagtail.create")
    assert (entry.user, entry.label) == (editor, "De Kern")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Dit veld is vereist"),
        ({"location": format_point(4.49, 52.06)}, "Dit punt ligt in zee"),
        ({"location": "Markt"}, "geen punt"),
        ({"audience": "everyone"}, "everyone"),
        ({"name": "x" * 161}, "160"),
    ],
)
def test_a_new_place_is_checked_like_any_and_nothing_typed_is_lost(client, editor, wrong, words):
    values = {"name": "De Kern", "street_address": "Markt 10", "audience": "public"} | wrong
    html = shown_again(client.post(CHOOSER + "create/", new_place(**values)))
    assert words in html
    assert 'value="Markt 10"' in html
    assert not Place.objects.exists()


def test_a_likely_duplicate_is_asked_after_and_can_be_chosen_instead(client, editor):
    duplicate = PlaceFactory(name="De Kern", street_address="Markt 10", postcode="2711 CZ")
    values = {"name": "Buurthuis Kern", "street_address": "markt 10", "postcode": "2711cz"}
    values |= {"audience": "public"}
    html = shown_again(client.post(CHOOSER + "create/", new_place(**values)))
    assert "Is het een van deze?" in html
    assert "De Kern (Markt 10, 2711 CZ Zoetermeer)" in html
    assert Place.objects.count() == 1

    sent = new_place(**values, is_it=str(duplicate.pk))
    assert chosen(client.post(CHOOSER + "create/", sent))["id"] == str(duplicate.pk)
    assert Place.objects.count() == 1

    sent = new_place(**values, is_it="new")
    assert chosen(client.post(CHOOSER + "create/", sent))["string"] == "Buurthuis Kern"
    assert Place.objects.count() == 2


def test_another_place_than_a_duplicate_cannot_be_slipped_in_as_one(client, editor):
    PlaceFactory(name="De Kern")
    other = PlaceFactory(name="Elders")
    sent = new_place(name="De Kern", audience="public", is_it=str(other.pk))
    shown_again(client.post(CHOOSER + "create/", sent))
    assert Place.objects.count() == 2


def test_whoever_may_not_make_places_finds_no_tab_for_it_and_cannot(client, team):
    user = UserFactory()
    user.user_permissions.add(
        Permission.objects.get(codename="access_admin"),
        Permission.objects.get(codename="view_place"),
    )
    client.force_login(user)
    assert "Nieuwe plek" not in json.loads(client.get(CHOOSER).content)["html"].split("results")[0]
    sent = new_place(name="De Kern", audience="public")
    assert client.post(CHOOSER + "create/", sent).status_code in (302, 403)
    assert not Place.objects.exists()


def test_the_dialogue_is_where_the_widget_looks_for_it(client, editor):
    assert reverse("wagtailsnippetchoosers_socialekaart_plugin_place:choose") == CHOOSER
    html = client.get("/admin/snippets/socialekaart_plugin/organisation/add/").content.decode()
    assert CHOOSER in html
    assert html.count("places/address_search.js") == 1
