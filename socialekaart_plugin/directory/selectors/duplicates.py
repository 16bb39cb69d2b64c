"""Find and score possible duplicates of a record or place."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from socialekaart_plugin.directory import duplicates
from socialekaart_plugin.directory.choices import ContactKind
from socialekaart_plugin.directory.duplicates import ADDRESS, MAIL, NAME, PHONE, SITE, Facts
from socialekaart_plugin.directory.models import Activity, DuplicateKey, Organisation, Record
from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.places.models import Place

#: From LIKELY two records are probably the same; editors must look at a STRONG one.
LIKELY = 0.5
STRONG = 0.75

#: Keys shared by more records than this (a call centre, a building) are ignored.
COMMON = 40
#: Maximum number of candidates to compare, approximately.
MOST_CANDIDATES = 150

#: Score of each shared fact on its own, by model.
_EVIDENCE: dict[type, dict[str, float]] = {
    Organisation: {PHONE: 0.6, MAIL: 0.6, SITE: 0.5, ADDRESS: 0.3},
    # Activities of one organisation share its telephone, and often its place.
    Activity: {PHONE: 0.2, MAIL: 0.2, SITE: 0.2, ADDRESS: 0.35, "organisation": 0.6},
    Place: {ADDRESS: 0.8},
}
#: Minimum name similarity; below it, other shared facts do not count.
_LEAST_SIMILARITY: dict[type, float] = {Organisation: 0.0, Activity: 0.62, Place: 0.0}


@dataclass(frozen=True)
class PossibleDuplicate:
    """A record or place that is probably the same.

    Attributes:
        record: the existing organisation, activity or place.
        score: probability, from 0.5 to 1.
        reasons: what they have in common, in the user's language.
    """

    record: Any
    score: float
    reasons: tuple[str, ...]

    @property
    def is_strong(self) -> bool:
        """Whether the user must look at this one before creating another."""
        return self.score >= STRONG


def facts_of(thing: Any) -> Facts:
    """Return the identifying facts of a record or place; it may be unsaved."""
    if isinstance(thing, Place):
        return Facts(
            names=(thing.name,),
            addresses=duplicates.address_keys(thing.street_address, thing.postcode),
        )
    contact: dict[str, list[str]] = defaultdict(list)
    phones: list[str] = []
    for fact in thing.contact_facts.all():
        contact[fact.kind].append(fact.value)
        phones += [fact.telephone.key] if fact.telephone else []
    if isinstance(thing, Organisation):
        places = [thing.visiting_place_id]
        addresses = duplicates.address_keys(thing.postal_address)
        organisation = None
    else:
        places = [session.place_id for session in thing.sessions.all()]
        addresses = ()
        organisation = thing.organisation_id
    return Facts(
        names=(thing.name, *thing.other_names),
        phones=tuple(phones),
        mails=tuple(contact[ContactKind.MAIL]),
        sites=(*contact[ContactKind.WEBSITE], *contact[ContactKind.SOCIAL]),
        addresses=(*addresses, *(duplicates.place_key(pk) for pk in places if pk is not None)),
        organisation=organisation,
    )


def keys_of_versions(versions: Iterable[Any]) -> set[tuple[str, str]]:
    """Return the combined keys of all versions of one record."""
    keys: set[tuple[str, str]] = set()
    for version in versions:
        keys |= duplicates.keys_of(facts_of(version), conf.IGNORED_NAME_WORDS)
    return keys


def possible_duplicates(
    thing: Record | Place, *, exclude: int | None = None, limit: int = 5, least: float = LIKELY
) -> list[PossibleDuplicate]:
    """Return the possible duplicates of a record or place, most likely first (three queries).

    Args:
        thing: saved, or unsaved and filled from a form.
        exclude: primary key of the record itself; by default that of `thing`.
        limit: maximum number of results.
        least: minimum score.
    """
    model = type(thing)
    exclude = thing.pk if exclude is None else exclude
    rows = DuplicateKey.objects.filter(
        content_type=ContentType.objects.get_for_model(model, for_concrete_model=False)
    )
    if exclude is not None:
        rows = rows.exclude(object_id=exclude)
    facts = facts_of(thing)
    own = duplicates.keys_of(facts, conf.IGNORED_NAME_WORDS)
    counts = _counts(rows, own)
    rare = _rarest(counts)
    if not rare:
        return []
    scored = []
    for pk, keys in _candidates(rows, rare).items():
        score, reasons = _compare(model, own, keys, counts)
        if score >= least:
            scored.append((score, -pk, reasons))
    scored.sort(reverse=True)
    records = _records(model, [-minus_pk for _score, minus_pk, _reasons in scored[:limit]])
    return [
        PossibleDuplicate(records[-minus_pk], score, reasons)
        for score, minus_pk, reasons in scored[:limit]
        if -minus_pk in records
    ]


def _counts(rows: QuerySet[DuplicateKey], keys: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return how many other records have each key; without unused keys."""
    found = (
        rows.filter(kind__in={kind for kind, _key in keys}, key__in={key for _kind, key in keys})
        .order_by()
        .values("kind", "key")
        .annotate(number=Count("pk"))
        .values_list("kind", "key", "number")
    )
    return {(kind, key): number for kind, key, number in found if (kind, key) in keys}


def _rarest(counts: dict[tuple[str, str], int]) -> list[str]:
    """Return the rarest keys, which together give at most about MOST_CANDIDATES candidates."""
    chosen: list[str] = []
    candidates = 0
    for (kind, key), number in sorted(counts.items(), key=lambda item: item[1]):
        if kind == NAME and key.startswith(("n ", "o ")):
            continue
        if number > (MOST_CANDIDATES if kind == NAME else COMMON):
            continue
        if chosen and candidates + number > MOST_CANDIDATES:
            break
        chosen.append(key)
        candidates += number
    return chosen


def _candidates(rows: QuerySet[DuplicateKey], rare: list[str]) -> dict[int, set[tuple[str, str]]]:
    """Return the keys that count for the score, for every record that shares a `rare` key."""
    sharing = rows.filter(kind__in=(NAME, ADDRESS, PHONE, MAIL, SITE), key__in=rare).values(
        "object_id"
    )
    counted = ~Q(kind=NAME) | Q(key__startswith="n ") | Q(key__startswith="o ")
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for pk, kind, key in (
        rows.filter(counted, object_id__in=sharing)
        .order_by()
        .values_list("object_id", "kind", "key")
    ):
        found[pk].add((kind, key))
    return found


def _records(model: type, pks: list[int]) -> dict[int, Any]:
    related: dict[type, tuple[str, ...]] = {
        Activity: ("organisation",),
        Organisation: ("visiting_place",),
    }
    rows = model._default_manager.select_related(*related.get(model, ()))  # type: ignore[attr-defined]
    found: dict[int, Any] = rows.in_bulk(pks)
    return found


def _compare(
    model: type,
    own: set[tuple[str, str]],
    other: set[tuple[str, str]],
    counts: dict[tuple[str, str], int],
) -> tuple[float, tuple[str, ...]]:
    """Return the score of two records, and what they have in common."""
    alike, distinct = max(
        (duplicates.name_similarity(one, two) for one in _names(own) for two in _names(other)),
        default=(0.0, False),
    )
    if alike < _LEAST_SIMILARITY[model]:
        return 0.0, ()
    by_name = _by_name(model, alike, distinct)
    doubt = 1 - by_name
    reasons = []
    if by_name >= 0.2:
        reasons.append(_("the same name") if alike > 0.99 else _("a name that looks like it"))
    shared = own & other
    for kind, weight in _EVIDENCE[model].items():
        common = [pair for pair in shared if _kind(pair) == kind]
        if common:
            fewest = min(counts.get(pair, 1) for pair in common)
            if kind in (PHONE, MAIL, SITE, ADDRESS) and fewest > COMMON:
                continue
            rare = 1.0 if fewest <= 2 or kind == "organisation" else max(0.3, 3 / (fewest + 1))
            doubt *= 1 - weight * rare
            reasons.append(_reason(kind))
    return 1 - doubt, tuple(reasons)


def _kind(pair: tuple[str, str]) -> str:
    kind, key = pair
    if kind == NAME:
        return "organisation" if key.startswith("o ") else ""
    return kind


def _names(keys: set[tuple[str, str]]) -> list[list[str]]:
    return [key[2:].split() for kind, key in keys if kind == NAME and key.startswith("n ")]


def _by_name(model: type, alike: float, distinct: bool) -> float:
    """Return the score of the name similarity on its own."""
    steps = ((0.95, 0.9), (0.84, 0.8), (0.66, 0.55), (0.5, 0.3))
    says = next((value for least, value in steps if alike >= least), 0.0)
    if model is Activity:
        # Many neighbourhoods have a "Koffieochtend".
        return says * (0.67 if distinct else 0.5)
    return says if distinct else says * 0.7


def _reason(kind: str) -> str:
    return {
        PHONE: _("the same telephone number"),
        MAIL: _("the same email address"),
        SITE: _("the same website"),
        ADDRESS: _("the same address"),
        "organisation": _("the same organisation"),
    }[kind]
