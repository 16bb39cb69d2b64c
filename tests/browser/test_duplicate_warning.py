"""A second one is not made by accident, and what is still needed is told while someone types."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from socialekaart_plugin.models import Organisation
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import AreaFactory, OrganisationFactory, ThemeFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

ADD = "/admin/snippets/socialekaart_plugin/organisation/add/"
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def duplicate(team):
    AreaFactory(name="Centrum")
    ThemeFactory(name="Ontmoeten")
    return OrganisationFactory(name="Buurthuis De Parel", public=True)


def new_organisation(visit, colleague, **options):
    visitor = visit(**options)
    visitor.log_in(colleague(Role.MODERATORS, first_name="Mo"))
    visitor.page.goto(ADD)
    return visitor


def violations(page):
    found = Axe().run(page, options=WCAG, context="[data-sk-check]").response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def test_a_duplicate_is_named_while_typing_and_nothing_is_saved_until_someone_says_it_is_another(
    visit, colleague, duplicate
):
    visitor = new_organisation(visit, colleague)
    page = visitor.page
    page.get_by_label("Naam").first.press_sequentially("Buurthuis de Paarel")
    link = page.get_by_role("link", name="Buurthuis De Parel")
    expect(link).to_be_visible()
    expect(page.locator("[data-sk-status]")).to_contain_text("Dit lijkt op één die er al is")
    page.wait_for_timeout(2500)
    assert Organisation.objects.count() == 1
    assert violations(page) == []
    visitor.picture("browser-duplicate-warning")
    # By keyboard: to the link, which opens beside the form, and on to the box.
    link.focus()
    with visitor.context.expect_page() as opened:
        page.keyboard.press("Enter")
    assert opened.value.url.endswith(f"/organisation/edit/{duplicate.pk}/")
    opened.value.close()
    expect(page.get_by_label("Naam").first).to_have_value("Buurthuis de Paarel")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("dit is echt een andere")).to_be_checked()
    page.wait_for_url("**/organisation/edit/*/")
    assert Organisation.objects.filter(name="Buurthuis de Paarel").exists()
    assert visitor.errors == []


def test_the_list_of_needs_follows_what_is_typed_and_leads_to_the_fields(
    visit, colleague, duplicate
):
    visitor = new_organisation(visit, colleague)
    page = visitor.page
    panel = page.locator("[data-sk-needed]")
    page.get_by_label("Naam").first.fill("Stichting Buurtmaatjes")
    expect(panel.get_by_role("link")).to_have_count(3)
    panel.get_by_role("link", name="samenvatting").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_summary")).to_be_focused()
    page.keyboard.type("Wij helpen bij post en formulieren.")
    page.get_by_label("Ontmoeten").check()
    expect(panel.get_by_role("link")).to_have_count(1)
    panel.get_by_role("link").click()
    expect(page.get_by_role("button", name="Voeg contactgegeven toe")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#id_contact_facts-0-kind").select_option("phone")
    page.locator("#id_contact_facts-0-value").fill("079 765 43 21")
    counted = page.locator("[data-sk-audiences]")
    expect(counted).to_contain_text("alleen collega’s zien er 1")
    page.locator("[name=contact_facts-0-audience][value=public]").check()
    expect(counted).to_contain_text("iedereen ziet er 1")
    expect(panel).to_contain_text("Alles is er: dit kan op de site.")
    visitor.picture("browser-everything-is-there")
    assert visitor.errors == []


# On a desktop: without scripts Wagtail's menu lies over the form of a phone.
def test_without_javascript_the_form_comes_back_once_with_everything(visit, colleague, duplicate):
    cookies = new_organisation(visit, colleague).context.cookies()
    plain = visit(java_script_enabled=False)
    plain.context.add_cookies(cookies)
    page = plain.page
    page.goto(ADD)
    page.locator("#id_name").fill("Buurthuis de Paarel")
    page.locator("#id_summary").fill("Iets heel anders.")
    page.locator("footer button[type=submit], footer [type=submit]").first.click()
    expect(page.get_by_role("link", name="Buurthuis De Parel")).to_be_visible()
    expect(page.locator("#id_summary")).to_have_value("Iets heel anders.")
    plain.picture("browser-duplicate-without-script")
    page.locator("[name=other_than]").check()
    page.locator("footer button[type=submit], footer [type=submit]").first.click()
    page.wait_for_url("**/organisation/edit/*/")
    assert Organisation.objects.filter(name="Buurthuis de Paarel").exists()
