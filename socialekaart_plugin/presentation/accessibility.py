"""Accessibility in words: which visitors can use a place or an activity, as far as known."""

from dataclasses import dataclass

from socialekaart_plugin.places.choices import ESSENTIAL_FOR, AccessibilityFact, VisitorProfile
from socialekaart_plugin.places.rules import suits
from socialekaart_plugin.publication.rules import Payload


@dataclass(frozen=True)
class Accessibility:
    """What is known about one place, combined with the facts of the activity itself.

    Attributes:
        place_name: empty if there is at most one place.
        suited: visitors who can come.
        unsuited: visitors who cannot come.
        unknown: visitors for whom this is unknown.
        present: facts that are true.
        absent: facts that are false.
        note: a further note about the place.
    """

    place_name: str
    suited: list[str]
    unsuited: list[str]
    unknown: list[str]
    present: list[str]
    absent: list[str]
    note: str


#: Of a record without a place.
_NOTHING: Payload = {"facts": {}, "note": ""}


def accessibility(payload: Payload) -> list[Accessibility]:
    """Return the known facts, one part for each place; empty if nothing is known."""
    own, places = payload["accessibility"]["facts"], payload["places"]
    parts = [
        _part(own, place["accessibility"], place["name"] if len(places) > 1 else "")
        for place in places
    ] or [_part(own, _NOTHING, "")]
    return [part for part in parts if part.present or part.absent or part.note]


def _part(own: dict[str, bool], of_place: Payload, place_name: str) -> Accessibility:
    """Combine the facts of activity and place; those of the activity take precedence."""
    facts = {**of_place["facts"], **own}
    verdicts = {str(p.label): suits(facts, ESSENTIAL_FOR[p]) for p in VisitorProfile}
    return Accessibility(
        place_name=place_name,
        suited=[label for label, verdict in verdicts.items() if verdict is True],
        unsuited=[label for label, verdict in verdicts.items() if verdict is False],
        unknown=[label for label, verdict in verdicts.items() if verdict is None],
        present=[str(fact.label) for fact in AccessibilityFact if facts.get(fact) is True],
        absent=[str(fact.label) for fact in AccessibilityFact if facts.get(fact) is False],
        note=of_place["note"],
    )
