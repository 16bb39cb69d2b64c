"""Labels of choices and of kinds of record."""

from django.db.models import TextChoices

from socialekaart_plugin.directory.choices import OrganisationKind
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.rules import Payload


def label_of(choices: type[TextChoices], value: str) -> str:
    """Return the label of a choice; a value that is no longer a choice is returned unchanged."""
    return str(choices(value).label) if value in choices.values else value


def kind_label(payload: Payload) -> str:
    """Return the sort of organisation if known, else the kind of record."""
    sort = payload.get("organisation_kind")
    if sort in OrganisationKind.values and sort != OrganisationKind.OTHER:
        return str(OrganisationKind(sort).label)
    return str(RecordKind(payload["kind"]).label)
