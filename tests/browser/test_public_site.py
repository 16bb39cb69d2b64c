"""The public screens for everyone: axe, keyboard, without JavaScript, narrow and enlarged."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from socialekaart_plugin.directory.actions import mark_record, withdraw_record
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    at,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

SHOWN = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def town(directory_page, settings):
    settings.SOCIALEKAART_PAGE_SIZE = 5
    AreaFactory(name="Centrum")
    theme = ThemeFactory(name="Ontmoeten", parent=ThemeFactory(name="Meedoen"))
    place = PlaceFactory(name="Buurthuis De Kern")
    organisation = OrganisationFactory(
        public=True, name="Wijkhuis De Kern", themes=[theme], visiting_place=place, tags=["koffie"]
    )
    activities = [
        ActivityFactory(
            public=True,
            name=f"Koffie {number:02}",
            organisation=organisation,
            themes=[theme],
            sessions=[at(place, room="Zaal 1")],
        )
        for number in range(8)
    ]
    mark_record(record=activities[0], on=datetime.date(2026, 1, 1))
    gone = OrganisationFactory(public=True, name="Voorbij")
    withdraw_record(record=gone, reason="Gestopt")
    return {
        "home": "/",
        "list": "/sociale-kaart/",
        "found": "/sociale-kaart/?search=koffie&theme=meedoen&page=2",
        "nothing": "/sociale-kaart/?search=zwembad&theme=meedoen",
        "beyond": "/sociale-kaart/?page=99",
        "organisation": f"/sociale-kaart/{organisation.short_id}/{organisation.slug}/",
        "activity": f"/sociale-kaart/{activities[0].short_id}/{activities[0].slug}/",
        "gone": f"/k/{gone.short_id}",
        "search": "/zoeken/?q=koffie",
        "missing": "/bestaat-niet/",
    }


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_any_public_screen(visit, town, viewport):
    visitor = visit(viewport=viewport)
    found = {}
    for name, address in town.items():
        visitor.page.goto(address)
        visitor.picture(f"public-{name}-{viewport['width']}")
        results = Axe().run(visitor.page, options=SHOWN)
        if results.violations_count:
            found[name] = results.generate_report()
    assert found == {}
    assert visitor.errors == []
    assert visitor.elsewhere == []


def test_the_keyboard_alone_finds_and_opens_a_record(visit, town):
    page = visit().page
    page.goto(town["list"])
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Naar de inhoud")
    page.keyboard.press("Enter")
    for _number in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "search":
            break
    page.keyboard.type("koffie 03")
    page.keyboard.press("Enter")
    page.wait_for_url("**search=koffie**")
    for _number in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Koffie 03":
            break
    # The whole card is the link: its outline is drawn around the card.
    outline = page.evaluate("getComputedStyle(document.activeElement, '::after').outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Koffie 03")


def test_everything_works_without_javascript(visit, town):
    page = visit(java_script_enabled=False, viewport=PHONE).page
    page.goto(town["list"])
    page.get_by_label("Waar bent u naar op zoek?").fill("koffie")
    narrow = page.locator("summary")
    if narrow.count():
        narrow.first.click()
    page.get_by_label("Thema").select_option("meedoen")
    page.get_by_label("Wijk").select_option("centrum")
    page.locator("form[role=search]").last.get_by_role("button").last.click()
    assert "theme=meedoen" in page.url
    assert "area=centrum" in page.url
    expect(page.get_by_role("link", name="Koffie 00")).to_be_visible()
    page.get_by_role("link", name="Volgende").click()
    page.get_by_role("link", name="Koffie 07").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Koffie 07")


@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_screen_scrolls_sideways(visit, town, width):
    page = visit(viewport={"width": width, "height": 800}).page
    for name, address in town.items():
        page.goto(address)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, name
