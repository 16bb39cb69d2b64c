"""Keys in an address: what cannot be a key of a table names no row of it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404


def is_possible_key(model: Any, key: Any) -> bool:
    """Tell whether a row of this model could have this key: of its kind, and within its range."""
    field = model._meta.pk
    while field.remote_field:
        field = field.target_field
    try:
        field.run_validators(field.to_python(key))
    except ValidationError:
        return False
    return True


def possible_keys(model: Any, keys: Iterable[Any]) -> list[Any]:
    """Return those keys that a row of this model could have; a query for others is an error."""
    return [key for key in keys if is_possible_key(model, key)]


def key_or_404(model: Any, key: Any) -> Any:
    """Return a key.

    Raises:
        Http404: no row of this model could have it.
    """
    if not is_possible_key(model, key):
        raise Http404
    return key
