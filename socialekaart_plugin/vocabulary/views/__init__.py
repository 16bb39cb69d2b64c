"""Screens of the words records are found by: themes, target groups, keywords.

In: requests of colleagues. Out: screens; what they do is done by `actions`.
"""

from .bulk import MergeBulkAction
from .cleanup import UnusedKeywordsView
from .editing import WordEditView
from .listing import KeywordIndexView, TargetGroupIndexView, ThemeIndexView
from .merge import MergeView, may_merge, merge_url
from .reorder import MoveThemeView, ShiftView

__all__ = [
    "KeywordIndexView",
    "MergeBulkAction",
    "MergeView",
    "MoveThemeView",
    "ShiftView",
    "TargetGroupIndexView",
    "ThemeIndexView",
    "UnusedKeywordsView",
    "WordEditView",
    "may_merge",
    "merge_url",
]
