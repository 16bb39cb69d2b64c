"""The form of a help question: what it gathers, and what was picked."""

import re

import pytest

from socialekaart_plugin.directory.models import HelpQuestion
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import (
    OrganisationFactory,
    ThemeFactory,
    UserFactory,
)
from tests.snippet_screens import rows, text_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(team, client):
    client.force_login(UserFactory(role=Role.MANAGERS))
    return client


def test_a_help_question_is_made_and_tells_what_it_gathers(manager):
    theme = ThemeFactory(name="Geld")
    OrganisationFactory(name="Budgethulp", themes=[theme], public=True)
    picked = OrganisationFactory(name="Voedselbank", public=True)
    OrganisationFactory(name="Nog niet", themes=[theme])
    manager.post(
        url(HelpQuestion, "add"),
        {
            "name": "Ik kom niet rond",
            "explanation": "",
            "themes": [theme.pk],
            "organisations": [picked.pk, "", ""],
            "activities": ["", ""],
            "slug": "",
        },
    )
    question = HelpQuestion.objects.get()
    assert (list(question.themes.all()), list(question.organisations.all())) == ([theme], [picked])
    text = text_of(manager.get(url(HelpQuestion, "edit", question.pk)))
    gathered = re.search(r'id="gathers".*?</ul>', text, re.DOTALL).group(0)
    assert "Budgethulp" in gathered
    assert "Voedselbank" in gathered
    assert "Nog niet" not in gathered
    assert rows(manager.get(url(HelpQuestion, "list")))[0][2].split()[0] == "2"


def test_what_was_picked_wrongly_is_told_and_nothing_typed_is_lost(manager):
    response = manager.post(
        url(HelpQuestion, "add"),
        {"name": "", "explanation": "Blijft staan", "organisations": ["98765", "x"], "slug": ""},
    )
    assert response.status_code == 200
    assert "Blijft staan" in text_of(response)
