"""Every table of the app, for Django and for the host site."""

from .channels.pages.models import DirectoryPage
from .directory.models import (
    Activity,
    ActivityContactFact,
    ActivityNotice,
    ActivityTranslation,
    CoOrganiser,
    HelpQuestion,
    InternalNote,
    Keyword,
    LikenessKey,
    Organisation,
    OrganisationContactFact,
    OrganisationNotice,
    OrganisationTranslation,
    Session,
    TaggedActivity,
    TaggedOrganisation,
    TargetGroup,
    Theme,
)
from .discovery.models import FacetValue, SearchEntry
from .places.models import Area, Place, SchoolHoliday
from .publication.models import (
    PublicationCounter,
    PublicationEvent,
    PublishedRecord,
    RebuildProgress,
)

__all__ = [
    "Activity",
    "ActivityContactFact",
    "ActivityNotice",
    "ActivityTranslation",
    "Area",
    "CoOrganiser",
    "DirectoryPage",
    "FacetValue",
    "HelpQuestion",
    "InternalNote",
    "Keyword",
    "LikenessKey",
    "Organisation",
    "OrganisationContactFact",
    "OrganisationNotice",
    "OrganisationTranslation",
    "Place",
    "PublicationCounter",
    "PublicationEvent",
    "PublishedRecord",
    "RebuildProgress",
    "SchoolHoliday",
    "SearchEntry",
    "Session",
    "TaggedActivity",
    "TaggedOrganisation",
    "TargetGroup",
    "Theme",
]
