"""Validates primary keys from URLs and forms: querying an impossible key raises an error."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404


def is_possible_key(model: Any, key: Any) -> bool:
    """Return whether a key has the right type and range for a model."""
    field = model._meta.pk
    while field.remote_field:
        field = field.target_field
    try:
        field.run_validators(field.to_python(key))
    except ValidationError:
        return False
    return True


def possible_keys(model: Any, keys: Iterable[Any]) -> list[Any]:
    """Return only the keys that are possible for a model; querying others is an error."""
    return [key for key in keys if is_possible_key(model, key)]


def key_or_404(model: Any, key: Any) -> Any:
    """Return the key unchanged.

    Raises:
        Http404: the key is impossible for this model.
    """
    if not is_possible_key(model, key):
        raise Http404
    return key
