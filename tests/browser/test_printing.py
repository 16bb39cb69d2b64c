"""A page from the printer: a record fits on one sheet, and nothing asks to be clicked."""

import os
import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Site

from socialekaart_plugin.directory.actions import confirm_record
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import (
    ActivityNotice,
    ActivityTranslation,
    HelpDesk,
)
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    at,
    contact,
    opening_hours,
    weekly,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def sheets(page, name):
    """Print a page as PDF, keep it beside the pictures, and return how many sheets it takes."""
    pdf = page.pdf(prefer_css_page_size=True, print_background=False)
    if folder := os.environ.get("SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"{name}.pdf").write_bytes(pdf)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.fixture
def rich(directory_page):
    HelpDesk.objects.create(
        site=Site.objects.get(is_default_site=True),
        name="Welzijn De Buurtlijn",
        phone="079 300 0036",
        hours="maandag tot en met vrijdag van 9.00 tot 17.00 uur",
    )
    place = PlaceFactory(
        name="Wijkhuis De Kern",
        opening_hours=opening_hours(),
        accessibility={"step_free_entrance": True},
        accessibility_note="Bel aan bij de zijdeur.",
    )
    activity = ActivityFactory(
        public=True,
        name="Samen koken en eten",
        summary="Elke week koken we met buurtgenoten een gezonde maaltijd.\nU eet gezellig mee.",
        description=(
            "<p>We beginnen om vier uur met snijden en koken. Om zes uur gaan we aan tafel. "
            "U hoeft niets te kunnen: wie wil, leert het hier.</p><ul><li>Er is altijd een "
            'gerecht zonder vlees.</li><li>Zie <a href="https://koken.example/menu">het menu</a>.'
            "</li></ul>"
        ),
        organisation=OrganisationFactory(
            public=True,
            name="Stichting Samen aan Tafel",
            contact_facts=[
                contact(Audience.PUBLIC, "079 300 0001", kind="phone", label="ma t/m vr"),
                contact(Audience.PUBLIC, "info@samenaantafel.example"),
            ],
        ),
        themes=[ThemeFactory(name="Ontmoeten"), ThemeFactory(name="Gezond eten")],
        target_groups=[
            TargetGroupFactory(name="Ouderen"),
            TargetGroupFactory(name="Alleenstaanden"),
        ],
        areas_served=[AreaFactory(name="Meerzicht")],
        tags=["koken", "eten"],
        min_age=18,
        languages=["nl", "ar"],
        cost="fixed",
        cost_amount="4.50",
        cost_note="betalen bij de deur",
        city_pass=True,
        registration=["phone", "mail"],
        registration_note="uiterlijk de dag ervoor",
        referral="needed",
        referral_by="de huisarts of de wijkverpleegkundige",
        capacity="waiting_list",
        what_to_bring="een schort",
        accessibility={"quiet_room": False},
        sessions=[at(place, room="Keuken", note="Ingang achterom", schedule=weekly())],
        notices=[
            ActivityNotice(
                kind="changed", starts_on=timezone.localdate(), text="In de kleine zaal."
            )
        ],
        translations=[
            ActivityTranslation(
                language="en", summary="Cook and eat with neighbours.", state="checked"
            ),
            ActivityTranslation(language="ar", summary="اطبخ وتناول الطعام مع الجيران."),
        ],
    )
    confirm_record(record=activity, on=timezone.localdate(), channel=VerificationChannel.PHONE)
    return activity


def test_a_rich_record_takes_one_sheet_with_all_it_tells(visit, rich):
    page = visit().page
    page.goto(f"/sociale-kaart/{rich.short_id}/")
    assert sheets(page, "print-rich") == 1
    page.emulate_media(media="print")
    for text in (
        "Cook and eat with neighbours.",
        "اطبخ وتناول الطعام مع الجيران.",
        "de huisarts of de wijkverpleegkundige",
        "Contact via Stichting Samen aan Tafel",
        "Openingstijden van het gebouw:",
        "Welzijn De Buurtlijn",
        f"/k/{rich.short_id}",
        "Een stille ruimte om even weg te zijn",
    ):
        expect(page.get_by_text(text).first).to_be_visible()
    nothing_to_click(page)


def test_a_short_record_takes_one_sheet(visit, directory_page):
    record = OrganisationFactory(public=True, name="Breiclub", description="")
    page = visit().page
    page.goto(f"/sociale-kaart/{record.short_id}/")
    assert sheets(page, "print-short") == 1
    page.emulate_media(media="print")
    expect(page.get_by_text(f"/k/{record.short_id}")).to_be_visible()
    nothing_to_click(page)


def test_a_list_prints_its_records_and_what_was_chosen(visit, rich):
    theme = rich.themes.first()
    page = visit().page
    page.goto(f"/sociale-kaart/?theme={theme.slug}")
    assert sheets(page, "print-list") == 1
    page.emulate_media(media="print")
    expect(page.get_by_text("Samen koken en eten")).to_be_visible()
    expect(page.locator(".sk-chip__label").first).to_be_visible()
    nothing_to_click(page)


def test_an_address_behind_a_link_is_printed(visit, rich):
    page = visit().page
    page.goto(f"/sociale-kaart/{rich.short_id}/")
    page.emulate_media(media="print")
    link = page.get_by_role("link", name="het menu")
    after = link.evaluate("e => getComputedStyle(e, '::after').content")
    assert "https://koken.example/menu" in after


def nothing_to_click(page):
    for what in ("button", "input", "select", "nav", ".sk-filters", ".sk-open__now", ".sk-back"):
        for found in page.locator(what).all():
            assert not found.is_visible(), (what, found.evaluate("e => e.outerHTML.slice(0, 80)"))
