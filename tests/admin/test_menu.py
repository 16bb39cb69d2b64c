"""What the menu opens, for each group."""

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from wagtail.admin.menu import admin_menu

from tests.admin.test_access import EVERYONE
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

SUPERUSER = "superuser"


def leaves(menu, request):
    """Every item of a menu and of the menus within it that a user sees."""
    for item in menu.menu_items_for_request(request):
        if getattr(item, "menu", None) is not None:
            yield from leaves(item.menu, request)
        elif item.url.startswith("/"):
            # The help of Wagtail is on a site of its own.
            yield item


def request_of(user):
    request = RequestFactory().get("/admin/")
    request.user = get_user_model().objects.get(pk=user.pk)
    return request


def seen_by(user):
    return list(leaves(admin_menu, request_of(user)))


@pytest.mark.parametrize("who", [*EVERYONE, SUPERUSER])
def test_every_item_of_the_menu_opens_a_page(people, client, who):
    user = (people | {SUPERUSER: UserFactory(is_superuser=True)})[who]
    client.force_login(user)
    wrong = []
    for item in seen_by(user):
        # A setting that each site has leads to that of this one.
        response = client.get(item.url, follow=True)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            wrong.append((str(item.label), item.url, response.status_code))
    assert wrong == []


def test_the_menu_shows_more_to_who_may_more(people):
    shown = {who: len(seen_by(user)) for who, user in people.items()}
    assert sorted(shown.values()) == list(shown.values())
    assert len(set(shown.values())) > 2
    assert len(seen_by(UserFactory(is_superuser=True))) > max(shown.values())
