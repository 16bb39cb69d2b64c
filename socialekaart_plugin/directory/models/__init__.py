"""The tables of the record."""

from .activity import Activity, ActivityContactFact, CoOrganiser, Session, TaggedActivity
from .organisation import Organisation, OrganisationContactFact, TaggedOrganisation
from .record import Record
from .vocabulary import Keyword, TargetGroup, Theme

__all__ = [
    "Activity",
    "ActivityContactFact",
    "CoOrganiser",
    "Keyword",
    "Organisation",
    "OrganisationContactFact",
    "Record",
    "Session",
    "TaggedActivity",
    "TaggedOrganisation",
    "TargetGroup",
    "Theme",
]
