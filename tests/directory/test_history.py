"""Who changed what of a record, and when."""

import datetime
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from socialekaart_plugin.directory.actions import (
    confirm_record,
    set_upkeep,
    withdraw_record,
)
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.directory.selectors.history import history_page
from socialekaart_plugin.models import ActivityNotice
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import (
    ActivityFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    UserFactory,
    at,
    change,
    contact,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_dutch(settings):
    from django.utils import translation

    with translation.override("nl"):
        yield


def told(record, **kwargs):
    return [
        (each.label, each.old, each.new)
        for each in history_page(record, **kwargs).changes
        if not each.message
    ]


def test_a_changed_text_is_told_as_it_was_and_became():
    record = OrganisationFactory(summary="Oud.")
    change(record, summary="Nieuw.")
    assert told(record) == [("Samenvatting", "Oud.", "Nieuw.")]


def test_of_a_long_text_the_difference_is_marked():
    record = OrganisationFactory(summary="Wij helpen u.")
    change(record, summary="Wij helpen u graag.")
    (changed, _made) = history_page(record).changes
    assert '<span class="addition">' in changed.diff


def test_what_no_one_typed_is_no_change():
    record = OrganisationFactory(description="<p>Kom langs.</p>", alternative_names="A\nB")
    change(
        record, description='<p data-block-key="a1b2c">Kom langs.</p>', alternative_names="A\r\nB"
    )
    assert told(record) == []


def test_of_a_text_that_is_only_laid_out_anew_it_says_so():
    record = OrganisationFactory(description="<p>Kom langs.</p>")
    change(record, description="<p><b>Kom langs.</b></p>")
    first = history_page(record).changes[0]
    assert (first.label, first.message) == ("Beschrijving", "Alleen de opmaak van de tekst")


def test_markup_in_a_text_stays_text():
    record = OrganisationFactory(summary="Wij helpen.")
    change(record, summary="Wij <script>helpen</script>.")
    (changed, _made) = history_page(record).changes
    assert "<script>" not in changed.diff


def test_it_says_who_and_when_newest_first():
    anna = UserFactory(first_name="Anna")
    with time_machine.travel(datetime.datetime(2026, 5, 1, 10, tzinfo=datetime.UTC), tick=False):
        record = OrganisationFactory(summary="Een.")
    with time_machine.travel(datetime.datetime(2026, 5, 2, 10, tzinfo=datetime.UTC), tick=False):
        draft = record.get_latest_revision_as_object()
        draft.summary = "Twee."
        draft.save_revision(user=anna)
    first, last = history_page(record).changes
    assert (first.who, first.when.day, first.label) == ("Anna", 2, "Samenvatting")
    assert (last.who, last.when.day, last.message) == ("systeem", 1, "Gemaakt")


def test_choices_themes_and_places_are_told_by_their_names():
    theme, place = ThemeFactory(name="Taal"), PlaceFactory(name="De Brug")
    record = OrganisationFactory(themes=[ThemeFactory(name="Geld")])
    change(record, kind="club", themes=[theme], visiting_place=place, languages=["nl", "ar"])
    found = {label: (old, new) for label, old, new in told(record)}
    assert found["Thema's"] == ("Geld", "Taal")
    assert found["Talen"][1] == "Nederlands, Arabisch"
    assert any(new.startswith("De Brug") for _old, new in found.values())
    assert any(new.startswith("club of vereniging") for _old, new in found.values())


def test_a_theme_that_is_gone_is_told_as_gone():
    theme = ThemeFactory(name="Weg")
    record = OrganisationFactory(themes=[theme])
    change(record, themes=[ThemeFactory(name="Taal")])
    record.themes.clear()
    theme.organisation_set.clear() if hasattr(theme, "organisation_set") else None
    type(record).themes.through.objects.all().delete()
    theme.delete()
    assert ("Thema's", "(verwijderd)", "Taal") in told(record)


def test_contact_details_are_told_one_by_one():
    record = OrganisationFactory(
        contact_facts=[contact("public", "info@example.com"), contact("internal", "a@example.com")]
    )
    draft = record.get_latest_revision_as_object()
    first, _second = draft.contact_facts.all()
    first.audience = "referrer"
    draft.contact_facts = [first, contact("public", "nieuw@example.com")]
    draft.save_revision()
    found = [(old, new) for label, old, new in told(record) if label == "Contactgegeven"]
    # The second was overwritten by one of the same kind: a person reads that as a change of it.
    assert found == [
        ("e-mail; info@example.com; iedereen", "e-mail; info@example.com; alleen verwijzers"),
        ("e-mail; a@example.com; alleen collega's", "e-mail; nieuw@example.com; iedereen"),
    ]


def test_a_session_is_told_with_its_place_and_its_sentence():
    rule = {"repeats": "weekly", "weekdays": ["TU"], "starts_at": "10:00", "ends_at": "12:00"}
    record = ActivityFactory(
        sessions=[at(PlaceFactory(name="De Brug"), schedule={"rules": [rule]})]
    )
    draft = record.get_latest_revision_as_object()
    (session,) = draft.sessions.all()
    session.schedule = {"rules": [{**rule, "weekdays": ["TH"]}]}
    draft.sessions = [session]
    draft.notices = [
        ActivityNotice(kind="closed", starts_on=datetime.date(2026, 7, 1), text="Dicht")
    ]
    draft.save_revision()
    found = {label: (old, new) for label, old, new in told(record)}
    assert "De Brug" in found["Plek en tijd"][0]
    assert "elke dinsdag van 10.00 tot 12.00 uur" in found["Plek en tijd"][0]
    assert "elke donderdag" in found["Plek en tijd"][1]
    assert "1 juli 2026" in found["Tijdelijke melding"][1]


def test_a_version_that_changed_nothing_tells_nothing():
    record = OrganisationFactory(public=True)
    change(record)
    change(record)
    assert told(record) == []


def test_a_history_of_one_field_holds_that_field_only():
    record = OrganisationFactory(summary="Een.", name="Naam")
    change(record, summary="Twee.", name="Andere naam")
    assert told(record, only="summary") == [("Samenvatting", "Een.", "Twee.")]
    assert len(history_page(record, only="summary").changes) == 1


def test_the_upkeep_is_told_among_the_changes_without_names_of_contacts():
    anna = UserFactory(first_name="Anna")
    record = OrganisationFactory(public=True)
    confirm_record(
        record=record,
        on=datetime.date(2026, 5, 1),
        channel=VerificationChannel.PHONE,
        by_name="Fatma",
    )
    set_upkeep(record=record, steward=anna, verification_contact_name="Fatma")
    withdraw_record(record=record, reason="Gestopt")
    page = history_page(record, only="upkeep")
    messages = [each.message for each in page.changes]
    assert any("1 mei 2026" in message and "telefoon" in message for message in messages)
    assert any("Gestopt" in message for message in messages)
    assert ("Verzorger", "", "Anna") in [(e.label, e.old, e.new) for e in page.changes]
    assert "Fatma" not in repr(page)


def long_history(versions):
    record = OrganisationFactory(public=True)
    for number in range(versions):
        change(record, summary=f"Versie {number}.")
    return record


def test_a_long_history_comes_a_page_at_a_time_and_nothing_is_left_out():
    record = long_history(60)
    found, start, pages = [], 0, 0
    while start is not None:
        page = history_page(record, start=start)
        found += [each.new for each in page.changes if each.label == "Samenvatting"]
        start, pages = page.older, pages + 1
    assert pages == 3
    assert found == [f"Versie {number}." for number in reversed(range(60))]


def test_log_lines_are_told_once_over_all_pages():
    record = long_history(20)
    for month in range(1, 7):
        confirm_record(
            record=record, on=datetime.date(2026, month, 1), channel=VerificationChannel.PHONE
        )
        for number in range(10):
            change(record, summary=f"{month} {number}")
    start, told = 0, []
    while start is not None:
        page = history_page(record, start=start)
        told += [each.message for each in page.changes if "2026" in each.message]
        start = page.older
    assert len(told) == len(set(told)) == 6


def test_a_page_of_a_long_history_takes_few_queries(django_assert_max_num_queries):
    record = long_history(120)
    with django_assert_max_num_queries(8):
        history_page(record)
    with django_assert_max_num_queries(12):
        assert history_page(record, only="name").older == 100


def test_the_screen_shows_it_to_who_may_edit(team, client):
    record = OrganisationFactory(summary="Oud.")
    change(record, summary="Nieuw.")
    url = reverse("wagtailsnippets_socialekaart_plugin_organisation:changes", args=[record.pk])
    client.force_login(UserFactory(role=Role.EDITORS))
    shown = unescape(client.get(url).content.decode())
    assert "Samenvatting" in shown
    for odd in ("?field=summary", "?field=onbekend", "?start=9999", "?start=-1", "?start=abc"):
        assert client.get(url + odd).status_code == 200
