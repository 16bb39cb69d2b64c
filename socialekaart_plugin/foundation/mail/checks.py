"""A deploy check that reports a site which sends mail inside the request."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning

from .backend import PATH, named_backend


def check_mail(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report a backend that sends mail inside the request (socialekaart.W020)."""
    named = named_backend()
    if named == PATH:
        return []
    return [
        Warning(
            "EMAIL_BACKEND sends within the request: a mail server that hangs makes people wait, "
            "and mail of work that is undone leaves all the same.",
            hint=f"EMAIL_BACKEND = {PATH!r}, with SOCIALEKAART_EMAIL_BACKEND = "
            f"{named!r} and EMAIL_TIMEOUT = 10. The mails of the approval "
            "workflow go that way already.",
            id="socialekaart.W020",
        )
    ]
