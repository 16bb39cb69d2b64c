"""Django's e-mail backend of a site on which mail never breaks or delays anybody's work."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from socialekaart_plugin.foundation.conf import conf

from .delivery import hand_over

#: How a site names it in EMAIL_BACKEND.
PATH = "socialekaart_plugin.foundation.mail.backend.EmailBackend"


class EmailBackend(BaseEmailBackend):
    """Hands messages over, to be sent after the transaction by the backend that really sends.

    Whoever sends never waits for the mail server and sees none of its errors: those are in the
    log, and on the dashboard of the managers.
    """

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        """Take what Django hands every backend; a name and password of one mail are not used."""
        super().__init__()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hand messages over; return how many."""
        messages = list(email_messages)
        if messages:
            hand_over(messages, sending_backend())
        return len(messages)


def named_backend() -> str:
    """Return the path of the backend that the site names, in MAILERS (Django 6.1) or before."""
    mailer = getattr(settings, "MAILERS", {}).get("default", {})
    return str(mailer.get("BACKEND") or settings.EMAIL_BACKEND)


def sending_backend() -> str:
    """Return the path of the backend that really sends."""
    named = named_backend()
    return str(conf.EMAIL_BACKEND) if named == PATH else named
