"""The main screens work under the policies of the site: the browser refuses nothing they need."""

import base64
import hashlib
import io
import re

import pytest
from django.core.files.images import ImageFile
from django.template.loader import render_to_string
from PIL import Image as Drawing
from playwright.sync_api import expect
from wagtail.images import get_image_model

from cms.settings import policies
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import ActivityFactory, AreaFactory, OrganisationFactory, PlaceFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

ADMIN = "/admin/snippets/socialekaart_plugin"


def png():
    drawn = io.BytesIO()
    Drawing.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return drawn.getvalue()


@pytest.fixture
def town(team, directory_page):
    AreaFactory(name="Centrum")
    place = PlaceFactory(name="Buurthuis De Kern")
    organisation = OrganisationFactory(public=True, name="Wijkhuis De Kern", visiting_place=place)
    activity = ActivityFactory(public=True, name="Koffie", organisation=organisation)
    image = get_image_model()(title="Gevel", file=ImageFile(io.BytesIO(png()), name="gevel.png"))
    image.save()
    return {"organisation": organisation, "activity": activity, "page": directory_page}


def public_addresses(town):
    short_id = town["activity"].short_id
    return [
        *("/", "/sociale-kaart/", "/sociale-kaart/?search=koffie", f"/k/{short_id}"),
        *("/zoeken/?q=koffie", "/bestaat-niet/", "/api/v2/", "/api/v2/organisations/"),
        "/api/v2/organisations/?format=api",
    ]


def test_what_visitors_see_breaks_no_rule(visit, town):
    visitor = visit()
    page = visitor.page
    for address in public_addresses(town):
        answer = page.goto(address)
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self';" in policy, address
        assert ("'unsafe-inline'" in policy) == address.startswith("/api/"), address
        assert "geolocation=()" in answer.headers["permissions-policy"]
        page.wait_for_load_state("networkidle")
        assert visitor.errors == [], address
    page.goto("/sociale-kaart/")
    page.get_by_label("Waar bent u naar op zoek?").press_sequentially("kof")
    expect(page.get_by_role("option").first).to_be_visible()
    assert visitor.errors == []
    assert visitor.elsewhere == []


def test_a_colleague_sees_the_public_pages_with_the_bar_of_wagtail(visit, town, colleague):
    visitor = visit()
    visitor.log_in(colleague(Role.MANAGERS, is_superuser=True))
    page = visitor.page
    for address in public_addresses(town):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert visitor.errors == [], address
    page.goto("/sociale-kaart/")
    page.get_by_role("button", name="Wagtail").click()
    expect(page.get_by_role("menuitem", name="Wijzig deze pagina")).to_be_visible()
    visitor.picture("policies-userbar")
    assert visitor.errors == []


def test_the_admin_works_as_it_did(visit, town, colleague):
    visitor = visit()
    visitor.log_in(colleague(Role.MANAGERS, is_superuser=True))
    page = visitor.page
    page.goto(f"{ADMIN}/organisation/edit/{town['organisation'].pk}/")
    # Draftail.
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("Wij drinken koffie.")
    expect(page.get_by_text("Wij drinken koffie.")).to_be_visible()
    # The chooser of images, with a picture added on the spot.
    page.get_by_role("button", name=re.compile("afbeelding", re.IGNORECASE)).first.click()
    dialogue = page.locator(".modal-dialog")
    expect(dialogue.get_by_text("Gevel")).to_be_visible()
    dialogue.get_by_role("tab", name="Uploaden").click()
    dialogue.locator("input[type=file]").set_input_files(
        {"name": "deur.png", "mimeType": "image/png", "buffer": png()}
    )
    dialogue.get_by_label("Titel").fill("Deur")
    dialogue.locator("form button[type=submit]").last.click()
    expect(dialogue).to_be_hidden()
    # What goes on beside the form: it is previewed, in a frame of its own.
    page.locator("button[data-side-panel-toggle=preview]").click()
    expect(
        page.frame_locator("iframe#w-preview-iframe").get_by_role("heading").first
    ).to_be_visible()
    page.wait_for_load_state("networkidle")
    visitor.picture("policies-organisation")
    assert visitor.errors == []

    page.goto(f"{ADMIN}/activity/edit/{town['activity'].pk}/")
    page.wait_for_load_state("networkidle")
    # The picker of a date.
    page.locator("input[name=valid_from]").click()
    expect(page.locator(".xdsoft_datetimepicker").locator("visible=true").first).to_be_visible()
    visitor.picture("policies-date")
    assert visitor.errors == []

    page.goto(f"{ADMIN}/place/add/")
    page.locator("[id$=_latlng]").fill("52.06,4.49")
    page.locator("[id$=_latlng]").click()
    expect(page.locator(".leaflet-container")).to_be_visible()
    page.wait_for_load_state("networkidle")
    visitor.picture("policies-map")
    assert visitor.errors == []


def test_every_main_screen_of_the_admin_breaks_no_rule(visit, town, colleague):
    visitor = visit()
    visitor.log_in(colleague(Role.MANAGERS, is_superuser=True))
    page = visitor.page
    for address in (
        "/admin/",
        "/admin/pages/",
        f"/admin/pages/{town['page'].pk}/edit/",
        "/admin/images/",
        "/admin/images/multiple/add/",
        "/admin/documents/",
        "/admin/users/",
        "/admin/account/",
        "/admin/reports/site-history/",
        "/admin/reports/workflow/",
        *(f"{ADMIN}/{model}/" for model in ("organisation", "activity", "place", "theme")),
        f"{ADMIN}/organisation/add/",
        f"{ADMIN}/organisation/history/{town['organisation'].pk}/",
        f"{ADMIN}/helpquestion/add/",
        "/admin/bestaat-niet/",
    ):
        answer = page.goto(address)
        assert answer.status in (200, 404), address
        page.wait_for_load_state("networkidle")
        assert visitor.errors == [], address


def test_the_page_of_an_error_of_ours_keeps_its_style():
    style = re.search(r"<style>(.*?)</style>", render_to_string("500.html"), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" == policies.STYLE_OF_500
