"""Find unused words, and the successors of merged words."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import ModelLogEntry

from socialekaart_plugin.vocabulary.word_users import word_users


def unused_pks(model: type[Any]) -> set[int]:
    """Return the pks of words that no live record or draft uses.

    Args:
        model: the table.
    """
    in_use = {pk for pk, uses in word_users().uses_of(model).items() if uses.in_use}
    return set(model._default_manager.values_list("pk", flat=True)) - in_use


def used_once_pks(model: type[Any]) -> set[int]:
    """Return the pks of words that exactly one record uses, live or in a draft.

    Args:
        model: the table.
    """
    return {pk for pk, uses in word_users().uses_of(model).items() if len(uses.in_use) == 1}


def successors_of(model: type[Model], gone: Iterable[int | str]) -> dict[int | str, int]:
    """Return the words that replaced merged words, according to the audit log.

    For a form that was opened before the merge and is saved after it.

    Args:
        model: the table.
        gone: pks or names of words that no longer exist.

    Returns:
        The pk of the successor, by the pk or name given. Leaves out words that were never merged,
        and words whose successor no longer exists.
    """
    into: dict[int | str, int] = {}
    lines = ModelLogEntry.objects.filter(
        action="socialekaart.merge", content_type=ContentType.objects.get_for_model(model)
    )
    for line in lines.order_by("timestamp", "pk"):
        for merged in line.data["merged"]:
            into[merged["pk"]] = into[merged["name"]] = int(line.object_id)
    existing = set(model._default_manager.values_list("pk", flat=True))
    found = {}
    for word in gone:
        successor = into.get(word)
        while successor is not None and successor not in existing:
            successor = into.get(successor)
        if successor is not None:
            found[word] = successor
    return found
