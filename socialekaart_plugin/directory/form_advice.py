"""Advice on an unsaved record form: missing requirements, improvements, possible duplicates.

Writes nothing: the record exists in memory only.
"""

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations

from .choices import ContactKind
from .models import Record
from .requirements import missing_for_publication
from .selectors import PossibleDuplicate, possible_duplicates
from .selectors.reachability import ways_without_contact

#: Name of the checkbox "this is really another"; its value is the key of the possible duplicate.
OTHER_THAN = "other_than"


@dataclass(frozen=True)
class Needed:
    """A requirement that the record must meet before publication.

    Attributes:
        anchor: the HTML id of the form field to correct.
        message: what to do, in the user's language.
    """

    anchor: str
    message: str


def candidate_of(form: Any) -> Any:
    """Return the record as the validated form would save it; invalid fields keep the old value.

    The form and its own instance do not change.
    """
    form.is_valid()
    instance = form.instance
    candidate = type(instance)()
    for field in instance._meta.concrete_fields:
        setattr(candidate, field.attname, getattr(instance, field.attname))
    for field in instance._meta.get_fields():
        if isinstance(field, ParentalManyToManyField):
            chosen = form.cleaned_data.get(field.name)
            values = getattr(instance, field.name).all() if chosen is None else chosen
            setattr(candidate, field.name, list(values))
    for name in (relation.get_accessor_name() for relation in get_all_child_relations(instance)):
        formset = form.formsets.get(name)
        children = _children(formset) if formset else getattr(instance, name).all()
        setattr(candidate, name, [copy.copy(child) for child in children])
    return candidate


def _children(formset: Any) -> list[Any]:
    return [
        child.instance
        for child in formset.forms
        if (child.has_changed() or child.instance.pk)
        and not getattr(child, "cleaned_data", {}).get("DELETE")
    ]


def needed_by(record: Record, form: Any = None) -> list[Needed]:
    """Return the missing publication requirements and the form errors.

    Args:
        record: the stored record, or `candidate_of` the form.
        form: validated; None before anything is typed.
    """
    missing = missing_for_publication(record)
    needed = [Needed(anchor_of(record, item.field), item.message) for item in missing]
    if form is not None and form.is_bound:
        named = {item.field for item in missing}
        needed += [item for name, item in _errors(form, record) if name not in named or name == ""]
    return needed


def advised_for(record: Record) -> list[Needed]:
    """Return optional improvements; publishing does not need them."""
    messages = {
        ContactKind.PHONE.value: _(
            "One registers by telephone, but no number is shown: not here, and not with the "
            "organisation. Add one that everyone may see."
        ),
        ContactKind.MAIL.value: _(
            "One registers by email, but no email address is shown: not here, and not with the "
            "organisation. Add one that everyone may see."
        ),
    }
    anchor = anchor_of(record, "contact_facts")
    return [Needed(anchor, messages[way]) for way in ways_without_contact(record)]


def _errors(form: Any, record: Any) -> Iterable[tuple[str, Needed]]:
    for name, errors in form.errors.items():
        if name in form.fields:
            for error in errors:
                yield name, Needed(anchor_of(record, name), f"{form[name].label}: {error}")
        else:
            yield from (("", Needed("", str(error))) for error in errors)
    for relation, formset in form.formsets.items():
        for number, child in enumerate(formset.forms, 1):
            title = f"{capfirst(formset.model._meta.verbose_name)} {number}"
            for name, errors in child.errors.items():
                label = str(child[name].label) if name in child.fields else ""
                words = ": ".join(filter(None, (title, label, " ".join(map(str, errors)))))
                where = f"{child.prefix}-{name}" if label else f"{relation}-FORMS"
                yield "", Needed(f"id_{where}", words)
        yield from (
            ("", Needed(f"id_{relation}-FORMS", str(error))) for error in formset.non_form_errors()
        )


def anchor_of(record: Record, name: str) -> str:
    """Return the HTML id of a field, chooser or inline list in the form."""
    field: Any = record._meta.get_field(name)
    if field.one_to_many:
        return f"id_{name}-FORMS"
    if isinstance(field, models.ForeignKey):
        return f"id_{name}-chooser"
    return f"id_{name}"


def said_to_be_other(data: Any) -> set[int]:
    """Return the keys of records that the user declared to be different."""
    values = data.getlist(OTHER_THAN) if hasattr(data, "getlist") else []
    return {
        int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19
    }


def unread_duplicates(form: "forms.ModelForm[Any]") -> list[PossibleDuplicate]:
    """Return the strong duplicates of a validated form that the user has not declared different."""
    other = said_to_be_other(form.data)
    return [
        duplicate
        for duplicate in possible_duplicates(candidate_of(form))
        if duplicate.is_strong and duplicate.record.pk not in other
    ]
