"""What Wagtail's admin registers of the record.

In: the models. Out: viewsets, for `wagtail_hooks`.
"""

from .records import ActivityViewSet, OrganisationViewSet
from .vocabulary import TargetGroupViewSet, ThemeViewSet

__all__ = ["ActivityViewSet", "OrganisationViewSet", "TargetGroupViewSet", "ThemeViewSet"]
