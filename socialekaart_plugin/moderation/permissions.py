"""The three team roles and the permissions of each."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The three groups that `setup_socialekaart` creates; the value is the group name."""

    EDITORS = "Sociale kaart – redactie", _("editors")
    MODERATORS = "Sociale kaart – moderatoren", _("moderators")
    MANAGERS = "Sociale kaart – beheer", _("managers")


#: Name of the workflow that `setup_socialekaart` creates, and of its only task.
WORKFLOW_NAME = "Sociale kaart"
TASK_NAME = "Sociale kaart: moderatoren keuren goed"

#: The image collection that `setup_socialekaart` creates, and the permissions of each role on it.
#: In Wagtail, "add" also allows users to change their own images.
COLLECTION_NAME = "Sociale kaart"
PICTURE_GRANTS: dict[Role, tuple[str, ...]] = {
    Role.EDITORS: ("add_image", "choose_image"),
    Role.MODERATORS: ("add_image", "choose_image", "change_image", "delete_image"),
    Role.MANAGERS: ("add_image", "choose_image", "change_image", "delete_image"),
}


@dataclass(frozen=True)
class Grant:
    """Permissions on one table.

    Attributes:
        model: its name in lower case.
        actions: the allowed actions.
    """

    model: str
    actions: tuple[str, ...]


_RECORDS = ("organisation", "activity")
#: Models that make search understand what people mean.
_WORDING = ("synonymgroup", "stoprule", "compoundword", "queryrule")
_EDIT = tuple(Grant(model, ("add", "change", "view")) for model in (*_RECORDS, "place", *_WORDING))
_MODERATE = (
    *(Grant(model, ("publish", "lock", "unlock", "delete")) for model in _RECORDS),
    *(Grant(model, ("delete",)) for model in ("place", *_WORDING)),
    Grant("publicationevent", ("view",)),
    Grant("publishedrecord", ("view_referrer_facts",)),
)
_MANAGE = (
    *(
        Grant(model, ("add", "change", "delete", "view"))
        for model in ("helpquestion", "theme", "targetgroup", "keyword", "area")
    ),
    Grant("helpdesk", ("change",)),
)

GRANTS: dict[Role, tuple[Grant, ...]] = {
    Role.EDITORS: _EDIT,
    Role.MODERATORS: (*_EDIT, *_MODERATE),
    Role.MANAGERS: (*_EDIT, *_MODERATE, *_MANAGE, Grant("unsentmail", ("view", "delete"))),
}
