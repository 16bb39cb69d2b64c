"""Choose a place within an activity, or make one on the spot, by keyboard alone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from socialekaart_plugin.models import Place
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import AreaFactory, PlaceFactory, square

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

ADMIN = "/admin/snippets/socialekaart_plugin"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def editor(visit, colleague, team, settings):
    settings.SOCIALEKAART_GEOCODER = "tests.places.geocoders.FixedGeocoder"
    AreaFactory(name="Meerzicht", outline=square(4.48, 52.05))
    PlaceFactory(name="Buurthuis De Kern", street_address="Parklaan 3", postcode="2713 AA")
    PlaceFactory(name="Wijkcentrum Noord", street_address="Noordweg 8", postcode="2728 BB")

    def editor(**options):
        visitor = visit(**options)
        visitor.log_in(colleague(Role.EDITORS))
        return visitor

    return editor


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def tab_to(page, target, most=60):
    """Press Tab until the target has the focus."""
    for _press in range(most):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead there; it stands at {focused(page)!r}")


def violations(page, within):
    found = Axe().run(page, context=within).response["violations"]
    return [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found]


def open_chooser(page):
    page.goto(f"{ADMIN}/activity/add/")
    add = page.locator("#id_sessions-ADD")
    add.focus()
    page.keyboard.press("Enter")
    choose = page.get_by_role("button", name="Kies een plek").first
    tab_to(page, choose)
    page.keyboard.press("Enter")
    dialogue = page.locator(".modal-dialog")
    expect(dialogue.get_by_label("Zoek een plek")).to_be_visible()
    return dialogue


def test_a_place_is_found_and_chosen_by_keyboard(editor):
    visitor = editor()
    page = visitor.page
    dialogue = open_chooser(page)
    expect(dialogue.get_by_role("link", name="Wijkcentrum Noord")).to_be_visible()
    assert violations(page, ".modal-dialog") == []
    tab_to(page, dialogue.get_by_label("Zoek een plek"))
    page.keyboard.type("2713aa")
    expect(dialogue.get_by_role("link", name="Wijkcentrum Noord")).to_have_count(0)
    found = dialogue.get_by_role("link", name="Buurthuis De Kern")
    expect(found).to_be_visible()
    visitor.picture("browser-place-chooser")
    tab_to(page, found)
    page.keyboard.press("Enter")
    expect(dialogue).to_be_hidden()
    expect(page.locator("#id_sessions-0-place-chooser")).to_contain_text("Buurthuis De Kern")
    assert visitor.errors == []


def test_a_place_is_made_on_the_spot_by_keyboard(editor):
    visitor = editor()
    page = visitor.page
    dialogue = open_chooser(page)
    tab_to(page, dialogue.get_by_role("tab", name="Zoeken"))
    page.keyboard.press("ArrowRight")
    name = dialogue.get_by_label("Naam")
    expect(name).to_be_visible()
    assert violations(page, ".modal-dialog") == []
    tab_to(page, name)
    page.keyboard.type("De Vlinder")
    tab_to(page, dialogue.get_by_label("Zoek een adres"))
    page.keyboard.type("markt 10")
    page.keyboard.press("Enter")
    address = dialogue.get_by_role("button", name="Markt 10, 2711 CZ Zoetermeer (Meerzicht)")
    expect(address).to_be_visible()
    tab_to(page, address)
    page.keyboard.press("Enter")
    expect(dialogue.get_by_label("Postcode")).to_have_value("2711 CZ")
    expect(dialogue.get_by_text("Het ligt in Meerzicht.")).to_be_visible()
    expect(dialogue.locator("#id_new-place-location")).to_have_value("SRID=4326;POINT(4.49 52.06)")
    expect(dialogue.locator(".leaflet-marker-icon")).to_be_visible()
    assert violations(page, ".modal-dialog") == []
    visitor.picture("browser-place-new")
    point = dialogue.get_by_label("Punt op de kaart")
    tab_to(page, point)
    page.keyboard.press("Control+A")
    page.keyboard.type("52.0601,4.4902")
    tab_to(page, dialogue.get_by_label("alleen collega's"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    tab_to(page, dialogue.get_by_role("button", name="Deze plek maken en kiezen"))
    page.keyboard.press("Enter")
    expect(dialogue).to_be_hidden()
    expect(page.locator("#id_sessions-0-place-chooser")).to_contain_text("De Vlinder")
    place = Place.objects.get(name="De Vlinder")
    assert (place.latitude, place.longitude) == (52.0601, 4.4902)
    assert (place.area.name, place.audience) == ("Meerzicht", "public")
    assert visitor.errors == []
    assert all("tile" in address for address in visitor.elsewhere), visitor.elsewhere


def test_a_likely_duplicate_is_shown_and_taken_instead(editor):
    visitor = editor(viewport=PHONE)
    page = visitor.page
    dialogue = open_chooser(page)
    dialogue.get_by_role("tab", name="Nieuwe plek").click()
    dialogue.get_by_label("Naam").fill("buurthuis de kern")
    dialogue.get_by_role("button", name="Deze plek maken en kiezen").click()
    duplicate = dialogue.get_by_label("Buurthuis De Kern (Parklaan 3")
    # What must be put right has the focus.
    expect(duplicate).to_be_focused()
    expect(dialogue.get_by_label("Naam")).to_have_value("buurthuis de kern")
    assert violations(page, ".modal-dialog") == []
    width = "document.querySelector('.modal-dialog').scrollWidth"
    assert page.evaluate(width) <= PHONE["width"]
    visitor.picture("browser-place-duplicate-phone")
    page.keyboard.press("Space")
    dialogue.get_by_role("button", name="Deze plek maken en kiezen").click()
    expect(dialogue).to_be_hidden()
    expect(page.locator("#id_sessions-0-place-chooser")).to_contain_text("Buurthuis De Kern")
    assert Place.objects.count() == 2
    assert visitor.errors == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_form_of_a_place_works_by_keyboard_and_on_a_phone(editor, width):
    visitor = editor(viewport={"width": width, "height": 900})
    page = visitor.page
    page.goto(f"{ADMIN}/place/add/")
    page.get_by_label("Naam").fill("De Vlinder")
    page.get_by_label("Postcode").fill("2711cz")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Volgens de postcode ligt dit in Meerzicht.")).to_be_visible()
    there = page.get_by_role("button", name="Zet de speld daar")
    there.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_location")).to_have_value("SRID=4326;POINT(4.49 52.06)")
    point = page.get_by_label("Punt op de kaart")
    expect(point).to_be_focused()
    point.fill("52.05,nergens")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Dit is geen punt.")).to_be_visible()
    point.fill("")
    expect(page.locator("#id_location")).to_have_value("")
    point.fill("52.061,4.491")
    expect(page.locator("#id_location")).to_have_value(re.compile(r"POINT\(4\.491 52\.061\)"))
    doors = page.get_by_role("radiogroup", name="Deuren van minstens 85 cm")
    doors.get_by_label("niet bekend").focus()
    page.keyboard.press("ArrowDown")
    expect(doors.get_by_label("ja", exact=True)).to_be_checked()
    assert violations(page, "main") == []
    body = "document.documentElement.scrollWidth"
    assert page.evaluate(body) <= width
    visitor.picture(f"browser-place-form-{width}")
    with page.expect_navigation():
        page.locator("footer").get_by_role("button", name="Opslaan").click()
    place = Place.objects.get(name="De Vlinder")
    assert (place.latitude, place.longitude) == (52.061, 4.491)
    assert place.accessibility == {"wide_doors": True}
    assert visitor.errors == []


def test_the_form_goes_on_when_nobody_knows_the_addresses(editor, settings):
    settings.SOCIALEKAART_GEOCODER = "tests.places.geocoders.SilentGeocoder"
    visitor = editor()
    page = visitor.page
    page.goto(f"{ADMIN}/place/add/")
    page.get_by_label("Zoek een adres").fill("markt 10")
    page.keyboard.press("Enter")
    expect(page.get_by_text("De adressendienst geeft nu geen antwoord.")).to_be_visible()
    page.get_by_label("Naam").fill("De Vlinder")
    page.get_by_label("Straat en huisnummer").fill("Markt 10")
    with page.expect_navigation():
        page.locator("footer").get_by_role("button", name="Opslaan").click()
    assert Place.objects.get(name="De Vlinder").street_address == "Markt 10"
    assert visitor.errors == []
