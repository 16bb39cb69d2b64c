"""Fills in an organisation or activity of the demonstration, as an editor fills in the form."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import models

from socialekaart_plugin.directory import rules
from socialekaart_plugin.directory.models import (
    Activity,
    ActivityContactFact,
    ActivityNotice,
    ActivityTranslation,
    CoOrganiser,
    Organisation,
    OrganisationContactFact,
    OrganisationNotice,
    OrganisationTranslation,
    Session,
)
from socialekaart_plugin.directory.models.translation import text_fingerprint
from socialekaart_plugin.management.demo_content import Values, demo_identity
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.vocabulary.models import TargetGroup, Theme

from .days import day_after, opening_hours_as_stored, schedule_as_stored
from .demo_rows import find, find_all, find_keyword, find_picture

#: The tables of contact facts, notices and translations of each type.
_CHILDREN: dict[type[models.Model], tuple[type[models.Model], ...]] = {
    Organisation: (OrganisationContactFact, OrganisationNotice, OrganisationTranslation),
    Activity: (ActivityContactFact, ActivityNotice, ActivityTranslation),
}
_ORGANISATION_TEXTS = (
    "kvk_number",
    "rsin",
    "postal_address",
    "postal_address_audience",
    "platform_profile_url",
    "platform_vacancies_url",
)
#: Stands for the Dutch text from which an outdated translation was made.
_OLDER_TEXT = rules.fingerprint("older")


def new_organisation(values: Values, today: datetime.date) -> Organisation:
    """Return a new unsaved organisation with all of its parts, validated."""
    organisation = _new(Organisation, values)
    organisation.kind = values["kind"]
    if values["place"]:
        organisation.visiting_place = find(Place, values["place"])
    organisation.opens_with_building = values.get("opens_with_building", False)
    organisation.opening_hours = opening_hours_as_stored(values.get("opening_hours"), today)
    _set(organisation, {name: values[name] for name in _ORGANISATION_TEXTS if name in values})
    return _filled(organisation, values, today)


def new_activity(values: Values, today: datetime.date) -> Activity:
    """Return a new unsaved activity with all of its parts, validated."""
    activity = _new(Activity, values)
    activity.organisation = find(Organisation, values["organisation"])
    activity.forms = values.get("forms", [])
    activity.valid_from = day_after(today, values.get("valid_from_days"))
    activity.valid_until = day_after(today, values.get("valid_until_days"))
    activity.without_times = values.get("without_times", "")
    activity.volunteers_wanted = values.get("volunteers_wanted", False)
    activity.vacancy_url = values.get("vacancy_url", "")
    joining = find_all(Organisation, values.get("co_organisers", []))
    for number, organisation in enumerate(joining):
        one = CoOrganiser(organisation=organisation, sort_order=number)
        _add_child(activity.co_organisers, one, "activity")
    for number, shown in enumerate(values["sessions"]):
        session = Session(
            sort_order=number, schedule=schedule_as_stored(shown.get("schedule"), today)
        )
        session.place = find(Place, shown["place"]) if "place" in shown else None
        _set(session, {name: shown.get(name, "") for name in ("room", "note")})
        _add_child(activity.sessions, session, "activity")
    return _filled(activity, values, today)


def _new(model: type[models.Model], values: Values) -> Any:
    return model(**demo_identity(model, values["key"]), name=values["name"])


def _filled(record: Any, values: Values, today: datetime.date) -> Any:
    """Fill in the fields that organisations and activities share."""
    record.summary, record.description = values["summary"], values["description"]
    record.alternative_names = values.get("alternative_names", "")
    record.themes = find_all(Theme, values["themes"])
    record.target_groups = find_all(TargetGroup, values["target_groups"])
    record.areas_served = list(Area.objects.filter(code__in=values.get("areas_served", ())))
    record.tags.add(*(find_keyword(name) for name in values["tags"]))
    if picture := values.get("picture"):
        record.image, record.image_alt = find_picture(picture["name"]), picture["alt"]
    practical = dict(values.get("practical", {}))
    record.capacity_until = day_after(today, practical.pop("capacity_until_days", None))
    if amount := practical.pop("cost_amount", None):
        record.cost_amount = Decimal(amount)
    _set(record, practical)
    _add_parts(record, values, today)
    record.full_clean()
    return record


def _add_parts(record: Any, values: Values, today: datetime.date) -> None:
    contact_fact, notice, translation = _CHILDREN[type(record)]
    for number, fact in enumerate(values.get("contact", ())):
        _add_child(record.contact_facts, contact_fact(sort_order=number, **fact), "record")
    for number, given in enumerate(values.get("notices", ())):
        shown = notice(
            sort_order=number,
            kind=given["kind"],
            text=given["text"],
            starts_on=day_after(today, given["from_days"]),
            ends_on=day_after(today, given.get("to_days")),
        )
        _add_child(record.notices, shown, "record")
    for number, text in enumerate(values.get("translations", ())):
        written = {name: value for name, value in text.items() if name != "outdated"}
        made_from = _OLDER_TEXT if text.get("outdated") else text_fingerprint(record)
        one = translation(sort_order=number, source_fingerprint=made_from, **written)
        _add_child(record.translations, one, "record")


def _set(row: models.Model, values: Values) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _add_child(manager: Any, child: models.Model, parent_field: str) -> None:
    child.full_clean(exclude=[parent_field])
    manager.add(child)
