"""Themes, target groups, keywords and help questions, with a keyboard, on a phone, and with axe."""

import pytest
from playwright.sync_api import expect

from socialekaart_plugin.models import Keyword, Theme
from socialekaart_plugin.moderation.permissions import Role
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_admin_accessibility import LISTS, violations
from tests.factories import (
    HelpQuestionFactory,
    OrganisationFactory,
    TargetGroupFactory,
    ThemeFactory,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def words(db):
    """A small vocabulary in use."""
    geld = ThemeFactory(name="Geld")
    schulden = ThemeFactory(name="Schulden en rondkomen", parent=geld)
    ThemeFactory(name="Wonen")
    group = TargetGroupFactory(name="Ouderen")
    TargetGroupFactory(name="Jongeren")
    picked = OrganisationFactory(
        name="Budgethulp", themes=[schulden], target_groups=[group], tags=["taal"], public=True
    )
    OrganisationFactory(name="Taalcafé", themes=[geld], tags=["talen", "koffie"])
    Keyword.objects.create(name="nergens")
    HelpQuestionFactory(name="Ik kom niet rond", themes=[geld], organisations=[picked])
    return {"theme": geld.pk, "narrow": schulden.pk}


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_the_screens_of_the_vocabulary(
    visit, colleague, team, words, viewport
):
    visitor = visit(viewport=viewport)
    visitor.log_in(colleague(Role.MANAGERS))
    theme, narrow = words["theme"], words["narrow"]
    found = {}
    for address in (
        "theme/",
        "theme/?q=schulden",
        f"theme/edit/{narrow}/",
        f"theme/move/{narrow}/",
        f"theme/merge/?word={narrow}",
        f"theme/merge/?word={narrow}&into={theme}",
        f"theme/merge/?word={theme}&into={narrow}",
        f"theme/delete/{theme}/",
        f"theme/usage/{theme}/",
        "targetgroup/",
        "keyword/",
        "keyword/?use=unused",
        "keyword/unused/",
        "helpquestion/",
        "helpquestion/add/",
    ):
        response = visitor.page.goto(f"{LISTS}/{address}")
        assert response.ok, address
        visitor.page.wait_for_load_state("networkidle")
        report = violations(visitor.page)
        if report:
            found[address] = report
    assert found == {}
    assert visitor.errors == []
    assert visitor.elsewhere == []


def test_a_theme_goes_up_with_the_keyboard_and_the_keyboard_stays_there(
    visit, colleague, team, words
):
    visitor = visit()
    visitor.log_in(colleague(Role.MANAGERS))
    page = visitor.page
    page.goto(f"{LISTS}/theme/")
    page.get_by_role("button", name="“Wonen” omhoog").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Wonen” staat een plaats hoger.")).to_be_visible()
    assert [theme.name for theme in Theme.objects.filter(parent=None)] == ["Wonen", "Geld"]
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="“Wonen” omlaag")).to_be_focused()


def test_keywords_that_look_alike_are_merged_from_the_list(visit, colleague, team, words):
    visitor = visit()
    visitor.log_in(colleague(Role.MANAGERS))
    page = visitor.page
    page.goto(f"{LISTS}/keyword/")
    page.get_by_role("link", name="talen (samenvoegen met taal)").click()
    page.get_by_label("Samenvoegen met").select_option("taal")
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("Taalcafé")).to_be_visible()
    assert Keyword.objects.filter(name="talen").exists()
    page.get_by_role("button", name="Samenvoegen", exact=True).click()
    expect(page.get_by_text("Samengevoegd met “taal”.")).to_be_visible()
    assert not Keyword.objects.filter(name="talen").exists()
