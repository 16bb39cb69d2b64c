"""Builds the public payloads of a row, one for each audience."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from socialekaart_plugin.directory.models import Activity, HelpQuestion, Organisation, Record
from socialekaart_plugin.foundation.audiences import OUTSIDE, Audience
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload
from socialekaart_plugin.vocabulary.models import TargetGroup, Theme

from . import record_payload, values
from .place_payload import place_payload
from .sources import kind_of

Payloads = dict[Audience, Payload | None]


@dataclass(frozen=True)
class PublicView:
    """The payload of a row for each audience; None if that audience may not see it."""

    payloads: Payloads

    @property
    def is_public(self) -> bool:
        """Whether any audience may see it."""
        return any(payload is not None for payload in self.payloads.values())


def public_view(source: Any) -> PublicView:
    """Build the payloads of a row in its current state; the row comes from `sources_of`."""
    if isinstance(source, Record) and not source.live:
        return PublicView(dict.fromkeys(OUTSIDE))
    if isinstance(source, Place) and not source.is_shown:
        return PublicView(dict.fromkeys(OUTSIDE))
    return PublicView(_payloads(source, OUTSIDE))


def build_payload(source: Any, audience: Audience) -> Payload | None:
    """Build the payload of one audience, even if the row is not live (for a preview).

    Returns:
        None if this audience may not see the row (a hidden place).
    """
    return _payloads(source, (audience,))[audience]


def _payloads(source: Any, audiences: Iterable[Audience]) -> Payloads:
    """Build the payloads; the part that all audiences share is built once."""
    if isinstance(source, Organisation):
        shared = record_payload.organisation_for_all(source)
        return {
            audience: {**shared, **record_payload.organisation_by_audience(source, audience)}
            for audience in audiences
        }
    if isinstance(source, Activity):
        shared = record_payload.activity_for_all(source)
        return {
            audience: {**shared, **record_payload.activity_by_audience(source, audience)}
            for audience in audiences
        }
    if isinstance(source, Place):
        return {audience: place_payload(source, audience) for audience in audiences}
    return dict.fromkeys(audiences, _beside_records(source))


def _beside_records(source: Area | Theme | TargetGroup | HelpQuestion) -> Payload:
    """Return the payload of an area, theme, target group or help question, for all audiences."""
    if isinstance(source, Area):
        within = source.ancestors_and_self()[:-1]
        return {
            **values.area(source),
            "within": [values.reference(area) for area in within],
            "outline": source.outline,
        }
    if isinstance(source, Theme):
        return {
            **values.theme(source),
            "kind": RecordKind.THEME.value,
            "description": source.description,
            "sort_order": source.sort_order,
        }
    if isinstance(source, HelpQuestion):
        return _help_question(source)
    return {
        **values.reference(source),
        "kind": RecordKind.TARGET_GROUP.value,
        "sort_order": source.sort_order,
    }


def _help_question(question: HelpQuestion) -> Payload:
    picked = [*question.organisations.all(), *question.activities.all()]
    return {
        **values.reference(question),
        "kind": RecordKind.HELP_QUESTION.value,
        "explanation": question.explanation,
        "themes": [values.reference(theme) for theme in question.themes.all()],
        "target_groups": [values.reference(group) for group in question.target_groups.all()],
        "records": [
            {**values.reference(record), "kind": kind_of(record).value}
            for record in picked
            if record.live
        ],
        "sort_order": question.sort_order,
    }
