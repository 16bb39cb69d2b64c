"""An old version of a record may name what was deleted since; it opens without it."""

from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations


def without_dangling(model: type[models.Model], content: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a version without references to protected rows that are gone.

    What is protected cannot go while a record or a draft names it, but the history is no draft.
    Works round modelcluster (6.5), which takes only CASCADE, SET_NULL and DO_NOTHING and raises a
    bare exception for a missing row behind PROTECT: the screens of the history would be a 500.
    It can go when modelcluster treats PROTECT in a version as SET_NULL.

    Args:
        model: the table of the record.
        content: as stored in the revision; not changed. A child row whose reference may not be
            empty is left out.
    """
    cleaned = _cleaned(model, [content])[0]
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if cleaned.get(name):
            cleaned[name] = _cleaned(relation.related_model, cleaned[name])
    return cleaned


def _cleaned(model: type[models.Model], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of a table with what is gone emptied, a query a reference that is set."""
    kept = [dict(row) for row in rows]
    for field in model._meta.concrete_fields:
        remote = field.remote_field
        if remote is None or getattr(remote, "on_delete", None) is not models.PROTECT:
            continue
        named = {row[field.name] for row in kept if row.get(field.name) is not None}
        if not named:
            continue
        found = remote.model._default_manager.filter(pk__in=named).values_list("pk", flat=True)
        gone = named - set(found)
        if not field.null:
            kept = [row for row in kept if row.get(field.name) not in gone]
        for row in kept:
            if row.get(field.name) in gone:
                row[field.name] = None
    return kept
