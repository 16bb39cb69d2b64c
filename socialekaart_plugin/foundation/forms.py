"""Admin form fields and forms that show an error where Wagtail's and Django's crash."""

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

#: Limit per kind of children of a record.
MOST_CHILDREN = 100
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


class NearDateTimeField(forms.DateTimeField):
    """A datetime in 1900 to 2999: the year 1 cannot be converted to UTC in every time zone."""

    default_error_messages = {
        "year": _("Choose a year between %(first)d and %(last)d."),
    }

    def to_python(self, value: Any) -> datetime | None:
        """Parse the datetime.

        Raises:
            ValidationError: it is invalid or out of range.
        """
        moment = super().to_python(value)
        if moment is not None and not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            params = {"first": _FIRST_YEAR, "last": _LAST_YEAR}
            raise ValidationError(self.error_messages["year"], code="year", params=params)
        return moment


class ShallowJSONField(forms.JSONField):
    """JSON with limited nesting; deeper JSON is a validation error."""

    default_error_messages = {"deep": _("This is nested too deep to be read.")}

    def to_python(self, value: Any) -> Any:
        """Parse the JSON.

        Raises:
            ValidationError: it is invalid or nested too deep.
        """
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["deep"], code="deep") from error
        except ValueError as error:
            # An integer with more digits than Python accepts.
            message = self.error_messages["invalid"]
            raise ValidationError(message, code="invalid", params={"value": value}) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return invalid input as typed, to show it again."""
        try:
            return super().bound_data(data, initial)
        except (RecursionError, ValueError):
            return forms.fields.InvalidJSONInput(data)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether the value changed; invalid input counts as a change."""
        try:
            return super().has_changed(initial, data)
        except (RecursionError, ValidationError, ValueError):
            return True


class SeveralField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """A multiple choice that rejects keys out of the range of the database."""

    def _check_values(self, value: Any) -> Any:
        queryset: Any = self.queryset
        for key in value if isinstance(value, list | tuple) else ():
            if not is_possible_key(queryset.model, key):
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, code="invalid_pk_value", params={"pk": key})
        return super()._check_values(value)  # type: ignore[misc]


def careful_formfield(db_field: Any, **kwargs: Any) -> Any:
    """Return Wagtail's form field, or ours where Wagtail's can crash on input."""
    if isinstance(db_field, models.ManyToManyField):
        kwargs.setdefault("form_class", SeveralField)
    elif type(db_field) is models.JSONField:
        kwargs.setdefault("form_class", ShallowJSONField)
    elif isinstance(db_field, models.DateTimeField):
        kwargs.setdefault("form_class", NearDateTimeField)
    return formfield_for_dbfield(db_field, **kwargs)


class CarefulModelForm(WagtailAdminModelForm):
    """A snippet form with these fields."""

    class Meta:
        formfield_callback = careful_formfield


class CarefulPageForm(WagtailAdminPageForm):
    """A page form with these fields."""

    class Meta:
        formfield_callback = careful_formfield


class FewChildren(BaseChildFormSet):
    """A formset that limits the number of child forms before it builds them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build at most one form over the limit, so that Django reports the error.

        Django's own limit is a thousand more, which takes half a minute.
        """
        self.absolute_max = MOST_CHILDREN + 1
        super().__init__(*args, **kwargs)


class FewInlinePanel(InlinePanel):
    """An inline panel with a limited number of children."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Set the limit of a hundred."""
        kwargs.setdefault("max_num", MOST_CHILDREN)
        super().__init__(*args, **kwargs)

    def get_form_options(self) -> dict[str, Any]:
        """Use the formset that checks the limit first."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = FewChildren
        return options
