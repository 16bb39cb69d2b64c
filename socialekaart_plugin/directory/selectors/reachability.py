"""How a record is reached: by contact facts of its own, and what stands in for those."""

from typing import Any

from socialekaart_plugin.directory.choices import ContactKind
from socialekaart_plugin.directory.models import Activity, Record
from socialekaart_plugin.directory.models.contact import ContactFact
from socialekaart_plugin.foundation.audiences import Audience, may_see

#: Ways to register that take a contact fact of the same name.
_REGISTERED_BY = frozenset({ContactKind.PHONE.value, ContactKind.MAIL.value})


def own_facts(record: Record, audience: Audience) -> list[ContactFact]:
    """Return the contact facts of a record itself that an audience may see."""
    facts: Any = record.contact_facts
    return [fact for fact in facts.all() if may_see(audience, fact.audience)]


def standing_in_facts(record: Record, audience: Audience) -> list[ContactFact]:
    """Return the facts of the organisation of an activity that stand in for what it lacks.

    All of them where this audience sees no way to reach the activity itself (a name alone is
    none); else only what one registers by, where the activity has no such number or address. None
    of an organisation that is not public.
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
    """Return the ways to register (`phone`, `mail`) for which nobody is told whom to reach."""
    known = {
        fact.kind
        for fact in (
            *own_facts(record, Audience.PUBLIC),
            *standing_in_facts(record, Audience.PUBLIC),
        )
    }
    return [way for way in record.registration if way in _REGISTERED_BY - known]
