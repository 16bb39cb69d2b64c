"""Compare two revisions of a record, field by field and child row by child row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from taggit.models import ItemBase

from socialekaart_plugin.directory.models import Record

from .value_labels import Names, in_words

#: Revision keys that Wagtail and Django write, not an editor.
_SILENT = frozenset({"pk", "id", "sort_order", "source_fingerprint"})
#: Reported by the audit log. Upkeep and identity are in no revision.
_STATE_OF_PUBLICATION = frozenset({"first_published_at", "last_published_at"})
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
#: Empty values, which count as equal.
_EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Difference:
    """One changed field or child row (a contact detail, a session), before and after.

    Attributes:
        name: the name of the field or relation.
        field: the model field; the relation for a child row.
        old: the value in the old revision; None for an added child row.
        new: the value in the new revision; None for a removed child row.
    """

    name: str
    field: Any
    old: Any
    new: Any

    @property
    def is_child(self) -> bool:
        """Whether it is a child row, such as a session."""
        return isinstance(self.field, models.ManyToOneRel) and not is_tags(self.field)

    def request(self, names: Names) -> None:
        """Request the names of the rows that this difference refers to."""
        for value in (self.old, self.new):
            if value is None:
                continue
            if self.is_child:
                for field in child_fields(self.field.related_model):
                    names.request(field, value.get(field.name))
            else:
                names.request(self._named(), value)

    def words(self, names: Names) -> tuple[str, str]:
        """Return the old and new value as text; a child row leaves out unchanged texts."""
        if not self.is_child:
            return (
                in_words(self._named(), self.old, names),
                in_words(self._named(), self.new, names),
            )
        fields = child_fields(self.field.related_model)
        if self.old is not None and self.new is not None:
            fields = [
                field
                for field in fields
                if not isinstance(field, models.TextField)
                or self.old.get(field.name) != self.new.get(field.name)
            ]
        return _row_in_words(self.old, fields, names), _row_in_words(self.new, fields, names)

    def _named(self) -> Any:
        return _tag_field(self.field) if is_tags(self.field) else self.field


def tracked_fields(model: type[Record]) -> dict[str, Any]:
    """Return the fields and relations with a history, by name, in order."""
    hidden = _SILENT | _STATE_OF_PUBLICATION
    found: dict[str, Any] = {
        field.name: field
        for field in model._meta.concrete_fields
        if field.editable and field.name not in hidden
    }
    for field in get_all_child_m2m_relations(model):
        found[field.name] = field
    for relation in get_all_child_relations(model):
        found[relation.get_accessor_name()] = relation
    return found


def differences(model: type[Record], old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Return the differences between two revisions, as plain data, in field order."""
    found: list[Difference] = []
    for name, field in tracked_fields(model).items():
        before, after = _normal(old.get(name)), _normal(new.get(name))
        if before == after:
            continue
        if is_tags(field):
            key = _tag_field(field).name
            tags = [sorted(each[key] for each in rows or []) for rows in (before, after)]
            if tags[0] != tags[1]:
                found.append(Difference(name, field, *tags))
        elif isinstance(field, models.ManyToOneRel):
            found += _child_differences(name, field, before or [], after or [])
        elif isinstance(before, list) and isinstance(after, list) and _same_set(before, after):
            continue
        elif not (before in _EMPTY and after in _EMPTY):
            found.append(Difference(name, field, before, after))
    return found


def child_fields(model: type[models.Model]) -> list[Any]:
    """Return the content fields of a child model: not its key, order or parent."""
    parent = getattr(model, "parent_field", None)
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in _SILENT and field.name != parent
    ]


def _child_differences(
    name: str, relation: Any, old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> Iterator[Difference]:
    """Match child rows by key, then by content, then by order; yield the differences."""
    fields = [field.name for field in child_fields(relation.related_model)]
    before = [(row.get("pk"), {key: _normal(row.get(key)) for key in fields}) for row in old]
    after = [(row.get("pk"), {key: _normal(row.get(key)) for key in fields}) for row in new]
    pairs = [
        *_take_pairs(before, after, lambda a, b: a[0] is not None and a[0] == b[0]),
        *_take_pairs(before, after, lambda a, b: a[1] == b[1]),
        # Child rows of a draft have no key yet; match them by kind (place, language).
        *_take_pairs(
            before,
            after,
            lambda a, b: None in (a[0], b[0]) and a[1][fields[0]] == b[1][fields[0]],
        ),
    ]
    for was, became in pairs:
        if was[1] != became[1]:
            yield Difference(name, relation, was[1], became[1])
    for _key, row in before:
        yield Difference(name, relation, row, None)
    for _key, row in after:
        yield Difference(name, relation, None, row)


def _take_pairs(before: list[Any], after: list[Any], is_same: Any) -> list[tuple[Any, Any]]:
    pairs = []
    for was in list(before):
        became = next((each for each in after if is_same(was, each)), None)
        if became is not None:
            before.remove(was)
            after.remove(became)
            pairs.append((was, became))
    return pairs


def _row_in_words(row: dict[str, Any] | None, fields: list[Any], names: Names) -> str:
    if row is None:
        return ""
    words = [in_words(field, row.get(field.name), names) for field in fields]
    return "; ".join(word for word in words if word)


def _normal(value: Any) -> Any:
    """Return a text without technical differences: line endings, Draftail block keys."""
    if isinstance(value, str):
        return _BLOCK_KEY.sub("", value.replace("\r\n", "\n"))
    return value


def _same_set(before: list[Any], after: list[Any]) -> bool:
    return sorted(map(str, before)) == sorted(map(str, after))


def is_tags(field: Any) -> bool:
    """Return whether a relation holds the keywords of a record."""
    model: Any = field.related_model
    return isinstance(field, models.ManyToOneRel) and issubclass(model, ItemBase)


def _tag_field(relation: Any) -> Any:
    return relation.related_model._meta.get_field("tag")
