"""Actions on words besides editing: reorder, merge, delete unused.

In: words and a decision about them. Out: the changed words, in one transaction, with audit log
entries.
"""

from .merge import (
    MergeError,
    delete_unused_keywords,
    merge_words,
)
from .order import OrderingError, move_theme, shift_word

__all__ = [
    "MergeError",
    "OrderingError",
    "delete_unused_keywords",
    "merge_words",
    "move_theme",
    "shift_word",
]
