"""How visitors reach a record: its own contact facts, or those of its organisation."""

from typing import Any

from socialekaart_plugin.directory.choices import ContactKind
from socialekaart_plugin.directory.models import Activity, Record
from socialekaart_plugin.directory.models.contact import ContactFact
from socialekaart_plugin.foundation.audiences import Audience, may_see

#: Registration methods that need a contact fact of the same name.
_REGISTERED_BY = frozenset({ContactKind.PHONE.value, ContactKind.MAIL.value})


def own_facts(record: Record, audience: Audience) -> list[ContactFact]:
    """Return the record's own contact facts that an audience may see."""
    facts: Any = record.contact_facts
    return [fact for fact in facts.all() if may_see(audience, fact.audience)]


def standing_in_facts(record: Record, audience: Audience) -> list[ContactFact]:
    """Return the organisation's contact facts that fill gaps in those of an activity.

    If this audience sees no way to reach the activity (a name does not count), returns all facts.
    Otherwise returns only missing facts that registration needs. Returns none of an organisation
    that is not live.
    """
    organisation = record.organisation if isinstance(record, Activity) else None
    if organisation is None or not organisation.live:
        return []
    shared = own_facts(organisation, audience)
    kinds = {fact.kind for fact in own_facts(record, audience)} - {ContactKind.PERSON.value}
    if not kinds:
        return shared
    lacking = (_REGISTERED_BY & set(record.registration)) - kinds
    return [fact for fact in shared if fact.kind in lacking]


def ways_without_contact(record: Record) -> list[str]:
    """Return the registration methods (`phone`, `mail`) that have no matching contact fact."""
    known = {
        fact.kind
        for fact in (
            *own_facts(record, Audience.PUBLIC),
            *standing_in_facts(record, Audience.PUBLIC),
        )
    }
    return [way for way in record.registration if way in _REGISTERED_BY - known]
