"""Dutch text analysis for indexing and querying alike: text in, terms (stems and parts) out.

Plain Python, no Django. Engines match these tokens without analysis of their own, so all of them
find the same records.
"""

from .analysis import Analyzer, Term
from .folding import fold, folded_words, with_initials_closed
from .word_lists import STANDARD_COMPOUNDS

__all__ = ["STANDARD_COMPOUNDS", "Analyzer", "Term", "fold", "folded_words", "with_initials_closed"]
