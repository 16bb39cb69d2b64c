"""Asking for another password, without telling who has an account here."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from wagtail.admin.forms.auth import PasswordResetForm

from cms.throttling import RESETS_OF_ONE
from socialekaart_plugin.foundation.mail.backend import EmailBackend


class EvenPasswordResetForm(PasswordResetForm):
    """Does the same work for an address that nobody has: the same answer in the same time.

    The mail itself leaves after the answer (EMAIL_BACKEND), so what the mail server needs does not
    show. For an unknown address the same mail is written, and handed over without an addressee.
    """

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Mail, unless it was asked for this address too often; the answer does not tell."""
        if RESETS_OF_ONE.allows(self.cleaned_data["email"].casefold()):
            super().save(*args, **kwargs)

    def get_users(self, email: str) -> Iterator[Any]:
        """Find whom to mail; where there is nobody, a stand-in without an address."""
        found = list(super().get_users(email))
        return iter(found or [get_user_model()(pk=0, username="niemand", email="")])

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        """Write and hand over the mail; to a stand-in it goes nowhere."""
        super().send_mail(
            subject_template_name,
            email_template_name,
            context,
            from_email,
            to_email,
            html_email_template_name,
        )
        if not to_email:
            # Django stops before the backend when nobody is addressed.
            EmailBackend().send_messages([EmailMessage(subject="")])
