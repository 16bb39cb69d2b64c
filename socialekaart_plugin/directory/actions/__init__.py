"""Actions on a record besides editing, such as confirm, withdraw, and set the steward.

In: a record and a decision about it. Out: the changed record, in one transaction, with an audit log
entry that never names people of the organisation.
"""

from .keywords import change_keywords
from .lifecycle import (
    WithdrawalError,
    confirm_record,
    delete_record,
    mark_record,
    unmark_record,
    withdraw_record,
)
from .notes import add_note, remove_note
from .seasons import SeasonError, close_activity, copy_activity
from .upkeep import UpkeepChanges, set_origin, set_steward, set_upkeep

__all__ = [
    "SeasonError",
    "UpkeepChanges",
    "WithdrawalError",
    "add_note",
    "change_keywords",
    "close_activity",
    "confirm_record",
    "copy_activity",
    "delete_record",
    "mark_record",
    "remove_note",
    "set_origin",
    "set_steward",
    "set_upkeep",
    "unmark_record",
    "withdraw_record",
]
