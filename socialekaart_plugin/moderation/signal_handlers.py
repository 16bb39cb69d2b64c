"""Connect the mails for submitted, approved and rejected drafts, replacing Wagtail's."""

from django.apps import apps
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from .notifications import TaskSubmitted, WorkflowApproved, WorkflowRejected, WorkflowSubmitted

#: Same dispatch names as Wagtail's own (7.4, 8.0), so that these replace them.
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
    """Replace Wagtail's receivers; one that the site disconnected stays disconnected."""
    names = [config.name for config in apps.get_app_configs()]
    wagtail_was_first = names.index("wagtail.admin") < names.index("socialekaart_plugin")
    for signal, sender, uid, notifier in NOTIFIERS:
        was_there = signal.disconnect(sender=sender, dispatch_uid=uid)
        if was_there or not wagtail_was_first:
            signal.connect(notifier, sender=sender, dispatch_uid=uid)
