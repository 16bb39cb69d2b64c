"""An editor who would show everyone the address of something public is told whom to ask."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import Place
from socialekaart_plugin.moderation.permissions import Role
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import OrganisationFactory, PlaceFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_an_editor_finds_the_list_of_places_and_is_told_whom_to_ask(visit, team, colleague):
    place = PlaceFactory(name="Bij Jan thuis", audience=Audience.INTERNAL)
    OrganisationFactory(public=True, visiting_place=place)
    visitor = visit()
    visitor.log_in(colleague(Role.EDITORS))
    page = visitor.page
    page.goto("/admin/")
    page.get_by_role("button", name="Sociale kaart").click()
    page.get_by_role("link", name="Plekken").click()
    page.get_by_role("link", name="Bij Jan thuis", exact=True).click()

    page.get_by_label("iedereen").check()
    page.get_by_label("Naam").fill("Bij Jan")
    page.locator("footer").get_by_role("button", name="Opslaan").click()
    told = page.get_by_text("vraag een moderator")
    expect(told).to_be_visible()
    expect(page.get_by_label("Naam")).to_have_value("Bij Jan")
    assert Axe().run(page, context="section:has([name=audience])").violations_count == 0
    for name, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)
        told.scroll_into_view_if_needed()
        visitor.picture(f"place-audience-{name}")
    page.set_viewport_size(DESKTOP)

    page.get_by_label("alleen collega's").check()
    page.locator("footer").get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", name="Plekken")).to_be_visible()
    kept = Place.objects.get(pk=place.pk)
    assert (kept.name, kept.audience) == ("Bij Jan", Audience.INTERNAL)
