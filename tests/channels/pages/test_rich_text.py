import json

import pytest
from django.urls import reverse

from socialekaart_plugin.models import Organisation
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import OrganisationFactory, UserFactory, publish
from tests.forms import filled_in

pytestmark = pytest.mark.django_db


def typed(*blocks, entities=()):
    """What Wagtail's editor sends: blocks of (type, text, [(from, length, entity)])."""
    return json.dumps(
        {
            "blocks": [
                {
                    "key": f"b{number}",
                    "type": kind,
                    "text": text,
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [
                        {"offset": offset, "length": length, "key": key}
                        for offset, length, key in ranges
                    ],
                }
                for number, (kind, text, ranges) in enumerate(blocks)
            ],
            "entityMap": {str(key): entity for key, entity in enumerate(entities)},
        }
    )


def link(url):
    return {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}


@pytest.fixture
def saved(client, team):
    """What the public reads after an editor sent this as the description."""

    def saved(description):
        organisation = OrganisationFactory()
        client.force_login(UserFactory(role=Role.EDITORS))
        url = reverse(Organisation.snippet_viewset.get_url_name("edit"), args=[organisation.pk])
        response = client.post(url, filled_in(client.get(url), description=description))
        assert response.status_code == 302, response.context["form"].errors
        publish(Organisation.objects.get(pk=organisation.pk))
        client.logout()
        api = client.get(f"/api/v2/organisations/{organisation.uuid}/").json()["description"]
        page = client.get(f"/k/{organisation.short_id}", follow=True).text
        assert api in page
        return api

    return saved


def test_what_an_editor_writes_arrives(saved, directory_page):
    sent = typed(
        ("unstyled", "Kom gerust langs.", [(0, 3, 0)]),
        ("header-three", "Wanneer", []),
        entities=[link("https://example.nl/?a=1&b=2")],
    )
    text = saved(sent)
    assert '<a href="https://example.nl/?a=1&amp;b=2">Kom</a> gerust langs.' in text
    assert ">Wanneer</h3>" in text


def test_a_script_that_an_editor_writes_arrives_as_text(saved, directory_page):
    text = saved(typed(("unstyled", "<script>alert('x')</script><img src=x onerror=y>", [])))
    assert "<script" not in text
    assert "<img" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x"])
def test_a_link_that_would_run_something_leads_nowhere(saved, directory_page, url):
    text = saved(typed(("unstyled", "Klik", [(0, 4, 0)]), entities=[link(url)]))
    assert "Klik" in text
    assert "script:" not in text.lower()
    assert "data:" not in text


def test_a_block_that_the_field_does_not_offer_is_left_out(saved, directory_page):
    text = saved(
        typed(
            ("unstyled", "Gewoon", []),
            ("header-one", "Groot", []),
            ("atomic", " ", [(0, 1, 0)]),
            entities=[
                {"type": "IMAGE", "mutability": "IMMUTABLE", "data": {"id": 1, "format": "left"}}
            ],
        )
    )
    assert "Gewoon" in text
    assert "<h1" not in text
    assert "<img" not in text
