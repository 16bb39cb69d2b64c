"""Wagtail's mails about submitting, approving and refusing, sent so that they cannot break it.

Wagtail 7.4 and 8.0 send them in the request and inside its transaction, and let most errors of the
mail server out. These take their place, for the pages of the site as well; this module can go when
Wagtail sends after the commit.
"""

import logging
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
    send_mail,
)

from socialekaart_plugin.foundation.mail.backend import EmailBackend
from socialekaart_plugin.foundation.mail.delivery import note_failure

logger = logging.getLogger("socialekaart_plugin.mail")

_silenced: ContextVar[bool] = ContextVar("socialekaart_no_notifications", default=False)


@contextmanager
def without_notifications() -> Iterator[None]:
    """Tell nobody of what is submitted, approved or refused within this block."""
    token = _silenced.set(True)
    try:
        yield
    finally:
        _silenced.reset(token)


class _NeverBreaks:
    """Writes the mails within the transaction and hands them over to be sent after it."""

    notification: str

    def __call__(self, instance: Any = None, **kwargs: Any) -> bool:
        """Notify; what goes wrong is told to the managers, never to who is at work."""
        if _silenced.get():
            return True
        try:
            with transaction.atomic():
                told: bool = super().__call__(instance, **kwargs)  # type: ignore[misc]
                return told
        except Exception as error:
            logger.exception(
                "A mail (%s) about %s could not be written", self.notification, instance
            )
            note_failure(recipients="", subject=f"{self.notification}: {instance}", error=error)
            return False

    def send_emails(
        self,
        template_set: Mapping[str, str],
        context: Mapping[str, Any],
        recipients: Collection[Any],
        **kwargs: Any,
    ) -> bool:
        """Hand over a mail for each recipient, in their language."""
        for recipient in recipients:
            own = {**context, "user": recipient}
            with override(recipient.wagtail_userprofile.get_preferred_language()):
                subject = render_to_string(template_set["subject"], own).strip()
                text = render_to_string(template_set["text"], own).strip()
                html = (
                    render_to_string(template_set["html"], own)
                    if getattr(settings, "WAGTAILADMIN_NOTIFICATION_USE_HTML", False)
                    else None
                )
            send_mail(
                subject, text, [recipient.email], connection=EmailBackend(), html_message=html
            )
        return True


class TaskSubmitted(_NeverBreaks, GroupApprovalTaskStateSubmissionEmailNotifier):
    """Tells who may approve that something waits."""


class WorkflowSubmitted(_NeverBreaks, WorkflowStateSubmissionEmailNotifier):
    """Tells the superusers that something was submitted."""


class WorkflowApproved(_NeverBreaks, WorkflowStateApprovalEmailNotifier):
    """Tells who submitted that it was approved."""


class WorkflowRejected(_NeverBreaks, WorkflowStateRejectionEmailNotifier):
    """Tells who submitted that it was refused, and why."""
