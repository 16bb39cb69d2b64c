"""Queries about records that need more than one table, such as duplicates and references.

In: a record or typed text. Out: answers in a fixed number of queries; nothing changes.
"""

from .duplicates import PossibleDuplicate, facts_of, keys_of_versions, possible_duplicates

__all__ = ["PossibleDuplicate", "facts_of", "keys_of_versions", "possible_duplicates"]
