"""Forms of the record in the admin.

In: what colleagues type. Out: values that were checked, or errors in words.
"""

from .record import RecordForm
from .upkeep import ConfirmForm, WithdrawForm

__all__ = ["ConfirmForm", "RecordForm", "WithdrawForm"]
