"""Forms of the admin that refuse in words what Wagtail's and Django's own fail on."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.admin.panels import InlinePanel

from .url_keys import is_possible_key

#: Of each kind of children of a record; nobody has so many.
MOST_CHILDREN = 100
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


class NearDateTimeField(forms.DateTimeField):
    """A moment in a year that every time zone can tell; the year 1 cannot be told in UTC."""

    default_error_messages = {
        "year": _("Choose a year between %(first)d and %(last)d."),
    }

    def to_python(self, value: Any) -> datetime | None:
        """Read the moment.

        Raises:
            ValidationError: it is none, or too far away.
        """
        moment = super().to_python(value)
        if moment is not None and not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            params = {"first": _FIRST_YEAR, "last": _LAST_YEAR}
            raise ValidationError(self.error_messages["year"], code="year", params=params)
        return moment


class ShallowJSONField(forms.JSONField):
    """JSON that is not nested so deep that Python cannot read it."""

    default_error_messages = {"deep": _("This is nested too deep to be read.")}

    def to_python(self, value: Any) -> Any:
        """Read the JSON.

        Raises:
            ValidationError: it is none, or nested too deep.
        """
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["deep"], code="deep") from error
        except ValueError as error:
            # A number of more digits than Python reads.
            message = self.error_messages["invalid"]
            raise ValidationError(message, code="invalid", params={"value": value}) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what was typed, to be shown again as it was."""
        try:
            return super().bound_data(data, initial)
        except (RecursionError, ValueError):
            return forms.fields.InvalidJSONInput(data)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether it is other than it was; what cannot be read is."""
        try:
            return super().has_changed(initial, data)
        except (RecursionError, ValidationError, ValueError):
            return True


class SeveralField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """A choice of several rows; a key outside the range of the database is no choice."""

    def _check_values(self, value: Any) -> Any:
        queryset: Any = self.queryset
        for key in value if isinstance(value, list | tuple) else ():
            if not is_possible_key(queryset.model, key):
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, code="invalid_pk_value", params={"pk": key})
        return super()._check_values(value)  # type: ignore[misc]


def careful_formfield(db_field: Any, **kwargs: Any) -> Any:
    """Return Wagtail's field for a column, or ours where Wagtail's fails on what can be sent."""
    if isinstance(db_field, models.ManyToManyField):
        kwargs.setdefault("form_class", SeveralField)
    elif type(db_field) is models.JSONField:
        kwargs.setdefault("form_class", ShallowJSONField)
    elif isinstance(db_field, models.DateTimeField):
        kwargs.setdefault("form_class", NearDateTimeField)
    return formfield_for_dbfield(db_field, **kwargs)


class CarefulModelForm(WagtailAdminModelForm):
    """The form of a snippet."""

    class Meta:
        formfield_callback = careful_formfield


class CarefulPageForm(WagtailAdminPageForm):
    """The form of a page."""

    class Meta:
        formfield_callback = careful_formfield


class FewChildren(BaseChildFormSet):
    """Children of a record; of more than there can be, no form is even made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make no more forms than may be sent, and one: Django says in words that it is too many.

        Django's own limit is a thousand above, which takes half a minute.
        """
        self.absolute_max = MOST_CHILDREN + 1
        super().__init__(*args, **kwargs)


class FewInlinePanel(InlinePanel):
    """A panel for children of a record, no more than there can be."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take at most a hundred."""
        kwargs.setdefault("max_num", MOST_CHILDREN)
        super().__init__(*args, **kwargs)

    def get_form_options(self) -> dict[str, Any]:
        """Have the children counted before their forms are made."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = FewChildren
        return options
