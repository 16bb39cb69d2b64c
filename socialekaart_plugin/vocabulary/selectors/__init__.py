"""Queries about words that need more than one row.

In: words. Out: answers in a fixed number of queries; nothing changes.
"""

from .tree import Branch, theme_tree
from .uses import successors_of, unused_pks, used_once_pks

__all__ = ["Branch", "successors_of", "theme_tree", "unused_pks", "used_once_pks"]
