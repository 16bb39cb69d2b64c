"""Queries on tree models (`parent` key): a row with all its descendants."""

from collections.abc import Iterable

from django.db import models


def with_descendants(model: type[models.Model], pks: Iterable[int]) -> set[int]:
    """Return the pks of these rows and all their descendants.

    At most one query, which reads only keys. Cycles are allowed.

    Args:
        model: a model with a foreign key `parent` to itself.
        pks: the rows to start from.
    """
    found = set(pks)
    if not found:
        return found
    parents = dict(model._default_manager.order_by().values_list("pk", "parent"))
    while more := {pk for pk, parent in parents.items() if parent in found} - found:
        found |= more
    return found
