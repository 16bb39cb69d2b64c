"""What Wagtail's admin registers of the record.

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
