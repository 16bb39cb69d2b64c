"""Send Wagtail's workflow mails after the commit, so that a mail error never breaks the workflow.

Wagtail 7.4 and 8.0 send them inside the request and its transaction, and let most mail server
errors through. These notifiers replace Wagtail's, also for the site's pages. Remove this module
when Wagtail sends after the commit.
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
    """Send no workflow mails within this block."""
    token = _silenced.set(True)
    try:
        yield
    finally:
        _silenced.reset(token)


class _NeverBreaks:
    """Renders the mails within the transaction and sends them after the commit."""

    notification: str

    def __call__(self, instance: Any = None, **kwargs: Any) -> bool:
        """Notify; report errors to the managers, never to the user."""
        if _silenced.get():
            return True
        try:
            with transaction.atomic():
                is_sent: bool = super().__call__(instance, **kwargs)  # type: ignore[misc]
                return is_sent
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
        """Send a mail to each recipient, in their language."""
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
    """Tells approvers that a draft waits for approval."""


class WorkflowSubmitted(_NeverBreaks, WorkflowStateSubmissionEmailNotifier):
    """Tells superusers that a draft was submitted."""


class WorkflowApproved(_NeverBreaks, WorkflowStateApprovalEmailNotifier):
    """Tells the submitter that the draft was approved."""


class WorkflowRejected(_NeverBreaks, WorkflowStateRejectionEmailNotifier):
    """Tells the submitter that the draft was rejected, and why."""
