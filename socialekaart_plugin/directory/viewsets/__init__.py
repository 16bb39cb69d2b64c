"""Snippet viewsets of organisations, activities, places and help questions.

In: the models. Out: viewsets, for `registration`.
"""

from .help_questions import HelpQuestionViewSet
from .my_records import MyRecordsViewSet
from .places import CarefulPlaceViewSet
from .records import ActivityViewSet, OrganisationViewSet

__all__ = [
    "ActivityViewSet",
    "CarefulPlaceViewSet",
    "HelpQuestionViewSet",
    "MyRecordsViewSet",
    "OrganisationViewSet",
]
