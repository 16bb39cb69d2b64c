"""Admin views of themes, target groups and keywords.

In: requests of colleagues. Out: responses; `actions` makes the changes.
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
