"""Screens of the record in the admin.

In: requests of colleagues. Out: screens; what they do is done by `actions`.
"""

from .editing import (
    RecordCopyView,
    RecordCreateView,
    RecordEditView,
    RecordUnpublishView,
    RecordWorkflowActionView,
)
from .listing import RecordIndexView
from .upkeep import ConfirmView, WithdrawView

__all__ = [
    "ConfirmView",
    "RecordCopyView",
    "RecordCreateView",
    "RecordEditView",
    "RecordIndexView",
    "RecordUnpublishView",
    "RecordWorkflowActionView",
    "WithdrawView",
]
