"""What an address may ask of the lists of the admin: each that the menu leads to."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.admin.menu import admin_menu

from tests.admin.test_menu import leaves, request_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

#: What no list may hand to the database.
CANARY = "zq9xwv"

LOOKUPS = [
    "user__password__startswith", "name__regex", "name__iregex", "name", "pk__in", "id", "ordering",
    "latest_revision__user__password__startswith", "steward__password__startswith", "o", "unknown",
    "parent__name__contains", "locale", "owner__password",
]  # fmt: skip

#: Of whatever parameter: values that are no page, day, number or key.
HOSTILE = {
    "q": ["(", "'", "%", "x" * 2_000, '"', "*"],
    "ordering": ["x", "-", "user__password", "--name", "?"],
    "export": ["pdf", "", "csv,xlsx"],
    "area": ["x", "9" * 40], "theme": ["x", "9" * 40], "steward": ["x", "9" * 40],
    "keyword": ["x", "9" * 40], "state": ["x"], "freshness": ["x"], "missing": ["x"],
    "verified_before": ["x", "0001-01-01", "9999-99-99"], "audience": ["x"], "used": ["x"],
    "is_one_way": ["x"], "kind": ["x"], "user": ["x", "9" * 40], "timestamp_from": ["x"],
}  # fmt: skip


PAGES = ["x", "999", "-1", "0", "9" * 40]


@pytest.fixture
def lists(team, client):
    """The addresses that the menu has for someone who may everything, and who asks them."""
    client.force_login(UserFactory(is_superuser=True))
    user = get_user_model().objects.get()
    return [item.url for item in leaves(admin_menu, request_of(user))]


def test_no_list_hands_a_lookup_of_the_address_to_the_database(lists, client):
    asked = dict.fromkeys(LOOKUPS, CANARY)
    handed = []
    for address in lists:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address, asked)
        handed += [(address, each["sql"]) for each in queries if CANARY in each["sql"]]
    assert len(lists) > 20
    assert handed == []


def test_no_value_of_a_parameter_of_a_list_is_an_error(lists, client):
    client.raise_request_exception = False
    broken = []
    for address in lists:
        # Many parameters at once; what page there is comes last, for without it nothing is shown.
        for turn in range(2):
            asked = {name: values[turn % len(values)] for name, values in HOSTILE.items()}
            if client.get(address, asked).status_code >= 500:
                broken.append((address, asked))
        if client.get(address, {"p": PAGES[len(address) % len(PAGES)]}).status_code >= 500:
            broken.append((address, "page"))
    assert broken == []
