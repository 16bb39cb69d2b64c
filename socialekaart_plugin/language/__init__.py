"""The Dutch analysis, once for records and for queries: text in, terms out.

Plain Python, no Django: every engine gets the tokens made here and matches them as they are, so
that every engine finds the same.
"""

from .analysis import Analyzer, Term
from .folding import fold, folded_words, with_initials_closed
from .word_lists import STANDARD_COMPOUNDS

__all__ = ["STANDARD_COMPOUNDS", "Analyzer", "Term", "fold", "folded_words", "with_initials_closed"]
