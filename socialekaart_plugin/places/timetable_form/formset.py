"""Repeatable rows of a timetable form, used instead of Django formsets."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from socialekaart_plugin.places.timetable_labels import error_in_words
from socialekaart_plugin.timetable.errors import TimetableError

Data = Mapping[str, Any]
#: Prefix of a new row; the script fills it in. `__prefix__` is reserved by Wagtail.
NEW_ROW = "__list__-__row__"

#: Limit on rows: thousands of forms would take half a minute.
MOST_ROWS = 100

_KEY = re.compile(r"\d{1,4}", re.ASCII)


class RowForm(forms.Form):
    """One row; ignored when it is empty."""

    use_required_attribute = False
    #: Fields that do not count when checking for an empty row.
    beside_the_point: tuple[str, ...] = ()

    #: Whether this row exceeds the limit, and so shows that error.
    is_one_too_many = False

    def __init__(self, data: Data | None = None, **kwargs: Any) -> None:
        """Build the row from form data or `initial`; labels have no colon."""
        super().__init__(data, label_suffix="", **kwargs)

    @cached_property
    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        return not self.is_one_too_many and not any(
            bound.data not in (None, "", [], False)
            for bound in self
            if bound.name not in self.beside_the_point
        )

    @property
    def list_name(self) -> str:
        """The input name under which the row number is submitted."""
        return f"{str(self.prefix).rpartition('-')[0]}-row"

    @property
    def key(self) -> str:
        """The row number."""
        return str(self.prefix).rpartition("-")[2]

    @property
    def problems(self) -> list[str]:
        """The error messages of this row."""
        return [str(error) for errors in self.errors.values() for error in errors]

    def refuse(self, error: TimetableError, field: str | None) -> None:
        """Add a timetable error to a field, or to the whole row."""
        self.add_error(field, forms.ValidationError(error_in_words(error), code=error.code))


F = TypeVar("F", bound=RowForm)


class Rows(Generic[F]):
    """A list of row forms of one class."""

    def __init__(
        self,
        form_class: type[F],
        prefix: str,
        data: Data | None = None,
        initial: Iterable[Mapping[str, Any]] = (),
        at_least: int = 0,
    ) -> None:
        """Build the rows from form data, or from stored values.

        Args:
            form_class: the form of one row.
            prefix: of every input name; `<prefix>-row` lists the row numbers.
            data: the submitted data; None for an unsubmitted form.
            initial: the stored values, one per row.
            at_least: the minimum number of rows; missing ones are empty.
        """
        self.prefix = prefix
        if data is None:
            kept = [*initial]
            kept += [{}] * (at_least - len(kept))
            self.forms = [
                form_class(prefix=f"{prefix}-{key}", initial=dict(row))
                for key, row in enumerate(kept)
            ]
        else:
            keys = keys_of(data, f"{prefix}-row") or [str(key) for key in range(at_least)]
            # Keep one row over the limit, to show the error on.
            keys = keys[: MOST_ROWS + 1]
            self.forms = [form_class(data, prefix=f"{prefix}-{key}") for key in keys]
            for form in self.forms[MOST_ROWS:]:
                message = _("No more than %(number)d rows can be kept.") % {"number": MOST_ROWS}
                form.is_one_too_many = True
                form.add_error(None, forms.ValidationError(message, code="too_many"))

    def __iter__(self) -> Iterator[F]:
        return iter(self.forms)

    @property
    def entered(self) -> list[F]:
        """The rows that are not empty."""
        return [form for form in self.forms if not form.is_empty]

    @property
    def problems(self) -> list[str]:
        """The error messages of all rows."""
        return [problem for form in self.entered for problem in form.problems]


def keys_of(data: Data, name: str) -> list[str]:
    """Return the submitted row numbers, in order and without duplicates."""
    getlist = getattr(data, "getlist", None)
    sent = getlist(name) if getlist else data.get(name, [])
    sent = sent if isinstance(sent, list | tuple) else [sent]
    return list(dict.fromkeys(key for key in sent if isinstance(key, str) and _KEY.fullmatch(key)))
