"""Enter, approve, find: as people would, with a mouse and a keyboard in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from socialekaart_plugin.models import Activity, Organisation
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import AreaFactory, OrganisationFactory, PlaceFactory, ThemeFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

ADMIN = "/admin/snippets/socialekaart_plugin"


def choose(page, button, name):
    """Choose a snippet in the dialogue that a button opens."""
    page.get_by_role("button", name=button).click()
    dialogue = page.locator(".modal-dialog")
    dialogue.get_by_role("link", name=name).click()
    expect(dialogue).to_be_hidden()


def finish_with(page, name):
    """Open the menu beside the main button, and choose from it."""
    page.locator("footer").get_by_role("button", name="Meer acties").last.click()
    # The button waits for an automatic save, and then leaves the page.
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_an_editor_enters_a_moderator_approves_a_resident_finds(
    visit, colleague, team, directory_page
):
    AreaFactory(name="Centrum")
    ThemeFactory(name="Administratie", parent=ThemeFactory(name="Geld"))
    PlaceFactory(name="Buurthuis De Kern")

    editor = visit()
    editor.log_in_by_form(colleague(Role.EDITORS, first_name="Els"))
    page = editor.page
    page.goto(f"{ADMIN}/organisation/add/")
    page.get_by_label("Naam").first.fill("Stichting Buurtmaatjes")
    page.get_by_label("Samenvatting").fill("Wij helpen bij post en formulieren.")
    page.get_by_label("Geld › Administratie").check()
    choose(page, "Kies een plek", "Buurthuis De Kern")
    page.get_by_role("button", name="Voeg contactgegeven toe").click()
    fact = page.locator("[data-inline-panel-child]").last
    fact.get_by_label("Soort").select_option("phone")
    fact.get_by_label("Wat").fill("0791234567")
    fact.get_by_label("iedereen").check()
    editor.picture("browser-organisation-form")
    finish_with(page, "Stuur door naar Sociale kaart")
    organisation = Organisation.objects.get(name="Stichting Buurtmaatjes")
    assert organisation.workflow_in_progress

    page.goto(f"{ADMIN}/activity/add/")
    page.get_by_label("Naam").first.fill("Papierwinkel")
    choose(page, "Kies een organisatie", "Stichting Buurtmaatjes")
    page.get_by_label("Samenvatting").fill("Neem uw post mee. Wij kijken met u mee.")
    page.get_by_label("Geld › Administratie").check()
    page.get_by_role("button", name="Voeg plek en tijd toe").click()
    choose(page, "Kies een plek", "Buurthuis De Kern")
    finish_with(page, "Stuur door naar Sociale kaart")
    activity = Activity.objects.get(name="Papierwinkel")

    moderator = visit()
    moderator.log_in_by_form(colleague(Role.MODERATORS, first_name="Mo"))
    page = moderator.page
    for record in (organisation, activity):
        page.goto(f"{ADMIN}/{record._meta.model_name}/edit/{record.pk}/")
        finish_with(page, "Goedkeuren en publiceren")
        record.refresh_from_db()
        assert record.live

    resident = visit(viewport={"width": 390, "height": 844})
    page = resident.page
    page.goto("/sociale-kaart/")
    page.get_by_label("Waar bent u naar op zoek?").fill("post")
    page.get_by_role("button", name="Zoek", exact=False).last.click()
    resident.picture("browser-list-phone")
    page.get_by_role("link", name="Papierwinkel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Papierwinkel")
    expect(page.get_by_text("Buurthuis De Kern").first).to_be_visible()
    resident.picture("browser-detail-phone")
    assert re.search(r"/sociale-kaart/[0-9a-z]+/papierwinkel/$", page.url)
    for person in (editor, moderator, resident):
        assert person.errors == []
    assert resident.elsewhere == []


def test_the_map_of_a_place_comes_from_the_site_itself(visit, colleague, team):
    visitor = visit()
    visitor.log_in(colleague(Role.EDITORS))
    page = visitor.page
    page.goto(f"{ADMIN}/place/add/")
    page.locator("#id_location_latlng").click()
    expect(page.locator(".leaflet-marker-icon")).to_be_visible()
    page.locator("#id_location_latlng").fill("52.0600,4.4900")
    expect(page.locator("#id_location")).to_have_value(re.compile(r"POINT\(4\.49\d* 52\.06\d*\)"))
    assert all("tile" in address for address in visitor.elsewhere), visitor.elsewhere
    assert visitor.errors == []


def test_withdrawing_asks_why_and_shows_at_once_outside(visit, colleague, team, directory_page):
    organisation = OrganisationFactory(public=True, name="Stichting Buurtmaatjes")
    visitor = visit()
    visitor.log_in(colleague(Role.MODERATORS))
    page = visitor.page
    page.goto(f"{ADMIN}/organisation/withdraw/{organisation.pk}/")
    visitor.picture("browser-withdraw")
    page.get_by_label("Waarom?").fill("Gestopt per 1 mei")
    page.get_by_role("button", name="Overal terugtrekken").click()
    expect(page.get_by_text("is teruggetrokken")).to_be_visible()
    page.goto("/sociale-kaart/")
    expect(page.get_by_text("Stichting Buurtmaatjes")).to_have_count(0)
    assert visitor.errors == []
