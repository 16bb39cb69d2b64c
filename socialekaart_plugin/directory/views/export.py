"""Columns of the CSV and XLSX export of a record list."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socialekaart_plugin.directory.choices import ContactKind
from socialekaart_plugin.directory.models import Organisation, Record, Session
from socialekaart_plugin.directory.selectors.reachability import standing_in_facts
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.spreadsheet import SheetColumn
from socialekaart_plugin.places.choices import AccessibilityFact
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.places.timetable_labels import sentence_language
from socialekaart_plugin.timetable.as_json import opening_hours_from_json
from socialekaart_plugin.timetable.errors import TimetableError
from socialekaart_plugin.timetable.sentences import opening_sentence, sentence

from .columns import steward_name

#: Fields to export unchanged, in form order; fields that a type lacks are skipped.
_FOR_WHOM = ("min_age", "max_age", "languages", "areas_served")
_HOW = (
    "cost",
    "cost_amount",
    "cost_note",
    "city_pass",
    "registration",
    "registration_url",
    "registration_note",
    "referral",
    "referral_by",
    "capacity",
    "capacity_note",
    "capacity_until",
    "what_to_bring",
    "accessibility",
    "accessibility_note",
)
_OF_ORGANISATION = ("kvk_number", "rsin", "platform_profile_url", "platform_vacancies_url")
_OF_ACTIVITY = ("forms", "valid_from", "valid_until", "volunteers_wanted", "vacancy_url")
_UPKEEP = (
    "verified_on",
    "verified_by_name",
    "verified_by_role",
    "verified_channel",
    "marked_on",
    "interval_days",
    "verification_contact_name",
    "verification_contact_phone",
    "verification_contact_mail",
    "verification_contact_note",
    "source",
    "source_id",
    "source_licence",
    "imported_at",
    "replaced_by",
)
_IDENTITY = ("short_id", "slug", "uuid", "first_published_at", "last_published_at")


def export_columns(model: type[Record]) -> list[SheetColumn]:
    """Return the columns of an export of organisations or activities.

    The rows are records loaded by `listing_data.read_whole`.
    """
    is_organisation = model is Organisation
    return [
        *shared_columns(model),
        *(_organisation_columns(model) if is_organisation else _activity_columns(model)),
        *_fields(model, _FOR_WHOM),
        *_fields(model, _HOW),
        *contact_columns(),
        *([] if is_organisation else [_standing_in_column()]),
        *upkeep_columns(model),
        *_fields(model, _IDENTITY),
    ]


def shared_columns(model: type[Record]) -> list[SheetColumn]:
    """Return the identity and status columns of both record types."""
    return [
        *_fields(model, ("name",)),
        SheetColumn(gettext_lazy("Name in the draft"), lambda record: record.standing.draft_name),
        SheetColumn(gettext_lazy("State"), _state),
        SheetColumn(gettext_lazy("To do"), lambda record: record.standing.step.label),
        SheetColumn(
            gettext_lazy("Misses"), lambda record: ", ".join(record.standing.gaps_in_words)
        ),
        SheetColumn(_heading(model, "alternative_names"), lambda r: "; ".join(r.other_names)),
        *_fields(model, ("summary",)),
        SheetColumn(_heading(model, "description"), lambda record: _as_text(record.description)),
        SheetColumn(_heading(model, "themes"), lambda r: _listed(map(_path, r.themes.all()))),
        SheetColumn(_heading(model, "target_groups"), lambda r: _listed(r.target_groups.all())),
        SheetColumn(_heading(model, "tags"), lambda record: _listed(record.tags.all())),
    ]


def _organisation_columns(model: type[Record]) -> list[SheetColumn]:
    return [
        *_fields(model, ("kind", *_OF_ORGANISATION)),
        *_place_columns(lambda record: [record.visiting_place] if record.visiting_place else []),
        *_fields(model, ("opens_with_building",)),
        SheetColumn(_heading(model, "opening_hours"), _opening_hours),
        SheetColumn(
            _heading(model, "postal_address"),
            lambda record: (
                f"{record.postal_address} ({record.get_postal_address_audience_display()})"
                if record.postal_address
                else ""
            ),
        ),
    ]


def _activity_columns(model: type[Record]) -> list[SheetColumn]:
    return [
        *_fields(model, ("organisation",)),
        SheetColumn(
            gettext_lazy("Co-organisers"),
            lambda record: _listed(each.organisation for each in record.co_organisers.all()),
        ),
        *_fields(model, _OF_ACTIVITY),
        *_place_columns(lambda r: [each.place for each in r.sessions.all() if each.place]),
        SheetColumn(gettext_lazy("When"), _when),
    ]


def _place_columns(places: Callable[[Any], list[Place]]) -> list[SheetColumn]:
    """Return the location columns: places, addresses, districts, neighbourhoods."""

    def areas(record: Any) -> list[Area]:
        return [place.area for place in places(record) if place.area]

    return [
        SheetColumn(gettext_lazy("Place"), lambda record: _listed(places(record))),
        SheetColumn(
            gettext_lazy("Address"),
            lambda record: _listed((place.address for place in places(record)), "; "),
        ),
        SheetColumn(
            gettext_lazy("District"),
            lambda record: _listed(place.district for place in places(record)),
        ),
        SheetColumn(
            gettext_lazy("Neighbourhood"), lambda r: _listed(area.name for area in areas(r))
        ),
    ]


def contact_columns() -> list[SheetColumn]:
    """Return a column for each kind of contact fact and audience, both in its heading."""

    def value(kind: str, audience: str) -> Callable[[Any], str]:
        def text(record: Any) -> str:
            facts = record.contact_facts.all()
            return "; ".join(
                f"{fact.value} ({fact.label})" if fact.label else fact.value
                for fact in facts
                if fact.kind == kind and fact.audience == audience
            )

        return text

    return [
        SheetColumn(
            format_lazy("{} ({})", capfirst(kind.label), audience.label),
            value(kind.value, audience.value),
        )
        for audience in Audience
        for kind in ContactKind
    ]


def _standing_in_column() -> SheetColumn:
    """Return the column with the organisation's contact facts that visitors see instead."""
    return SheetColumn(
        gettext_lazy("Contact via the organisation (everyone)"),
        lambda r: _listed((f.value for f in standing_in_facts(r, Audience.PUBLIC)), "; "),
    )


def upkeep_columns(model: type[Record]) -> list[SheetColumn]:
    """Return the columns for steward and verification."""
    return [
        SheetColumn(_heading(model, "steward"), steward_name),
        SheetColumn(gettext_lazy("Still right?"), lambda r: r.standing.freshness.label),
        SheetColumn(gettext_lazy("To be verified from"), lambda r: r.standing.due_on),
        *_fields(model, _UPKEEP),
    ]


def _fields(model: type[Record], names: tuple[str, ...]) -> list[SheetColumn]:
    """Return the columns of plain fields and choice labels."""
    return [SheetColumn(_heading(model, name), _reader(model, name)) for name in names]


def _heading(model: type[Record], name: str) -> "str | Promise":
    if name == "interval_days":
        name = "verify_interval_days"
    label: Any = model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return capfirst(label)


def _reader(model: type[Record], name: str) -> Callable[[Any], Any]:
    if name in ("languages", "registration", "forms"):
        labels = dict(model._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
        return lambda record: _listed(labels.get(each, each) for each in getattr(record, name))
    if name == "accessibility":
        return _accessibility
    if name == "areas_served":
        return lambda record: _listed(area.name for area in record.areas_served.all())
    display = f"get_{name}_display"
    if hasattr(model, display):
        return lambda record: getattr(record, display)()
    return lambda record: getattr(record, name)


def _accessibility(record: Any) -> str:
    words = {True: _("yes"), False: _("no")}
    return "; ".join(
        f"{fact.label}: {words[bool(record.accessibility[fact.value])]}"
        for fact in AccessibilityFact
        if fact.value in record.accessibility
    )


def _state(record: Any) -> str:
    states = [record.standing.state, record.standing.moderation]
    return ", ".join(str(state.label) for state in states if state)


def _listed(values: Any, between: str = ", ") -> str:
    """Return the distinct values in one line."""
    return between.join(dict.fromkeys(filter(None, map(str, values))))


def _path(theme: Any) -> str:
    return " › ".join(step.name for step in theme.ancestors_and_self())


def _as_text(html: str) -> str:
    """Return rich text as plain text; keep words of two paragraphs apart."""
    return " ".join(strip_tags(html.replace("<", " <")).split())


def _opening_hours(record: Any) -> str:
    """Return the opening hours of an organisation in the user's language; empty if unknown."""
    try:
        hours = opening_hours_from_json(record.hours) if record.hours is not None else None
    except TimetableError:
        return _("times that cannot be read")
    return opening_sentence(hours, sentence_language()) if hours is not None else ""


def _when(activity: Any) -> str:
    """Return the times of all sessions of an activity."""
    without_times = activity.get_without_times_display()
    sessions = [_session_times(session, without_times) for session in activity.sessions.all()]
    return "; ".join(sessions) or without_times


def _session_times(session: Session, without_times: str) -> str:
    """Return the times of a session, in the user's language."""
    try:
        schedule = session.get_schedule()
    except TimetableError:
        return _("times that cannot be read")
    when = sentence(schedule, sentence_language()) if schedule is not None else without_times
    return f"{when} ({session.note})" if session.note else when
