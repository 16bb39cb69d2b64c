"""The Django e-mail backend to configure: queues mail instead of sending it in the request."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from socialekaart_plugin.foundation.conf import conf

from .delivery import hand_over

#: The value for EMAIL_BACKEND.
PATH = "socialekaart_plugin.foundation.mail.backend.EmailBackend"


class EmailBackend(BaseEmailBackend):
    """Queues messages; the real backend sends them after the transaction.

    The caller never waits for the SMTP server and never gets its errors. Errors are logged, and
    shown on the dashboard of managers.
    """

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        """Accept Django's arguments; a user name and password per mail are ignored."""
        super().__init__()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages; return their number."""
        messages = list(email_messages)
        if messages:
            hand_over(messages, sending_backend())
        return len(messages)


def named_backend() -> str:
    """Return the path of the configured backend, from MAILERS (Django 6.1) or EMAIL_BACKEND."""
    mailer = getattr(settings, "MAILERS", {}).get("default", {})
    return str(mailer.get("BACKEND") or settings.EMAIL_BACKEND)


def sending_backend() -> str:
    """Return the path of the backend that sends the mail."""
    named = named_backend()
    return str(conf.EMAIL_BACKEND) if named == PATH else named
