"""The kinds of public record, and what can happen to one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordKind(models.TextChoices):
    """What a public record is; its value stands in addresses and in the API."""

    ORGANISATION = "organisation", _("organisation")
    ACTIVITY = "activity", _("activity")
    PLACE = "place", _("place")
    AREA = "area", _("area")
    THEME = "theme", _("theme")
    TARGET_GROUP = "target_group", _("target group")
    HELP_QUESTION = "help_question", _("help question")


#: What people look for; the other kinds are what these need beside them.
FINDABLE = (RecordKind.ORGANISATION, RecordKind.ACTIVITY)


class EventKind(models.TextChoices):
    """What the gate did."""

    PUBLISHED = "published", _("went public")
    CHANGED = "changed", _("new version went public")
    WITHDRAWN = "withdrawn", _("withdrawn")
