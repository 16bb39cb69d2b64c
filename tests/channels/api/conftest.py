from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from tests.factories import UserFactory


@pytest.fixture
def get(client: Client) -> Callable[..., Any]:
    """Ask the API something as everyone may; answers status and JSON."""

    def get(path: str, **parameters: Any) -> tuple[int, Any]:
        response = client.get(f"/api/v2/{path}", parameters)
        return response.status_code, response.json()

    return get


@pytest.fixture
def referrer(db: None) -> Client:
    """Someone signed in who may see what is meant for referrers."""
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="view_referrer_facts"))
    client = Client()
    client.force_login(user)
    return client
