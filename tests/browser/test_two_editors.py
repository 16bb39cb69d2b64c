"""Two colleagues in one record, each in their own browser: nothing of either is lost."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from socialekaart_plugin.models import Organisation
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import OrganisationFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

EDIT = "/admin/snippets/socialekaart_plugin/organisation/edit"


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar concept").click()
        # Wagtail asks first, when it has already seen that there is a newer version.
        dialogue = page.get_by_role("dialog").get_by_role("button", name="Bewaar concept")
        if dialogue.count() and dialogue.first.is_visible():
            dialogue.first.click()


def stored(record):
    return Organisation.objects.get(pk=record.pk).get_latest_revision_as_object().summary


def test_the_second_to_save_is_told_and_saves_once_they_have_looked(visit, team, colleague):
    record = OrganisationFactory(name="Stichting Buurtmaatjes", summary="Zoals het was.")
    pages = {}
    for name in ("Anna", "Bart"):
        visitor = visit()
        visitor.log_in(colleague(Role.EDITORS, first_name=name, username=name.lower()))
        visitor.page.goto(f"{EDIT}/{record.pk}/")
        visitor.page.wait_for_load_state("networkidle")
        visitor.page.get_by_label("Samenvatting").fill(f"Van {name}.")
        pages[name] = visitor
    save(pages["Anna"].page)
    assert stored(record) == "Van Anna."

    bart = pages["Bart"].page
    save(bart)
    expect(bart.get_by_role("heading", name="Iemand anders heeft dit intussen")).to_be_visible()
    expect(bart.get_by_text("Anna: nieuwere versie opgeslagen")).to_be_visible()
    expect(bart.get_by_label("Samenvatting")).to_have_value("Van Bart.")
    pages["Bart"].picture("two-editors")
    assert Axe().run(bart, context=".sk-conflict").violations_count == 0
    assert stored(record) == "Van Anna."

    bart.get_by_label("Mijn versie toch opslaan").check()
    save(bart)
    expect(bart.get_by_role("heading", name="Iemand anders heeft dit")).to_have_count(0)
    assert stored(record) == "Van Bart."
