"""Choices and kinds of record in words."""

from django.db.models import TextChoices

from socialekaart_plugin.directory.choices import OrganisationKind
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload


def label_of(choices: type[TextChoices], value: str) -> str:
    """Return a choice in words; a value that is no choice any more as it is."""
    return str(choices(value).label) if value in choices.values else value


def kind_label(payload: Payload) -> str:
    """Name the sort of organisation where it is known, otherwise the kind of record."""
    sort = payload.get("organisation_kind")
    if sort in OrganisationKind.values and sort != OrganisationKind.OTHER:
        return str(OrganisationKind(sort).label)
    return str(RecordKind(payload["kind"]).label)
