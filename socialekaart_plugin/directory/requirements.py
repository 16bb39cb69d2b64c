"""Checks before a record is published or changed, and the exceptions that refuse it."""

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
    """A requirement that a record does not meet yet.

    Attributes:
        field: the field to correct.
        message: what to do, in the user's language.
    """

    field: str
    message: str


class PublicationRefused(Exception):  # noqa: N818 - a refusal is no error of the program
    """The record may not be published; nothing was written.

    Attributes:
        record: the refused version.
        missing: the requirements that it does not meet.
    """

    def __init__(self, record: Any, missing: "Iterable[Requirement]") -> None:
        """Refuse `record` because of the `missing` requirements."""
        self.record = record
        self.missing = tuple(missing)
        super().__init__(self.in_words())

    def in_words(self) -> str:
        """Return the refusal as one text for users."""
        return _("“%(name)s” cannot be published yet. %(missing)s") % {
            "name": self.record,
            "missing": " ".join(requirement.message for requirement in self.missing),
        }

    def record_in_history(self, *, user: "AbstractBaseUser | None") -> None:
        """Log the refusal in the audit log of the record."""
        log(
            instance=self.record,
            action="socialekaart.refuse_publication",
            user=user,
            data={"missing": [requirement.message for requirement in self.missing]},
        )


class RecordLocked(Exception):  # noqa: N818 - a refusal is no error of the program
    """A colleague locked the record; nothing was written."""

    def __init__(self, record: Any) -> None:
        """Refuse to change `record`."""
        self.record = record
        super().__init__(self.in_words())

    def in_words(self) -> str:
        """Return the refusal as a text for users."""
        return _("“%(name)s” is locked by %(user)s. Nothing was changed.") % {
            "name": self.record,
            "user": locked_by(self.record),
        }


def locked_by(record: Any) -> str:
    """Return a text that says who locked a record."""
    return get_user_display_name(record.locked_by) if record.locked_by else _("a colleague")


def missing_for_publication(record: Any) -> list[Requirement]:
    """Return the unmet requirements of a record or draft; empty if it can be published.

    Each record type lists its checks in `publication_rules`.
    """
    return [requirement for rule in record.publication_rules for requirement in rule(record)]


def missing_from_any(record: Any) -> list[Requirement]:
    """Check any record: name, summary, theme, future expiry, free slug, callable numbers."""
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
    """Return the telephone numbers that cannot be called; they predate strict parsing.

    Their correct form is unknown, so a person must correct them.
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
    """Check an organisation: it needs a public contact fact."""
    facts = organisation.contact_facts.all()
    if not any(fact.audience == Audience.PUBLIC for fact in facts):
        return [
            Requirement(
                "contact_facts", _("Add at least one contact detail that everyone may see.")
            )
        ]
    return []


def missing_from_activity(activity: Any) -> list[Requirement]:
    """Check an activity: it needs a live organisation, and a place if it takes place at one."""
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
