"""What managers see of mail that did not leave, and who guesses passwords of being locked out."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from socialekaart_plugin.foundation.mail.models import UnsentMail
from socialekaart_plugin.moderation.permissions import Role
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_admin_accessibility import violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

VIEWPORTS = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])


@VIEWPORTS
def test_a_manager_reads_the_list_and_clears_it(visit, team, colleague, viewport):
    for subject, error in (
        ("Organisatie 'Buurtmaatjes' is ingediend ter goedkeuring", "gaierror: [Errno -2] Name"),
        ("Wachtwoord herstel", ""),
    ):
        UnsentMail.objects.create(
            recipients="els.de-vries@welzijn-de-buurtlijn.example", subject=subject, error=error
        )
    UnsentMail.objects.update(handed_over_at="2026-01-02T10:00:00Z")
    visitor = visit(viewport=viewport)
    visitor.log_in(colleague(Role.MANAGERS))
    page = visitor.page
    page.goto("/admin/")
    expect(page.get_by_text("2 mails zijn niet verstuurd.")).to_be_visible()
    visitor.picture(f"admin-unsent-mail-{viewport['width']}")
    assert violations(page) == []
    page.get_by_role("button", name="Ik weet het, maak deze lijst leeg").click()
    expect(page.get_by_text("2 mails staan niet meer in de lijst.")).to_be_visible()
    expect(page.get_by_role("heading", name="mail is niet verstuurd")).to_be_hidden()
    assert visitor.errors == []


@VIEWPORTS
def test_who_guesses_reads_how_long_to_wait(visit, team, colleague, viewport):
    editor = colleague(Role.EDITORS)
    visitor = visit(viewport=viewport)
    page = visitor.page
    for _time in range(5):
        page.goto("/admin/login/")
        page.locator("[name=username]").fill(editor.username)
        page.locator("[name=password]").fill("fout")
        with page.expect_navigation():
            page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", name="Even wachten")).to_be_visible()
    visitor.picture(f"locked-out-{viewport['width']}")
    assert Axe().run(page).response["violations"] == []
    assert visitor.errors == []
