"""Database models of the directory: records, help questions and their child rows."""

from .activity import (
    Activity,
    ActivityContactFact,
    ActivityNotice,
    ActivityTranslation,
    CoOrganiser,
    TaggedActivity,
)
from .duplicate_key import DuplicateKey, DuplicateKeyKind
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

__all__ = [
    "Activity",
    "ActivityContactFact",
    "ActivityNotice",
    "ActivityTranslation",
    "CoOrganiser",
    "DuplicateKey",
    "DuplicateKeyKind",
    "HelpQuestion",
    "InternalNote",
    "Organisation",
    "OrganisationContactFact",
    "OrganisationNotice",
    "OrganisationTranslation",
    "Record",
    "Session",
    "TaggedActivity",
    "TaggedOrganisation",
]
