"""No text, however long its words, makes a public screen wider than its window."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Site

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.directory.previews import IN_LIST
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import (
    Activity,
    ActivityNotice,
    ActivityTranslation,
    HelpDesk,
    Organisation,
    OrganisationTranslation,
)
from tests.browser.long_words import TEXT, WORD, stretch_every_text
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    activity_contact,
    at,
    contact,
    opening_hours,
    together_with,
    weekly,
)

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
    AreaFactory(kind="municipality")
    area = AreaFactory()
    theme = ThemeFactory(parent=ThemeFactory(name="Breed"))
    group = TargetGroupFactory()
    shared = {
        "public": True,
        "themes": [theme],
        "target_groups": [group],
        "areas_served": [area],
        "registration": ["phone", "mail", "link"],
        "accessibility": {"step_free_entrance": True, "quiet_room": False},
    }
    place = PlaceFactory(opening_hours=opening_hours())
    organisation = OrganisationFactory(
        visiting_place=place,
        postal_address="Postbus 1",
        postal_address_audience="public",
        tags=["samen", "koffie"],
        contact_facts=[
            contact(Audience.PUBLIC, "079 123 45 67", kind="phone", label="overdag"),
            contact(Audience.PUBLIC, "info@example.nl", label="altijd"),
            contact(Audience.PUBLIC, "https://example.nl", kind="website"),
            contact(Audience.PUBLIC, "Truus", kind="person"),
        ],
        translations=[OrganisationTranslation(language="en", summary="Help")],
        **shared,
    )
    day = timezone.localdate()
    activities = [
        ActivityFactory(
            organisation=organisation,
            co_organisers=[together_with(OrganisationFactory(public=True))],
            sessions=[at(place, schedule=weekly(), room="Zaal", note="Bel"), at(PlaceFactory())],
            notices=[
                ActivityNotice(
                    kind="changed", starts_on=day, ends_on=day + datetime.timedelta(90), text="Kom"
                )
            ],
            translations=[ActivityTranslation(language="en", summary="Help")],
            contact_facts=facts,
            **shared,
        )
        for facts in ([], [activity_contact(Audience.PUBLIC, "eigen@example.nl")])
    ]
    HelpQuestionFactory(themes=[theme], organisations=[organisation])
    gone = OrganisationFactory(public=True)
    withdraw_record(record=gone, reason="Gestopt")
    HelpDesk.objects.create(
        site=Site.objects.get(is_default_site=True), phone="079 123 45 67", name="Loket"
    )
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
        "gone": f"/k/{gone.short_id}",
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
