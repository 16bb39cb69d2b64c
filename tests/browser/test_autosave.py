"""Pressing a button after Wagtail saved by itself: nobody is refused for what they wrote."""

import pytest
from playwright.sync_api import expect

from socialekaart_plugin.models import Organisation
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import OrganisationFactory, ThemeFactory, UserFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

ADMIN = "/admin/snippets/socialekaart_plugin/organisation"
BUTTONS = ["Bewaar concept", "Stuur door naar Sociale kaart", "Publiceren"]


def someone(visit, colleague, name="Els"):
    user = colleague(Role.MODERATORS, first_name=name, username=name.lower())
    user.groups.add(*UserFactory(role=Role.EDITORS).groups.all())
    visitor = visit()
    visitor.log_in(user)
    return visitor


def open_form(visitor, record):
    visitor.page.goto(f"{ADMIN}/edit/{record.pk}/")
    # Wagtail begins to watch for changes two seconds after a form opens.
    expect(visitor.page.locator("form[data-edit-form]")).to_be_visible()
    visitor.page.wait_for_timeout(2300)
    return visitor.page


def write(page, text):
    """Write in the summary as someone does, a letter at a time."""
    summary = page.get_by_label("Samenvatting")
    summary.click()
    summary.press("End")
    summary.press_sequentially(text, delay=20)


def saved_by_itself(page):
    """Have Wagtail save what was written just now."""
    return page.expect_response(
        lambda answer: (
            answer.request.method == "POST"
            and answer.request.headers.get("accept") == "application/json"
            and ("/edit/" in answer.url or answer.url.endswith("/add/"))
            and "revision" in answer.text()
        )
    )


def write_and_wait(page, text):
    with saved_by_itself(page) as answer:
        write(page, text)
    assert answer.value.status == 200, answer.value.text()
    expect(page.locator("#w-autosave-indicator")).to_have_attribute(
        "data-w-autosave-state-value", "saved", timeout=30_000
    )


def press(page, name):
    """Press a button; the second and later ones stand in the menu beside the first."""
    button = page.locator("footer").get_by_role("button", name=name, exact=True)
    if not button.first.is_visible():
        page.locator("footer").get_by_role("button", name="Meer acties").last.click()
    # Not a navigation: the address of something new is replaced without one.
    with page.expect_event("load"):
        button.first.click()


def submit(page):
    """Press the main button past Wagtail's own question whether to save over a newer version."""
    with page.expect_event("load"):
        page.locator("form[data-edit-form]").evaluate(
            "form => form.requestSubmit(form.querySelector('button[type=submit]'))"
        )


def summary_of(record):
    return Organisation.objects.get(pk=record.pk).get_latest_revision_as_object().summary


@pytest.mark.parametrize("button", BUTTONS)
def test_what_was_saved_by_itself_is_saved_by_hand(visit, team, colleague, button):
    record = OrganisationFactory(public=True, summary="Zoals het was.")
    visitor = someone(visit, colleague)
    page = open_form(visitor, record)
    write_and_wait(page, " En meer.")
    press(page, button)
    visitor.picture(f"autosave-{button.split()[0].lower()}")
    expect(page.get_by_text("Er is niets opgeslagen")).to_have_count(0)
    assert summary_of(record) == "Zoals het was. En meer."
    record = Organisation.objects.get(pk=record.pk)
    assert record.workflow_in_progress == button.startswith("Stuur")
    assert (record.summary == "Zoals het was. En meer.") == (button == "Publiceren")
    assert not visitor.errors


@pytest.mark.parametrize("button", BUTTONS)
def test_something_new_is_made_once(visit, team, colleague, button):
    ThemeFactory(name="Administratie")
    visitor = someone(visit, colleague)
    page = visitor.page
    page.goto(f"{ADMIN}/add/")
    page.wait_for_timeout(2300)
    page.get_by_label("Naam").first.fill("Stichting Buurtmaatjes")
    page.get_by_label("Administratie").check()
    page.get_by_role("button", name="Voeg contactgegeven toe").click()
    fact = page.locator("[data-inline-panel-child]").last
    fact.get_by_label("Soort").select_option("phone")
    fact.get_by_label("Wat").fill("0791234567")
    fact.get_by_label("iedereen").check()
    write_and_wait(page, "Wij helpen.")
    page.wait_for_url("**/edit/*/")
    press(page, button)
    expect(page.get_by_text("Er is niets opgeslagen")).to_have_count(0)
    made = Organisation.objects.get()
    assert summary_of(made) == "Wij helpen."
    assert made.live == (button == "Publiceren")
    assert not visitor.errors


def test_several_automatic_saves_and_two_by_hand(visit, team, colleague):
    record = OrganisationFactory(summary="Een.")
    visitor = someone(visit, colleague)
    page = open_form(visitor, record)
    for word in (" Twee.", " Drie.", " Vier."):
        write_and_wait(page, word)
    press(page, "Bewaar concept")
    assert summary_of(record) == "Een. Twee. Drie. Vier."
    page.wait_for_timeout(2300)
    write_and_wait(page, " Vijf.")
    press(page, "Bewaar concept")
    assert summary_of(record) == "Een. Twee. Drie. Vier. Vijf."
    assert not visitor.errors


def test_who_published_goes_on_writing_and_publishes_again(visit, team, colleague):
    record = OrganisationFactory(public=True, summary="Een.")
    visitor = someone(visit, colleague)
    page = open_form(visitor, record)
    write_and_wait(page, " Twee.")
    press(page, "Publiceren")
    first = Organisation.objects.get(pk=record.pk).live_revision
    page = open_form(visitor, record)
    write_and_wait(page, " Drie.")
    assert Organisation.objects.get(pk=record.pk).summary == "Een. Twee."
    press(page, "Publiceren")
    expect(page.get_by_text("Er is niets opgeslagen")).to_have_count(0)
    record = Organisation.objects.get(pk=record.pk)
    assert record.summary == "Een. Twee. Drie."
    assert record.live_revision_id != first.pk
    first.refresh_from_db()
    assert first.content["summary"] == "Een. Twee."
    assert not visitor.errors


@pytest.mark.parametrize("button", BUTTONS)
def test_who_published_it_elsewhere_goes_on_in_the_open_form(visit, team, colleague, button):
    record = OrganisationFactory(public=True, summary="Een.")
    visitor = someone(visit, colleague)
    page = open_form(visitor, record)
    write_and_wait(page, " Twee.")
    first = Organisation.objects.get(pk=record.pk).latest_revision
    first.publish(user=first.user)
    write_and_wait(page, " Drie.")
    write_and_wait(page, " Vier.")
    press(page, button)
    expect(page.get_by_text("Er is niets opgeslagen")).to_have_count(0)
    assert summary_of(record) == "Een. Twee. Drie. Vier."
    first.refresh_from_db()
    assert first.content["summary"] == "Een. Twee."
    assert not visitor.errors


def test_a_colleague_who_published_what_one_is_writing_is_noticed(visit, team, colleague):
    record = OrganisationFactory(public=True, summary="Een.")
    anna = someone(visit, colleague, "Anna")
    bart = colleague(Role.MODERATORS, first_name="Bart", username="bart")
    open_form(anna, record)
    write_and_wait(anna.page, " Twee.")
    approved = Organisation.objects.get(pk=record.pk).latest_revision
    approved.publish(user=bart)
    with saved_by_itself(anna.page) as answer:
        write(anna.page, " Drie.")
    assert answer.value.json()["error_code"] == "invalid_revision"
    anna.picture("autosave-published")
    approved.refresh_from_db()
    assert approved.content["summary"] == "Een. Twee."

    submit(anna.page)
    assert summary_of(record) == "Een. Twee. Drie."
    record = Organisation.objects.get(pk=record.pk)
    assert record.live_revision_id == approved.pk
    assert record.summary == "Een. Twee."
    assert not anna.errors


@pytest.mark.parametrize("is_new", [False, True])
def test_a_button_pressed_during_an_automatic_save_waits_for_it(visit, team, colleague, is_new):
    visitor = someone(visit, colleague)
    page = visitor.page
    if is_new:
        page.goto(f"{ADMIN}/add/")
        page.wait_for_timeout(2300)
        page.get_by_label("Naam").first.fill("Stichting Buurtmaatjes")
    else:
        open_form(visitor, OrganisationFactory(summary=""))
    write(page, "Wij helpen.")
    # It says so before it asks the server.
    expect(page.locator("#w-autosave-indicator")).to_have_attribute(
        "data-w-autosave-state-value", "saving"
    )
    press(page, "Bewaar concept")
    expect(page.get_by_text("Er is niets opgeslagen")).to_have_count(0)
    assert summary_of(Organisation.objects.get()) == "Wij helpen."
    assert not visitor.errors


def test_a_second_editor_is_still_noticed(visit, team, colleague):
    record = OrganisationFactory(summary="Begin.")
    anna, bart = (someone(visit, colleague, name) for name in ("Anna", "Bart"))
    open_form(anna, record)
    open_form(bart, record)
    write_and_wait(anna.page, " Van Anna.")

    with saved_by_itself(bart.page) as answer:
        write(bart.page, " Van Bart.")
    assert answer.value.json()["error_code"] == "invalid_revision"
    submit(bart.page)
    heading = bart.page.get_by_role("heading", name="Iemand anders heeft dit intussen")
    expect(heading).to_be_visible()
    assert summary_of(record) == "Begin. Van Anna."

    bart.page.get_by_label("Mijn versie toch opslaan").check()
    submit(bart.page)
    expect(heading).to_have_count(0)
    assert summary_of(record) == "Begin. Van Bart."

    submit(anna.page)
    expect(anna.page.get_by_role("heading", name="Iemand anders heeft dit")).to_be_visible()
    assert not anna.errors
    assert not bart.errors
