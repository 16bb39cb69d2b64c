"""Creates and removes the users of the demonstration: one in each group of the team."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.log_actions import log

from socialekaart_plugin.moderation.permissions import Role

#: Name and role of each.
USERS = {"redactie": Role.EDITORS, "moderator": Role.MODERATORS, "beheer": Role.MANAGERS}


@transaction.atomic
def create_demo_users(password: str = "") -> dict[str, str]:
    """Create the users that do not exist yet.

    Args:
        password: for all of them, including existing ones; if empty, each new user gets a
            generated password.

    Returns:
        The passwords of the new users, by name; they are not stored in plain text.

    Raises:
        Group.DoesNotExist: `setup_socialekaart` has not run.
    """
    passwords = {}
    for name, role in USERS.items():
        group = Group.objects.get(name=role.value)
        user: Any = get_user_model()._default_manager.filter(username=name).first()
        if user is not None:
            _give_password(user, password)
            continue
        passwords[name] = password or secrets.token_urlsafe(12)
        user = get_user_model()(username=name, email=_mail_address(name))
        user.set_password(passwords[name])
        user.full_clean()
        user.save()
        user.groups.add(group)
        log(instance=user, action="wagtail.create")
    return passwords


@transaction.atomic
def remove_demo_users() -> list[str]:
    """Remove the users, recognised by both name and mail address; return their names."""
    removed = []
    for name in USERS:
        own = get_user_model()._default_manager.filter(username=name, email=_mail_address(name))
        for user in own:
            log(instance=user, action="wagtail.delete")
            user.delete()
            removed.append(name)
    return removed


def _give_password(user: Any, password: str) -> None:
    """Set the password of a demonstration user; users of the site keep their own."""
    if not password or user.email != _mail_address(user.username) or user.check_password(password):
        return
    user.set_password(password)
    user.save()
    log(instance=user, action="wagtail.edit")


def _mail_address(name: str) -> str:
    return f"{name}@demonstratie.example"
