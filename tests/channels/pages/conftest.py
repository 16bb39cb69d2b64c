from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from tests.factories import UserFactory


@pytest.fixture
def read(client: Client, directory_page: Any) -> Callable[..., Any]:
    """Open the list of the directory with these parameters, as everyone may."""

    def read(**parameters: Any) -> Any:
        return client.get(directory_page.url, parameters)

    return read


@pytest.fixture
def referrer(db: None) -> Client:
    """Someone signed in who may see what is meant for referrers."""
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="view_referrer_facts"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def parse() -> Callable[[str], Any]:
    """Read HTML as strictly as the standard says: any error in it fails the test."""
    return html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False
    ).parse
