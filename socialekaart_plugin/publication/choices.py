"""Choices of the gate: the kinds of public record, and the events of the publication log."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordKind(models.TextChoices):
    """The kind of a public record; its value is used in addresses and in the API."""

    ORGANISATION = "organisation", _("organisation")
    ACTIVITY = "activity", _("activity")
    PLACE = "place", _("place")
    AREA = "area", _("area")
    THEME = "theme", _("theme")
    TARGET_GROUP = "target_group", _("target group")
    HELP_QUESTION = "help_question", _("help question")


#: The kinds that people search for; records need the other kinds beside them.
FINDABLE = (RecordKind.ORGANISATION, RecordKind.ACTIVITY)


class EventKind(models.TextChoices):
    """An event in the publication log."""

    PUBLISHED = "published", _("went public")
    CHANGED = "changed", _("new version went public")
    WITHDRAWN = "withdrawn", _("withdrawn")
