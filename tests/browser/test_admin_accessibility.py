"""The admin for everyone: axe on every screen of ours, on a desktop and on a phone.

A screen of another room is added to `SCREENS`: a name, and what gives its address in the town.
"""

import datetime
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from wagtail.models import Workflow

from socialekaart_plugin.directory.actions import (
    add_note,
    confirm_record,
    mark_record,
    set_steward,
    withdraw_record,
)
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.models import Organisation
from socialekaart_plugin.moderation.permissions import WORKFLOW_NAME, Role
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    UserFactory,
    at,
    change,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

SHOWN = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Of the best practices those that say what something is: many others Wagtail itself does not keep.
NAMED = {"aria-dialog-name": {"enabled": True}, "empty-heading": {"enabled": True}}

#: What is Wagtail's own and fails on its own screens too: element, and why.
NOT_OURS: dict[str, str] = {
    ".w-editing-sessions__session": "who else has the form open is a button without a name",
    "#w-minimap-toggle": "20 pixels wide on a phone, on every form of Wagtail (7.4)",
}

LISTS = "/admin/snippets/socialekaart_plugin"
BULK = "/admin/bulk/socialekaart_plugin/organisation"

SCREENS: dict[str, Callable[[dict[str, int]], str]] = {
    "dashboard": lambda town: "/admin/",
    "organisations": lambda town: f"{LISTS}/organisation/",
    "activities": lambda town: f"{LISTS}/activity/",
    "filtered": lambda town: f"{LISTS}/organisation/?state=live&missing=target_group&steward=mine",
    "nothing-found": lambda town: f"{LISTS}/activity/?q=zwembad",
    "new-organisation": lambda town: f"{LISTS}/organisation/add/",
    "organisation-form": lambda town: f"{LISTS}/organisation/edit/{town['public']}/",
    "new-activity": lambda town: f"{LISTS}/activity/add/",
    "activity-form": lambda town: f"{LISTS}/activity/edit/{town['activity']}/",
    "my-records": lambda town: "/admin/sociale-kaart/mine/",
    "record-form": lambda town: f"{LISTS}/organisation/edit/{town['public']}/",
    "upkeep": lambda town: f"{LISTS}/organisation/upkeep/{town['public']}/",
    "notes": lambda town: f"{LISTS}/organisation/notes/{town['public']}/",
    "changes": lambda town: f"{LISTS}/organisation/changes/{town['public']}/",
    "season": lambda town: f"{LISTS}/activity/season/{town['activity']}/",
    "close": lambda town: f"{LISTS}/activity/close/{town['activity']}/",
    "bulk-keywords": lambda town: f"{BULK}/add_keywords/?id={town['public']}",
    "bulk-remove-keyword": lambda town: f"{BULK}/remove_keyword/?id={town['public']}",
    "bulk-steward": lambda town: f"{BULK}/set_steward/?id={town['public']}",
    "synonyms": lambda town: f"{LISTS}/synonymgroup/",
    "new-synonyms": lambda town: f"{LISTS}/synonymgroup/add/",
    "stop-rules": lambda town: f"{LISTS}/stoprule/",
    "compounds": lambda town: f"{LISTS}/compoundword/",
    "rules-for-queries": lambda town: f"{LISTS}/queryrule/",
    "new-rule-for-a-query": lambda town: f"{LISTS}/queryrule/add/",
    "test-bench": lambda town: "/admin/sociale-kaart/try-a-query/?q=koffie&audience=public",
    "bulk-withdraw": lambda town: f"{BULK}/withdraw/?id={town['public']}&id={town['draft']}",
}


@pytest.fixture
def moderator(team, colleague):
    return colleague(Role.MODERATORS, first_name="Mo", last_name="de Wit")


@pytest.fixture
def town(moderator):
    AreaFactory(name="Centrum")
    theme = ThemeFactory(name="Ontmoeten", parent=ThemeFactory(name="Meedoen"))
    place = PlaceFactory(name="Wijkhuis De Kern")
    els = UserFactory(first_name="Els", last_name="Editor", username="els")
    public = OrganisationFactory(
        public=True, name="Stichting Buurtmaatjes", visiting_place=place, themes=[theme]
    )
    change(public, name="Stichting Buurtmaatjes en Burenhulp")
    marked = OrganisationFactory(public=True, name="Wandelclub De Vrolijke Stap", kind="club")
    mark_record(record=marked, on=datetime.date(2026, 1, 1))
    fresh = OrganisationFactory(public=True, name="Loket Samen Verder", tags=["post"])
    confirm_record(record=fresh, on=datetime.date(2026, 11, 1), channel=VerificationChannel.PHONE)
    draft = OrganisationFactory(name="Koor Zingen Maakt Blij")
    draft.save_revision(user=moderator)
    gone = OrganisationFactory(public=True, name="Voorbij")
    withdraw_record(record=gone, reason="Gestopt")
    for number in range(8):
        activity = ActivityFactory(
            public=True,
            name=f"Koffie drinken met de buren, groep {number + 1}",
            organisation=public,
            sessions=[at(place)],
        )
        set_steward(record=activity, steward=moderator if number % 2 else els)
    add_note(record=public, text="Belt liever niet op woensdag.", user=moderator)
    waiting = ActivityFactory(name="Taalcafé", organisation=public)
    Workflow.objects.get(name=WORKFLOW_NAME).start(waiting, els)
    for record in (public, marked):
        set_steward(record=record, steward=moderator)
    return {"public": public.pk, "draft": draft.pk, "activity": activity.pk}


def violations(page):
    options = {"runOnly": SHOWN, "rules": NAMED}
    context = {"exclude": [[selector] for selector in NOT_OURS]} if NOT_OURS else None
    results = Axe().run(page, context=context, options=options)
    return [
        (found["id"], [node["html"][:200] for node in found["nodes"]])
        for found in results.response["violations"]
    ]


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_any_screen_of_ours_in_the_admin(visit, town, moderator, viewport):
    visitor = visit(viewport=viewport)
    visitor.log_in(moderator)
    found = {}
    for name, address in SCREENS.items():
        response = visitor.page.goto(address(town))
        assert response.ok, name
        visitor.page.wait_for_load_state("networkidle")
        visitor.picture(f"admin-{name}-{viewport['width']}")
        report = violations(visitor.page)
        if report:
            found[name] = report
    assert found == {}
    assert visitor.errors == []
    assert visitor.elsewhere == []


def test_a_colleague_withdraws_all_that_a_filter_shows_and_nothing_else(visit, town, moderator):
    for number in range(55):
        OrganisationFactory(public=True, name=f"Fietsclub {number:02}", kind="club")
    visitor = visit()
    visitor.log_in(moderator)
    page = visitor.page
    page.goto(f"{LISTS}/organisation/")
    page.get_by_role("textbox", name="Zoekterm").fill("fietscl")
    expect(page.get_by_role("link", name="Fietsclub 00", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Loket Samen Verder", exact=True)).to_have_count(0)
    page.wait_for_url("**q=fietscl**")
    page.locator("[data-bulk-action-select-all-checkbox]").first.check()
    # By keyboard: the bar slides in, and on a busy machine a mouse finds it outside the window.
    page.locator("[data-bulk-action-num-objects-in-listing]").press("Enter")
    visitor.picture("admin-bulk-chosen")
    page.get_by_role("link", name="Trek overal terug wat is aangevinkt").click()
    expect(page.get_by_text("Het gebeurt bij 55 records:")).to_be_visible()
    page.get_by_label("Waarom?").fill("Samengegaan")
    # Each of 55 is withdrawn from every channel; beside other tests that takes its time.
    page.get_by_role("button", name="Overal terugtrekken").click(timeout=60_000)
    expect(page.get_by_text("55 records zijn teruggetrokken.")).to_be_visible()
    assert Organisation.objects.live().count() == 3
    assert visitor.errors == []


@pytest.mark.parametrize(
    ("screen", "button"),
    [("new-activity", "Kies een organisatie"), ("new-organisation", "Kies een plek")],
)
def test_a_dialog_is_called_what_its_heading_says(visit, town, moderator, screen, button):
    visitor = visit()
    visitor.log_in(moderator)
    page = visitor.page
    page.goto(SCREENS[screen](town))
    page.get_by_role("button", name=button).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_have_attribute("aria-label", dialog.locator("h1, h2").first.inner_text())
    assert violations(page) == []


def test_each_heading_of_the_test_bench_is_one_step_below_the_one_before(visit, town, moderator):
    visitor = visit()
    visitor.log_in(moderator)
    rules = {"runOnly": {"type": "rule", "values": ["heading-order"]}}
    for proposed in ("", "&terms=koffie%0Abuurt"):
        visitor.page.goto(f"{SCREENS['test-bench'](town)}{proposed}")
        assert visitor.page.get_by_role("heading", name="Zo wordt het gelezen").count()
        assert Axe().run(visitor.page, options=rules).response["violations"] == []
