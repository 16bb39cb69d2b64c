"""What a record needs before it may go public or be changed, and the refusals in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log

from socialekaart_plugin.foundation.audiences import Audience

from .choices import ActivityForm, ContactKind
from .rules import SUMMARY_MAX_LENGTH, has_passed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AbstractBaseUser


@dataclass(frozen=True)
class Requirement:
    """Something a record still needs.

    Attributes:
        field: the field where it can be mended.
        message: what to do, in the user's language.
    """

    field: str
    message: str


class PublicationRefused(Exception):  # noqa: N818 - a refusal is no error of the program
    """A record may not go public; nothing was written.

    Attributes:
        record: the version that was refused.
        missing: what it still needs.
    """

    def __init__(self, record: Any, missing: "Iterable[Requirement]") -> None:
        """Refuse `record` for what is `missing`."""
        self.record = record
        self.missing = tuple(missing)
        super().__init__(self.in_words())

    def in_words(self) -> str:
        """Return the whole refusal as one text for people."""
        return _("“%(name)s” cannot be published yet. %(missing)s") % {
            "name": self.record,
            "missing": " ".join(requirement.message for requirement in self.missing),
        }

    def record_in_history(self, *, user: "AbstractBaseUser | None") -> None:
        """Write the refusal in the audit log of the record."""
        log(
            instance=self.record,
            action="socialekaart.refuse_publication",
            user=user,
            data={"missing": [requirement.message for requirement in self.missing]},
        )


class RecordLocked(Exception):  # noqa: N818 - a refusal is no error of the program
    """A colleague has locked the record; nothing was written."""

    def __init__(self, record: Any) -> None:
        """Refuse to change `record`."""
        self.record = record
        super().__init__(self.in_words())

    def in_words(self) -> str:
        """Return the refusal as a text for people."""
        return _("“%(name)s” is locked by %(user)s. Nothing was changed.") % {
            "name": self.record,
            "user": locked_by(self.record),
        }


def locked_by(record: Any) -> str:
    """Return who locked a record, in words."""
    return get_user_display_name(record.locked_by) if record.locked_by else _("a colleague")


def missing_for_publication(record: Any) -> list[Requirement]:
    """Return what a record (a draft as it would be published) still needs; empty when ready.

    Each type of record names its own rules in `publication_rules`.
    """
    return [requirement for rule in record.publication_rules for requirement in rule(record)]


def missing_from_any(record: Any) -> list[Requirement]:
    """What every record needs: name, summary, theme, an end to come, its slug, numbers to call."""
    missing = []
    if not record.name.strip():
        missing.append(Requirement("name", _("Give it a name.")))
    if not record.summary.strip():
        missing.append(Requirement("summary", _("Write a summary.")))
    elif len(record.summary) > SUMMARY_MAX_LENGTH:
        missing.append(Requirement("summary", _("Make the summary shorter.")))
    if not record.themes.all():
        missing.append(Requirement("themes", _("Choose at least one theme.")))
    now = timezone.now()
    if has_passed(record.expire_at, now) and "expire_at" not in record.spent_dates(now):
        moment = date_format(timezone.localtime(record.expire_at), "DATETIME_FORMAT")
        message = _("Its end has passed (%(moment)s): choose a later one, or none.")
        missing.append(Requirement("expire_at", message % {"moment": moment}))
    taken = type(record).objects.filter(slug=record.slug).exclude(pk=record.pk).first()
    if taken is not None:
        missing.append(
            Requirement(
                "slug",
                _("Choose another slug: “%(other)s” has this one.") % {"other": taken},
            )
        )
    return [*missing, *_uncallable(record)]


def _uncallable(record: Any) -> list[Requirement]:
    """Name the telephone numbers that nobody can call: stored before they were read strictly.

    What they were cannot be known, so that only a person can mend them.
    """
    return [
        Requirement(
            "contact_facts",
            _("The telephone number “%(number)s” cannot be called: look it up and write it whole.")
            % {"number": fact.value},
        )
        for fact in record.contact_facts.all()
        if fact.kind == ContactKind.PHONE and fact.telephone is None
    ]


def missing_from_organisation(organisation: Any) -> list[Requirement]:
    """What an organisation needs besides: a way to reach it."""
    facts = organisation.contact_facts.all()
    if not any(fact.audience == Audience.PUBLIC for fact in facts):
        return [
            Requirement(
                "contact_facts", _("Add at least one contact detail that everyone may see.")
            )
        ]
    return []


def missing_from_activity(activity: Any) -> list[Requirement]:
    """What an activity needs besides: a public organisation, and a place when it is at one."""
    return [*_missing_organisation(activity), *_missing_place(activity)]


def _missing_place(activity: Any) -> list[Requirement]:
    at_a_place = ActivityForm.PLACE in activity.forms
    if at_a_place and not any(session.place_id for session in activity.sessions.all()):
        return [
            Requirement(
                "sessions",
                _("It is “at a place”: add where, with at least one session that has a place."),
            )
        ]
    return []


def _missing_organisation(activity: Any) -> list[Requirement]:
    organisation = activity.organisation
    if organisation is None:
        return [Requirement("organisation", _("Choose the organisation that answers for it."))]
    if not type(organisation).objects.live().filter(pk=organisation.pk).exists():
        return [
            Requirement(
                "organisation",
                _("Publish the organisation “%(organisation)s” first.")
                % {"organisation": organisation},
            )
        ]
    return []
