"""What Wagtail's admin registers of the record.

In: the models. Out: viewsets, for `registration`.
"""

from .my_records import MyRecordsViewSet
from .places import CarefulPlaceViewSet
from .records import ActivityViewSet, OrganisationViewSet
from .vocabulary import HelpQuestionViewSet, KeywordViewSet, TargetGroupViewSet, ThemeViewSet

__all__ = [
    "ActivityViewSet",
    "CarefulPlaceViewSet",
    "HelpQuestionViewSet",
    "KeywordViewSet",
    "MyRecordsViewSet",
    "OrganisationViewSet",
    "TargetGroupViewSet",
    "ThemeViewSet",
]
