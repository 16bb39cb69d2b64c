"""Practical facts as a list: costs, registration and whatever else a participant must know."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from socialekaart_plugin.directory.choices import (
    ActivityForm,
    Capacity,
    Cost,
    Language,
    Referral,
    Registration,
)
from socialekaart_plugin.publication.rules import Payload

from .contact import via
from .labels import label_of


@dataclass(frozen=True)
class Fact:
    """A line of the list.

    Attributes:
        name: used by the style sheet and by tests.
        label: the question it answers.
        lines: the answer.
        url: target of its link; mostly empty.
        url_text: text of that link.
    """

    name: str
    label: str
    lines: list[str]
    url: str = ""
    url_text: str = ""


def practical_facts(payload: Payload) -> list[Fact]:
    """Return the known facts; unknown facts are left out."""
    registration = payload["registration"]
    facts = [
        Fact("for", _("For whom"), _names(payload["target_groups"])),
        Fact("age", _("Age"), _age(payload["min_age"], payload["max_age"])),
        Fact("from", _("Only for people from"), _names(payload["areas_served"])),
        Fact("how", _("How"), _how(payload.get("forms", []))),
        Fact("cost", _("Cost"), cost_lines(payload["cost"])),
        Fact(
            "registration",
            _("Registering"),
            _with_note(_ways(registration["ways"], payload["contact"]), registration["note"]),
            registration["url"],
            _("Go to the page to register"),
        ),
        Fact("referral", _("Referral"), _referral(payload["referral"])),
        Fact("capacity", _("Is there room?"), _capacity(payload["capacity"])),
        Fact("bring", _("What to bring"), _texts(payload["what_to_bring"])),
        Fact("languages", _("Languages"), _labels(Language, payload["languages"])),
    ]
    return [fact for fact in facts if fact.lines or fact.url]


def cost_lines(cost: Payload) -> list[str]:
    """Return the costs: the amount or the sort, the note, the city pass."""
    if cost["amount"] is not None:
        known = [_euros(Decimal(cost["amount"]))]
    elif cost["kind"] in ("", Cost.OTHER, Cost.FIXED) and cost["note"]:
        known = []  # the note says it
    else:
        known = _labels(Cost, [cost["kind"]] if cost["kind"] else [])
    lines = _with_note(known, cost["note"])
    return [*lines, _("Discount with the city pass")] if cost["city_pass"] else lines


def _how(forms: list[str]) -> list[str]:
    """Return the forms; nothing if it is only held at a place, because the places say that."""
    return [] if forms == [ActivityForm.PLACE] else _labels(ActivityForm, forms)


def _age(youngest: int | None, oldest: int | None) -> list[str]:
    if youngest is not None and oldest is not None:
        return [_("%(from)s to %(to)s years") % {"from": youngest, "to": oldest}]
    if youngest is not None:
        return [_("From %(age)s years") % {"age": youngest}]
    return [_("Up to %(age)s years") % {"age": oldest}] if oldest is not None else []


def _ways(ways: list[str], contact: list[Payload]) -> list[str]:
    """Return the ways to register, one line each, with the number or address to use."""
    return [
        _way(way, next((f for f in contact if f["kind"] == way and f["uri"]), None)) for way in ways
    ]


def _way(way: str, fact: Payload | None) -> str:
    label = capfirst(label_of(Registration, way))
    if fact is None:
        return label
    link = format_html('<a href="{}">{}</a>', fact["uri"], fact["value"])
    if not (name := via(fact)):
        return format_html("{}: {}", label, link)
    return format_html("{}: {} ({})", label, link, _("via %(name)s") % {"name": name})


def _referral(referral: Payload) -> list[str]:
    if referral["kind"] == Referral.NEEDED and referral["by"]:
        return [_("Needed, by: %(who)s") % {"who": referral["by"]}]
    return _with_note(
        _labels(Referral, [referral["kind"]] if referral["kind"] else []), referral["by"]
    )


def _capacity(capacity: Payload) -> list[str]:
    return _with_note(
        _labels(Capacity, [capacity["state"]] if capacity["state"] else []), capacity["note"]
    )


def _euros(amount: Decimal) -> str:
    places = 0 if amount == amount.to_integral_value() else 2
    return f"€ {number_format(amount, places)}"


def _names(references: Iterable[Any]) -> list[str]:
    names = ", ".join(reference["name"] for reference in references)
    return _texts(names)


def _labels(choices: type[TextChoices], values: Iterable[str]) -> list[str]:
    return _texts(capfirst(", ".join(label_of(choices, value) for value in values)))


def _with_note(lines: list[str], note: str) -> list[str]:
    return [*lines, *_texts(capfirst(note))]


def _texts(text: str) -> list[str]:
    return [text] if text else []
