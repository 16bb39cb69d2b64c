"""The tables of the record."""

from .activity import (
    Activity,
    ActivityContactFact,
    ActivityNotice,
    ActivityTranslation,
    CoOrganiser,
    TaggedActivity,
)
from .duplicate_key import LikenessKey, LikenessKind
from .help_question import HelpQuestion
from .note import InternalNote
from .organisation import (
    Organisation,
    OrganisationContactFact,
    OrganisationNotice,
    OrganisationTranslation,
    TaggedOrganisation,
)
from .record import Record
from .session import Session
from .vocabulary import Keyword, TargetGroup, Theme

__all__ = [
    "Activity",
    "ActivityContactFact",
    "ActivityNotice",
    "ActivityTranslation",
    "CoOrganiser",
    "HelpQuestion",
    "InternalNote",
    "Keyword",
    "LikenessKey",
    "LikenessKind",
    "Organisation",
    "OrganisationContactFact",
    "OrganisationNotice",
    "OrganisationTranslation",
    "Record",
    "Session",
    "TaggedActivity",
    "TaggedOrganisation",
    "TargetGroup",
    "Theme",
]
