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
    HelpQuestionFactory,
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
    HelpQuestionFactory(name="Ik wil mensen ontmoeten", themes=[theme])
    directory_page.whom_to_call = (
        "<p>Bel de wijkwinkel: <a href='tel:0790000000'>079 000 00 00</a></p>"
    )
    directory_page.save_revision().publish()
    mark_record(record=activities[0], on=datetime.date(2026, 1, 1))
    gone = OrganisationFactory(public=True, name="Voorbij")
    withdraw_record(record=gone, reason="Gestopt")
    return {
        "home": "/",
        "list": "/sociale-kaart/",
        "found": "/sociale-kaart/?search=koffie&theme=meedoen&page=2",
        "nothing": "/sociale-kaart/?search=zwembad&theme=meedoen",
        "few": "/sociale-kaart/?search=wijkhuis&theme=meedoen",
        "typo": "/sociale-kaart/?search=kofie",
        "question": "/sociale-kaart/?search=ik+wil+mensen+ontmoeten",
        "mended": "/sociale-kaart/?postcode=9999ZZ&age=oud&radius=-1&theme=onbekend",
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


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("screen", ["list", "nothing"])
def test_axe_finds_nothing_with_all_filters_open(visit, town, viewport, screen):
    visitor = visit(viewport=viewport)
    visitor.page.goto(town[screen])
    for _level in range(3):
        visitor.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    visitor.picture(f"public-{screen}-open-{viewport['width']}")
    results = Axe().run(visitor.page, options=SHOWN)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_suggestions_are_chosen_with_the_keyboard(visit, town, viewport):
    visitor = visit(viewport=viewport)
    page = visitor.page
    page.goto(town["list"])
    field = page.get_by_role("combobox", name="Waar bent u naar op zoek?")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.focus()
    page.keyboard.type("ontm")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    names = options.locator(".sk-suggest__name").all_inner_texts()
    assert {"Ontmoeten", "Ik wil mensen ontmoeten"} <= set(names)
    said = page.locator("[role=status]").filter(has_text="suggesties")
    expect(said).to_contain_text(f"{len(names)} suggesties")
    visitor.picture(f"public-suggestions-{viewport['width']}")
    results = Axe().run(page, options=SHOWN)
    assert results.violations_count == 0, results.generate_report()
    # Up from the field leads to the last, down from there back to the field, and on to the first.
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    active = field.get_attribute("aria-activedescendant")
    assert active == options.first.get_attribute("id")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("ontm")
    page.keyboard.press("ArrowDown")
    while page.locator("[aria-selected=true] .sk-suggest__name").inner_text() != "Ontmoeten":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**theme=ontmoeten")
    assert visitor.errors == []


def test_words_without_a_chosen_suggestion_are_searched_for(visit, town):
    page = visit().page
    page.goto(town["list"])
    field = page.get_by_role("combobox", name="Waar bent u naar op zoek?")
    field.focus()
    page.keyboard.type("koffie")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**search=koffie**")


def test_suggestions_go_away_with_the_focus_and_can_be_pressed(visit, town):
    page = visit().page
    page.goto(town["list"])
    field = page.get_by_role("combobox", name="Waar bent u naar op zoek?")
    field.focus()
    page.keyboard.type("wijkhuis")
    option = page.get_by_role("option", name="Wijkhuis De Kern")
    expect(option).to_be_visible()
    page.keyboard.press("Tab")
    expect(option).to_be_hidden()
    field.focus()
    page.keyboard.press("ArrowDown")
    option.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wijkhuis De Kern")


def test_an_answer_that_comes_too_late_is_not_shown(visit, town):
    visitor = visit()
    page = visitor.page
    page.goto(town["list"])
    page.route(
        "**/suggesties/?search=kof",
        lambda route: (page.wait_for_timeout(600), route.continue_()),
    )
    field = page.get_by_role("combobox", name="Waar bent u naar op zoek?")
    field.focus()
    page.keyboard.type("kof")
    page.wait_for_timeout(250)
    field.fill("wijkhuis")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text(
        "Wijkhuis De Kern"
    )
    page.wait_for_timeout(700)
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text(
        "Wijkhuis De Kern"
    )
    assert visitor.errors == []


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
    page.locator("summary", has_text="Filters").click()
    page.get_by_label("Meedoen").check()
    page.locator("summary", has_text="Wijk").click()
    page.get_by_label("Centrum").check()
    page.get_by_role("button", name="Toon resultaten").last.click()
    assert "theme=meedoen" in page.url
    assert "area=centrum" in page.url
    assert "search=koffie" in page.url
    expect(page.locator("summary", has_text="Filters")).to_contain_text("(2")
    expect(page.get_by_role("link", name="Koffie 01")).to_be_visible()
    page.get_by_label("Sorteer op").select_option("name")
    page.get_by_role("button", name="Sorteer").click()
    assert "sort=name" in page.url
    expect(page.get_by_role("link", name="Koffie 00")).to_be_visible()
    assert "area=centrum" in page.url
    page.get_by_role("link", name="Wijk: Centrum").click()
    assert "area=" not in page.url
    assert "theme=meedoen" in page.url
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
