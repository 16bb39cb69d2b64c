"""Every table of the app, for Django and for the host site."""

from .channels.pages.models import DirectoryPage
from .directory.models import (
    Activity,
    ActivityContactFact,
    ActivityNotice,
    ActivityTranslation,
    CoOrganiser,
    DuplicateKey,
    HelpQuestion,
    InternalNote,
    Organisation,
    OrganisationContactFact,
    OrganisationNotice,
    OrganisationTranslation,
    Session,
    TaggedActivity,
    TaggedOrganisation,
)
from .discovery.models import (
    CompoundWord,
    IndexChange,
    QueryRule,
    Reanalysis,
    SearchDocument,
    SearchWord,
    StopRule,
    SynonymGroup,
)
from .foundation.help_desk import HelpDesk
from .foundation.mail.models import UnsentMail
from .places.models import Area, Place, SchoolHoliday
from .publication.models import (
    PublicationCounter,
    PublicationEvent,
    PublishedRecord,
    RebuildProgress,
)
from .vocabulary.models import Keyword, TargetGroup, Theme

__all__ = [
    "Activity",
    "ActivityContactFact",
    "ActivityNotice",
    "ActivityTranslation",
    "Area",
    "CoOrganiser",
    "CompoundWord",
    "DirectoryPage",
    "DuplicateKey",
    "HelpDesk",
    "HelpQuestion",
    "IndexChange",
    "InternalNote",
    "Keyword",
    "Organisation",
    "OrganisationContactFact",
    "OrganisationNotice",
    "OrganisationTranslation",
    "Place",
    "PublicationCounter",
    "PublicationEvent",
    "PublishedRecord",
    "QueryRule",
    "Reanalysis",
    "RebuildProgress",
    "SchoolHoliday",
    "SearchDocument",
    "SearchWord",
    "Session",
    "StopRule",
    "SynonymGroup",
    "TaggedActivity",
    "TaggedOrganisation",
    "TargetGroup",
    "Theme",
    "UnsentMail",
]
