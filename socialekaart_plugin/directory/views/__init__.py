"""Admin views of records, places and help questions.

In: requests of colleagues. Out: responses; `actions` makes the changes.
"""

from .bulk_actions import RECORD_BULK_ACTIONS, log_bulk_deletion
from .change_history import ChangesView
from .duplicates import PlaceCreateView
from .editing import (
    RecordCompareView,
    RecordCopyView,
    RecordCreateView,
    RecordDeleteView,
    RecordEditView,
    RecordRevertView,
    RecordUnpublishView,
    RecordUnscheduleView,
    RecordWorkflowActionView,
)
from .filters import ActivityFilterSet, OrganisationFilterSet
from .form_advice import RecordCheckView
from .home_panel import add_directory_panel
from .listing import RecordIndexView
from .my_records import MY_RECORDS, MyRecordsView, types_for
from .notes import NotesView, RemoveNoteView
from .seasons import CloseView, SeasonView
from .upkeep import ConfirmView, MarkView, UpkeepView, WithdrawView

__all__ = [
    "MY_RECORDS",
    "RECORD_BULK_ACTIONS",
    "ActivityFilterSet",
    "ChangesView",
    "CloseView",
    "ConfirmView",
    "MarkView",
    "MyRecordsView",
    "NotesView",
    "OrganisationFilterSet",
    "PlaceCreateView",
    "RecordCheckView",
    "RecordCompareView",
    "RecordCopyView",
    "RecordCreateView",
    "RecordDeleteView",
    "RecordEditView",
    "RecordIndexView",
    "RecordRevertView",
    "RecordUnpublishView",
    "RecordUnscheduleView",
    "RecordWorkflowActionView",
    "RemoveNoteView",
    "SeasonView",
    "UpkeepView",
    "WithdrawView",
    "add_directory_panel",
    "log_bulk_deletion",
    "types_for",
]
