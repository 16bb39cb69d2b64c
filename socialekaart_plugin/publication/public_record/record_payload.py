"""The public part of an organisation and an activity: shared fields, and fields per audience."""

from decimal import Decimal
from typing import Any

from socialekaart_plugin.directory.models import Activity, Organisation, Record
from socialekaart_plugin.directory.models.contact import ContactFact
from socialekaart_plugin.directory.models.translation import text_fingerprint
from socialekaart_plugin.directory.selectors.reachability import own_facts, standing_in_facts
from socialekaart_plugin.foundation.audiences import Audience, may_see
from socialekaart_plugin.places.models import Place
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.timetable.as_json import (
    opening_hours_from_json,
    opening_hours_to_json,
    schedule_from_json,
    schedule_to_json,
)

from . import values
from .place_payload import shown_places
from .rich_text import rich_text
from .sources import kind_of


def organisation_for_all(organisation: Organisation) -> Payload:
    """Return the fields of an organisation that every audience sees."""
    return {
        **_record_for_all(organisation),
        "organisation_kind": organisation.kind,
        "kvk_number": organisation.kvk_number,
        "rsin": organisation.rsin,
        "platform_profile_url": values.web_address(organisation.platform_profile_url),
        "platform_vacancies_url": values.web_address(organisation.platform_vacancies_url),
    }


def organisation_by_audience(organisation: Organisation, audience: Audience) -> Payload:
    """Return the fields of an organisation that differ between audiences."""
    may_see_post = may_see(audience, organisation.postal_address_audience)
    return {
        "contact": _contact(organisation, audience),
        "postal_address": organisation.postal_address if may_see_post else "",
        "places": shown_places([organisation.visiting_place], audience),
        **_opening_hours(organisation, audience),
    }


def _opening_hours(organisation: Organisation, audience: Audience) -> Payload:
    """Return the opening hours; hours of a building only if the audience may see the building."""
    place = organisation.visiting_place
    if organisation.opens_with_building and not (place and may_see(audience, place.audience)):
        return {"opening_hours": None, "opens_with_building": False}
    owner = place if organisation.opens_with_building else organisation
    return {
        "opening_hours": values.timetable(
            organisation.hours, opening_hours_from_json, opening_hours_to_json, owner
        ),
        "opens_with_building": organisation.opens_with_building,
    }


def activity_for_all(activity: Activity) -> Payload:
    """Return the fields of an activity that every audience sees."""
    organisers = [activity.organisation]
    for joining in activity.co_organisers.all():
        if joining.organisation not in organisers:
            organisers.append(joining.organisation)
    return {
        **_record_for_all(activity),
        "organisations": [
            {**values.reference(organisation), "is_responsible": number == 0}
            for number, organisation in enumerate(organisers)
            if organisation is not None and organisation.live
        ],
        "forms": activity.forms,
        # If every session has times, this choice would contradict them.
        "without_times": activity.without_times if activity.lacks_times else "",
        "validity": {
            "from": values.day(activity.valid_from),
            "until": values.day(activity.valid_until),
        },
        "volunteers_wanted": activity.volunteers_wanted,
        "vacancy_url": values.web_address(activity.vacancy_url),
    }


def activity_by_audience(activity: Activity, audience: Audience) -> Payload:
    """Return the fields of an activity that differ between audiences.

    A session at a place that is hidden from the audience shows its times only: a room or a note
    ("ring at Truus's") would reveal the place.
    """
    sessions = list(activity.sessions.all())
    return {
        "contact": _contact(activity, audience),
        "sessions": [_session(session, audience) for session in sessions],
        "places": shown_places([session.place for session in sessions], audience),
    }


def _session(session: Any, audience: Audience) -> Payload:
    place: Place | None = session.place
    is_told = place is None or may_see(audience, place.audience)
    return {
        "place": values.reference(place) if place is not None and is_told else None,
        "room": session.room if is_told else "",
        "note": session.note if is_told else "",
        "schedule": values.timetable(
            session.schedule, schedule_from_json, schedule_to_json, session
        ),
    }


def _contact(record: Record, audience: Audience) -> list[Payload]:
    """Return its own contact facts, then those of its organisation that fill the gaps."""
    own = [_fact(fact, None) for fact in own_facts(record, audience)]
    derived = standing_in_facts(record, audience)
    source = (
        values.reference(record.organisation) if isinstance(record, Activity) and derived else None
    )
    return own + [_fact(fact, source) for fact in derived]


def _fact(fact: ContactFact, derived_from: Payload | None) -> Payload:
    return {
        "kind": fact.kind,
        "value": fact.value,
        "label": fact.label,
        "uri": fact.uri,
        "derived_from": derived_from,
    }


def _record_for_all(record: Record) -> Payload:
    return {
        **values.reference(record),
        "kind": kind_of(record).value,
        "alternative_names": record.other_names,
        "summary": record.summary,
        "description": rich_text(record.description),
        "image": {"id": record.image_id, "alt": record.image_alt} if record.image_id else None,
        "themes": [values.theme(theme) for theme in record.themes.all()],
        "target_groups": [values.reference(group) for group in record.target_groups.all()],
        "tags": sorted(tag.name for tag in record.tags.all()),
        **_practical_facts(record),
        "notices": [
            {
                "kind": notice.kind,
                "starts_on": values.day(notice.starts_on),
                "ends_on": values.day(notice.ends_on),
                "text": notice.text,
            }
            for notice in record.notices.all()
        ],
        "translations": _translations(record),
        "upkeep": {
            "verified_on": values.day(record.verified_on),
            "marked_on": values.day(record.marked_on),
            "interval_days": record.interval_days,
        },
        "origin": {"source": record.source, "licence": record.source_licence},
        "first_published_at": values.moment(record.first_published_at),
        "last_published_at": values.moment(record.last_published_at),
    }


def _practical_facts(record: Record) -> Payload:
    return {
        "min_age": record.min_age,
        "max_age": record.max_age,
        "languages": record.languages,
        "areas_served": [values.area(area) for area in record.areas_served.all()],
        "cost": {
            "kind": record.cost,
            "amount": _amount(record.cost_amount),
            "note": record.cost_note,
            "city_pass": record.city_pass,
        },
        "registration": {
            "ways": record.registration,
            "url": values.web_address(record.registration_url),
            "note": record.registration_note,
        },
        "referral": {"kind": record.referral, "by": record.referral_by},
        "capacity": {
            "state": record.capacity,
            "until": values.day(record.capacity_until),
            "note": record.capacity_note,
        },
        "what_to_bring": record.what_to_bring,
        "accessibility": values.accessibility(record),
    }


def _translations(record: Record) -> list[Payload]:
    translations = list(record.translations.all())
    fingerprint = text_fingerprint(record) if translations else ""
    return [
        {
            "language": translation.language,
            "state": translation.state,
            "name": translation.name,
            "summary": translation.summary,
            "description": rich_text(translation.description),
            "is_outdated": translation.source_fingerprint != fingerprint,
        }
        for translation in translations
    ]


def _amount(value: Decimal | None) -> str | None:
    """Return an amount in euros with two decimals as text: JSON has no exact decimals."""
    return None if value is None else f"{Decimal(value):.2f}"
