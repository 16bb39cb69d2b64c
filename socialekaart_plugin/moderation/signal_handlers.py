"""Who is told when something is submitted, approved or refused."""

from django.apps import apps
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from .notifications import TaskSubmitted, WorkflowApproved, WorkflowRejected, WorkflowSubmitted

#: Under the names by which Wagtail (7.4, 8.0) connects its own: one of a name can be there.
NOTIFIERS = (
    (
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        TaskSubmitted(),
    ),
    (
        workflow_submitted,
        WorkflowState,
        "workflow_state_submitted_email_notification",
        WorkflowSubmitted(),
    ),
    (
        workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
        WorkflowApproved(),
    ),
    (
        workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
        WorkflowRejected(),
    ),
)


def connect() -> None:
    """Take the places of Wagtail's mails; one that the site took away stays away."""
    names = [config.name for config in apps.get_app_configs()]
    wagtail_was_first = names.index("wagtail.admin") < names.index("socialekaart_plugin")
    for signal, sender, uid, notifier in NOTIFIERS:
        was_there = signal.disconnect(sender=sender, dispatch_uid=uid)
        if was_there or not wagtail_was_first:
            signal.connect(notifier, sender=sender, dispatch_uid=uid)
