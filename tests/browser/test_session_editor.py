"""Enter when something is, by keyboard, on a phone, with a screen reader; and when it is wrong."""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from socialekaart_plugin.models import Activity, Session
from socialekaart_plugin.moderation.permissions import Role
from socialekaart_plugin.places.selectors import school_holidays
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import ActivityFactory, PlaceFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

ADMIN = "/admin/snippets/socialekaart_plugin"
SENTENCE = "Om de week op dinsdag van 10.00 tot 12.00 uur, niet in de schoolvakanties."
FORTNIGHT = {
    "rules": [
        {
            "repeats": "weekly",
            "weekdays": ["TU"],
            "interval": 2,
            "anchor": "2026-12-01",
            "starts_at": "10:00",
            "ends_at": "12:00",
        }
    ],
    "in_school_holidays": False,
}
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(autouse=True)
def nothing_saves_by_itself(settings):
    # A draft that is saved after a test has ended would be in the way of the next one.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0


@pytest.fixture
def activity(team):
    return ActivityFactory(name="Inloop", sessions=[])


def form_of(visit, colleague, activity, **options):
    visitor = visit(**options)
    visitor.log_in(colleague(Role.EDITORS, first_name="Els"))
    visitor.page.goto(f"{ADMIN}/activity/edit/{activity.pk}/")
    return visitor


def tab_to(page, element):
    """Press Tab until an element has the focus."""
    for _press in range(300):
        page.keyboard.press("Tab")
        if element.count() and element.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("not reached by pressing Tab")


def the_dates(session):
    """The dates that are read back; each in words with its times."""
    found = session.locator(".sk-read-back li")
    expect(found).to_have_count(5)
    return found.all_inner_texts()


def as_date(words):
    _weekday, day, month, year = words.split(",")[0].split()
    return date(int(year), MONTHS.split().index(month) + 1, int(day))


def violations(page, where):
    # As tall as the form: what Wagtail's footer lies over is not seen as a target.
    page.set_viewport_size({**page.viewport_size, "height": 14_000})
    found = Axe().run(page, context=where, options=WCAG).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


def fill_in(session):
    session.get_by_label("Hoe vaak?").select_option("weeks")
    session.get_by_label("een datum waarop het is").first.fill("1-12-2026")
    session.get_by_label("dinsdag").check()
    session.get_by_label("van", exact=True).first.fill("10")
    session.get_by_label("tot", exact=True).first.fill("12")


def test_a_session_is_entered_and_found_again_with_the_keyboard_alone(visit, colleague, activity):
    editor = form_of(visit, colleague, activity)
    page = editor.page
    tab_to(page, page.locator("#id_sessions-ADD"))
    page.keyboard.press("Enter")
    session = page.locator("#inline_child_sessions-0")
    tab_to(page, session.get_by_label("Hoe vaak?"))
    page.keyboard.press("ArrowDown")
    expect(session.get_by_label("om de hoeveel weken?")).to_have_value("2")
    tab_to(page, session.get_by_label("een datum waarop het is").first)
    page.keyboard.type("1-12-2026")
    tab_to(page, session.get_by_label("dinsdag"))
    page.keyboard.press("Space")
    tab_to(page, session.get_by_label("van", exact=True).first)
    page.keyboard.type("10")
    page.keyboard.press("Tab")
    page.keyboard.type("12")
    tab_to(page, session.get_by_label("Niet in de schoolvakanties"))
    page.keyboard.press("Space")

    expect(session.get_by_text(SENTENCE)).to_be_visible()
    dates = the_dates(session)
    for words in dates:
        assert re.fullmatch(r"dinsdag \d+ \w+ \d{4}, 10\.00–12\.00 uur", words)
        assert school_holidays().period_on(as_date(words)) is None
    editor.picture("session-editor-desktop")

    tab_to(page, page.get_by_role("button", name="Bewaar concept"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(f"{ADMIN}/activity/edit/{activity.pk}/")
    session = page.locator("#inline_child_sessions-0")
    expect(session.get_by_label("Hoe vaak?")).to_have_value("weeks")
    expect(session.get_by_label("van", exact=True).first).to_have_value("10.00")
    session.locator(".sk-read-back").scroll_into_view_if_needed()
    expect(session.get_by_text(SENTENCE)).to_be_visible()
    assert the_dates(session) == dates
    draft = Activity.objects.get(pk=activity.pk).get_latest_revision_as_object()
    assert draft.sessions.get().get_schedule().in_school_holidays is False
    assert editor.errors == []
    assert editor.elsewhere == []


def test_rows_are_added_and_removed_with_the_keyboard_and_the_focus_stays_near(
    visit, colleague, activity
):
    editor = form_of(visit, colleague, activity)
    page = editor.page
    page.locator("#id_sessions-ADD").click()
    session = page.locator("#inline_child_sessions-0")
    fill_in(session)
    session.get_by_role("button", name="Nog een tijd op deze dagen").press("Enter")
    second = session.get_by_label("van", exact=True).nth(1)
    expect(second).to_be_focused()
    page.keyboard.type("14")
    page.keyboard.press("Tab")
    page.keyboard.type("16")
    expect(session.get_by_text("van 10.00 tot 12.00 en van 14.00 tot 16.00 uur")).to_be_visible()
    session.get_by_role("button", name="Verwijder deze tijd").first.press("Enter")
    expect(session.get_by_label("van", exact=True).first).to_be_focused()
    expect(session.get_by_text("Om de week op dinsdag van 14.00 tot 16.00 uur.")).to_be_visible()

    session.get_by_role("button", name="Nog een moment").press("Enter")
    expect(session.get_by_label("Hoe vaak?").nth(1)).to_be_focused()
    session.get_by_text("Niet op losse datums").press("Enter")
    session.get_by_role("button", name="Nog een deel van het jaar").press("Enter")
    session.get_by_label("van maand").select_option("juli")
    session.get_by_label("tot en met maand").select_option("augustus")
    expect(session.get_by_text("niet in juli en augustus")).to_be_visible()
    session.get_by_role("button", name="Verwijder dit deel van het jaar").press("Enter")
    expect(session.get_by_role("button", name="Nog een deel van het jaar")).to_be_focused()
    expect(session.get_by_text("niet in juli en augustus")).to_have_count(0)

    session.get_by_label("Niet op feestdagen").press("Space")
    expect(session.get_by_text("niet op feestdagen.")).to_be_visible()
    session.get_by_text("Welke feestdagen?").press("Enter")
    expect(session.get_by_label("tweede kerstdag")).to_be_checked()
    expect(session.get_by_label("Goede Vrijdag")).not_to_be_checked()
    assert editor.errors == []


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(visit, colleague, activity):
    editor = form_of(visit, colleague, activity)
    page = editor.page
    page.locator("#id_sessions-ADD").click()
    session = page.locator("#inline_child_sessions-0")
    fill_in(session)
    session.get_by_label("van", exact=True).first.fill("12 uur")
    session.get_by_label("tot", exact=True).first.fill("10u")
    expect(session.locator(".sk-read-back")).to_contain_text("Nog niet klaar")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar concept").click()

    until = session.get_by_label("tot", exact=True).first
    expect(until).to_have_value("10u")
    expect(until).to_have_attribute("aria-invalid", "true")
    message = page.locator(f"[id='{until.get_attribute('aria-describedby')}']")
    expect(message).to_contain_text("niet later dan het begin (12.00 uur)")
    expect(session.get_by_label("van", exact=True).first).to_have_value("12 uur")
    expect(session.get_by_label("een datum waarop het is").first).to_have_value("1-12-2026")
    expect(session.get_by_label("dinsdag")).to_be_checked()
    assert not Session.objects.filter(activity=activity).exists()
    assert violations(page, ".sk-timetable") == []
    editor.picture("session-editor-refused")
    assert editor.errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_form_of_a_session_is_for_everyone(visit, colleague, activity, viewport, theme):
    activity.sessions = [Session(schedule=FORTNIGHT)]
    activity.save_revision()
    editor = form_of(visit, colleague, activity, viewport=viewport, color_scheme=theme)
    page = editor.page
    page.locator(".sk-read-back").scroll_into_view_if_needed()
    session = page.locator("#inline_child_sessions-0")
    expect(session.get_by_text(SENTENCE)).to_be_visible()
    for folded in session.locator("details").all():
        folded.evaluate("element => { element.open = true }")
    session.get_by_role("button", name="Nog een periode").click()
    session.get_by_role("button", name="Nog een deel van het jaar").click()
    assert violations(page, "#inline_child_sessions-0") == []
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1]
    inside = session.locator(".sk-timetable").evaluate(
        "element => [element.scrollWidth, element.clientWidth]"
    )
    assert inside[0] <= inside[1]
    editor.picture(f"session-editor-{viewport['width']}-{theme}")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_opening_hours_are_entered_and_read_back(visit, colleague, team, viewport):
    place = PlaceFactory(name="Buurthuis De Kern")
    editor = visit(viewport=viewport)
    editor.log_in(colleague(Role.EDITORS))
    page = editor.page
    page.goto(f"{ADMIN}/place/edit/{place.pk}/")
    hours = page.locator(".sk-timetable")
    monday = hours.get_by_role("group", name="maandag")
    monday.get_by_label("van", exact=True).fill("9")
    monday.get_by_label("tot", exact=True).fill("12")
    monday.get_by_role("button", name="Nog een tijd op deze dag").press("Enter")
    page.keyboard.type("13")
    page.keyboard.press("Tab")
    page.keyboard.type("17")
    hours.get_by_label("Dicht op feestdagen").check()
    said = "Maandag 9.00–12.00 en 13.00–17.00 uur; gesloten op feestdagen."
    expect(hours.get_by_text(said)).to_be_visible()
    assert violations(page, ".sk-timetable") == []
    editor.picture(f"opening-hours-{viewport['width']}")
    with page.expect_navigation():
        page.get_by_role("button", name="Opslaan").first.click()
    place.refresh_from_db()
    assert [slot["starts_at"] for slot in place.opening_hours["week"]["MO"]] == ["09:00", "13:00"]
    assert editor.errors == []
