"""Open old revisions of a record that refer to rows deleted since."""

from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations


def without_dangling(model: type[models.Model], content: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a revision without references to deleted PROTECT rows.

    PROTECT keeps a row while a record or a draft refers to it, but not while only history does.
    Workaround for modelcluster (6.5), which handles only CASCADE, SET_NULL and DO_NOTHING. It
    raises a bare exception for a missing row behind PROTECT: history views would answer 500.
    Remove it when modelcluster treats PROTECT in a revision as SET_NULL.

    Args:
        model: the model of the record.
        content: the stored revision content; not changed. A child row whose required reference
            is missing is left out.
    """
    cleaned = _cleaned(model, [content])[0]
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if cleaned.get(name):
            cleaned[name] = _cleaned(relation.related_model, cleaned[name])
    return cleaned


def _cleaned(model: type[models.Model], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows without missing references (one query for each PROTECT field in use)."""
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
