"""What can be done to words beside editing them: putting them in order, merging, clearing away.

In: words and what was decided about them. Out: the words, changed in one transaction, with lines in
the audit log.
"""

from .merge import (
    MergeError,
    delete_unused_keywords,
    merge_keywords,
    merge_target_groups,
    merge_themes,
    merge_words,
)
from .order import OrderingError, move_theme, shift_word

__all__ = [
    "MergeError",
    "OrderingError",
    "delete_unused_keywords",
    "merge_keywords",
    "merge_target_groups",
    "merge_themes",
    "merge_words",
    "move_theme",
    "shift_word",
]
