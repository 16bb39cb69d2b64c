"""Every table of the app, for Django and for the host site."""

from .channels.pages.models import DirectoryPage
from .directory.models import (
    Activity,
    ActivityContactFact,
    CoOrganiser,
    Keyword,
    Organisation,
    OrganisationContactFact,
    Session,
    TaggedActivity,
    TaggedOrganisation,
    TargetGroup,
    Theme,
)
from .discovery.models import FacetValue, SearchEntry
from .places.models import Area, Place
from .publication.models import (
    PublicationCounter,
    PublicationEvent,
    PublishedRecord,
    RebuildProgress,
)

__all__ = [
    "Activity",
    "ActivityContactFact",
    "Area",
    "CoOrganiser",
    "DirectoryPage",
    "FacetValue",
    "Keyword",
    "Organisation",
    "OrganisationContactFact",
    "Place",
    "PublicationCounter",
    "PublicationEvent",
    "PublishedRecord",
    "RebuildProgress",
    "SearchEntry",
    "Session",
    "TaggedActivity",
    "TaggedOrganisation",
    "TargetGroup",
    "Theme",
]
