"""Rows that someone adds and removes: small forms with names of their own, in order of screen."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from socialekaart_plugin.places.timetable_labels import error_in_words
from socialekaart_plugin.timetable.errors import TimetableError

Data = Mapping[str, Any]
#: Of a new row, the script fills in its list and number; not `__prefix__`, which is Wagtail's.
NEW_ROW = "__list__-__row__"

#: Nobody has so many; making the forms of some thousands takes half a minute.
MOST_ROWS = 100

_KEY = re.compile(r"\d{1,4}", re.ASCII)


class RowForm(forms.Form):
    """One row; all of it may be empty, then it is not there."""

    use_required_attribute = False
    #: Fields that say nothing when the others are empty.
    beside_the_point: tuple[str, ...] = ()

    #: Whether there are as many rows as can be without it; it says so.
    is_one_too_many = False

    def __init__(self, data: Data | None = None, **kwargs: Any) -> None:
        """Take what was sent, or `initial`; labels stand without a colon."""
        super().__init__(data, label_suffix="", **kwargs)

    @cached_property
    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen."""
        return not self.is_one_too_many and not any(
            bound.data not in (None, "", [], False)
            for bound in self
            if bound.name not in self.beside_the_point
        )

    @property
    def list_name(self) -> str:
        """The name under which its number is sent."""
        return f"{str(self.prefix).rpartition('-')[0]}-row"

    @property
    def key(self) -> str:
        """Its number among the rows."""
        return str(self.prefix).rpartition("-")[2]

    @property
    def problems(self) -> list[str]:
        """What is wrong with it, in words."""
        return [str(error) for errors in self.errors.values() for error in errors]

    def refuse(self, error: TimetableError, field: str | None) -> None:
        """Put an error of the timetable into words at a field, or at the whole row."""
        self.add_error(field, forms.ValidationError(error_in_words(error), code=error.code))


F = TypeVar("F", bound=RowForm)


class Rows(Generic[F]):
    """Forms of one kind, as many as there are rows."""

    def __init__(
        self,
        form_class: type[F],
        prefix: str,
        data: Data | None = None,
        initial: Iterable[Mapping[str, Any]] = (),
        at_least: int = 0,
    ) -> None:
        """Find the rows in what was sent, or make them of what was kept.

        Args:
            form_class: of one row.
            prefix: of every name in it; `<prefix>-row` tells which rows there are.
            data: what was sent; None for a form that begins.
            initial: what was kept, a row each.
            at_least: so many rows, empty if need be.
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
            # One more than there can be: it says so, and of the rest no form is made.
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
        """The rows in which something stands."""
        return [form for form in self.forms if not form.is_empty]

    @property
    def problems(self) -> list[str]:
        """What is wrong with them, in words."""
        return [problem for form in self.entered for problem in form.problems]


def keys_of(data: Data, name: str) -> list[str]:
    """Return the numbers of the rows that were sent, in order, each once."""
    getlist = getattr(data, "getlist", None)
    sent = getlist(name) if getlist else data.get(name, [])
    sent = sent if isinstance(sent, list | tuple) else [sent]
    return list(dict.fromkeys(key for key in sent if isinstance(key, str) and _KEY.fullmatch(key)))
