"""What others ask of the directory that takes more than one table.

In: a record, or what someone typed. Out: answers in a fixed number of queries; nothing is changed.
"""

from .duplicates import PossibleDuplicate, facts_of, keys_of_versions, possible_duplicates

__all__ = ["PossibleDuplicate", "facts_of", "keys_of_versions", "possible_duplicates"]
