"""Password reset form that does not reveal who has an account."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from wagtail.admin.forms.auth import PasswordResetForm

from cms.throttling import RESETS_OF_ONE
from socialekaart_plugin.foundation.mail.backend import EmailBackend


class EvenPasswordResetForm(PasswordResetForm):
    """Does the same work for unknown addresses: the same response in the same time.

    The mail itself is sent after the response (EMAIL_BACKEND), so the time of the mail server does
    not show. For an unknown address the same mail is written, then passed on without a recipient.
    """

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Send the mail, unless this address had too many requests; both respond alike."""
        if RESETS_OF_ONE.allows(self.cleaned_data["email"].casefold()):
            super().save(*args, **kwargs)

    def get_users(self, email: str) -> Iterator[Any]:
        """Yield the users to mail; for an unknown address, a stand-in without an address."""
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
        """Write and pass on the mail; mail to a stand-in goes nowhere."""
        super().send_mail(
            subject_template_name,
            email_template_name,
            context,
            from_email,
            to_email,
            html_email_template_name,
        )
        if not to_email:
            # Django does not call the backend if a mail has no recipient.
            EmailBackend().send_messages([EmailMessage(subject="")])
