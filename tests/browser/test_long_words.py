"""No text, however long its words, makes a public screen wider than its window."""

import pytest
from playwright.sync_api import expect

from socialekaart_plugin.channels.pages.record_preview import IN_LIST
from socialekaart_plugin.models import Activity, Organisation
from tests.browser.long_words import (
    TEXT,
    WORD,
    something_in_every_field,
    stretch_every_text,
)
from tests.factories import OrganisationFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

WIDTHS = [320, 390, 768, 1200, 1280]
STANDALONE = "socialekaart_plugin/pages/standalone.html"

#: How much wider the document is than its window, and what sticks out.
TOO_WIDE = """() => {
    const root = document.documentElement, room = root.clientWidth;
    if (root.scrollWidth <= room) return [];
    const out = [...document.body.querySelectorAll("*")].filter(
        (e) => e.getBoundingClientRect().right > room + 0.5
    );
    return [`${root.scrollWidth} > ${room}`, ...out.slice(0, 6).map(
        (e) => `${e.tagName}.${e.className}: ` + e.textContent.trim().slice(0, 30)
    )];
}"""


@pytest.fixture
def town(directory_page):
    made = something_in_every_field()
    organisation, activities, theme = made.organisation, made.activities, made.theme
    directory_page.introduction = directory_page.whom_to_call = f"<p>{TEXT}</p>"
    directory_page.search_description = TEXT[:250]
    directory_page.save_revision().publish()
    assert stretch_every_text() > 40
    word = WORD[:40].lower()
    return {
        "home": "/",
        "list": "/sociale-kaart/",
        "found": f"/sociale-kaart/?search={word}&theme={theme.slug}&tag=samen",
        "nothing": f"/sociale-kaart/?search={'x' * 120}&theme={theme.slug}",
        "organisation": f"/sociale-kaart/{organisation.short_id}/",
        "activity": f"/sociale-kaart/{activities[0].short_id}/",
        "own contact": f"/sociale-kaart/{activities[1].short_id}/",
        "gone": f"/k/{made.gone.short_id}",
        "search": f"/zoeken/?q={WORD[:120]}",
        "search nothing": f"/zoeken/?q={'x' * 150}",
        "missing": f"/{'x' * 120}/",
    }


def all_open(page):
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


@pytest.mark.parametrize("template", ["base.html", STANDALONE], ids=["site", "standalone"])
def test_no_long_word_widens_a_public_screen(visit, town, settings, template):
    settings.SOCIALEKAART_BASE_TEMPLATE = template
    visitor = visit()
    page, found = visitor.page, {}
    screens = (
        town
        if template != STANDALONE
        else {
            name: address
            for name, address in town.items()
            if "sociale-kaart" in address or name == "gone"
        }
    )
    for name, address in screens.items():
        page.goto(address)
        all_open(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if sticks_out := page.evaluate(TOO_WIDE):
                found[name, width] = sticks_out
            if width in (390, 1280):
                visitor.picture(f"long-{name.replace(' ', '-')}-{width}-{template[:4]}")
    assert found == {}


def test_no_long_word_widens_the_preview_of_a_card(visit, town):
    page = visit().page
    page.goto("/")
    for model in (Organisation, Activity):
        response = model.objects.live().first().make_preview_request(preview_mode=IN_LIST)
        page.set_content(response.render().text)
        expect(page.locator(".sk-card")).to_have_css("position", "relative")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(TOO_WIDE) == [], (model, width)


def test_lines_of_a_summary_stay_lines(visit, directory_page):
    record = OrganisationFactory(public=True, name="Regels", summary="Eerste regel.\nTweede regel.")
    page = visit().page
    for address in ("/sociale-kaart/?search=regels", f"/sociale-kaart/{record.short_id}/"):
        page.goto(address)
        summary = page.locator(".sk-card__summary, .sk-detail__lead").first
        assert summary.inner_text().splitlines() == ["Eerste regel.", "Tweede regel."]
