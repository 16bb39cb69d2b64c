"""Tables in which a row may be part of another (`parent`): a row and all that is part of it."""

from collections.abc import Iterable

from django.db import models


def with_descendants(model: type[models.Model], pks: Iterable[int]) -> set[int]:
    """Return the pks of these rows and of all that is part of them, at any depth.

    One query, which reads keys alone; none for nothing. A circle does no harm.

    Args:
        model: a table with a foreign key `parent` to itself.
        pks: of rows of it.
    """
    found = set(pks)
    if not found:
        return found
    parents = dict(model._default_manager.order_by().values_list("pk", "parent"))
    while more := {pk for pk, parent in parents.items() if parent in found} - found:
        found |= more
    return found
