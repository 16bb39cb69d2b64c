"""Admin forms of the directory.

In: user input. Out: validated values, or error messages.
"""

from .bulk import AddKeywordsForm, BulkWithdrawForm, RemoveKeywordForm, StewardForm
from .record import RecordForm
from .seasons import CloseForm, SeasonForm
from .upkeep import ConfirmForm, NoteForm, UpkeepForm, WithdrawForm, may_be_steward

__all__ = [
    "AddKeywordsForm",
    "BulkWithdrawForm",
    "CloseForm",
    "ConfirmForm",
    "NoteForm",
    "RecordForm",
    "RemoveKeywordForm",
    "SeasonForm",
    "StewardForm",
    "UpkeepForm",
    "WithdrawForm",
    "may_be_steward",
]
