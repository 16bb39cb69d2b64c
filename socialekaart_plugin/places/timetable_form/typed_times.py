"""Form fields for typed dates and times: “10”, “10.30”, “930”, “1-12-2026”, “1 dec 2026”.

Invalid input is shown again exactly as typed.
"""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.places.timetable_labels import write_date

#: 24:00, in minutes.
END_OF_DAY = 24 * 60

_TIME = re.compile(r"(\d{1,2})(?:[:.,uh ]?(\d\d))?\s*(?:uur|u|h)?", re.ASCII)
_DATE = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[a-z]{3,9})\.?[-/. ]*(\d{4}|\d\d)", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_APART = re.compile(r"[,;\n]")
# Month prefixes in Dutch and English.
_MONTHS = [
    ("jan",),
    ("feb",),
    ("maa", "mrt", "mar"),
    ("apr",),
    ("mei", "may"),
    ("jun",),
    ("jul",),
    ("aug",),
    ("sep",),
    ("okt", "oct"),
    ("nov",),
    ("dec",),
]
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}


class TimeInput(forms.TextInput):
    """A narrow input with a numeric keyboard on phones."""

    def __init__(self) -> None:
        """Set the numeric input mode."""
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "sk-time"})


class DateInput(forms.TextInput):
    """A text input for a date; the script adds a calendar."""

    def __init__(self, several: bool = False) -> None:
        """Set whether the calendar adds a date or replaces it."""
        many = {"data-several": "true"} if several else {}
        super().__init__(
            {"autocomplete": "off", "data-sk-date": "", "placeholder": _("dd-mm-yyyy"), **many}
        )


class TimeField(forms.Field):
    """A time of day in minutes after midnight; 24.00 is allowed."""

    widget = TimeInput
    default_error_messages = {"invalid": _("“%(typed)s” is no time. Write it as 10:00.")}

    def to_python(self, value: Any) -> int | None:
        """Parse a time."""
        typed = _typed(value)
        if not typed:
            return None
        found = _TIME.fullmatch(typed.lower())
        minutes = 60 * int(found[1]) + int(found[2] or 0) if found else -1
        if found is None or int(found[2] or 0) > 59 or minutes > END_OF_DAY:
            raise _unreadable(self, typed)
        return minutes


class DateField(forms.Field):
    """A date."""

    widget = DateInput
    default_error_messages = {"invalid": _("“%(typed)s” is no date. Write it as 31-12-2026.")}

    def prepare_value(self, value: Any) -> Any:
        """Format a stored date; return typed text unchanged."""
        return write_date(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        """Parse a date."""
        typed = _typed(value)
        return _read_date(self, typed) if typed else None


class DatesField(DateField):
    """Dates separated by commas."""

    def __init__(self, **kwargs: Any) -> None:
        """Use the widget whose calendar adds dates."""
        super().__init__(widget=DateInput(several=True), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Format stored dates; return typed text unchanged."""
        if isinstance(value, str) or value is None:
            return value
        return ", ".join(map(write_date, value))

    def to_python(self, value: Any) -> tuple[date, ...]:  # type: ignore[override]
        """Parse the dates."""
        parts = [part.strip() for part in _APART.split(_typed(value))]
        return tuple(_read_date(self, part) for part in parts if part)


class NumberField(forms.IntegerField):
    """A whole number; the text input shows invalid input again as typed."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write a whole number.")}


class NumbersField(forms.Field):
    """Whole numbers separated by commas, such as days of the month."""

    default_error_messages = {"invalid": _("“%(typed)s” is no day. Write days as 1, 15.")}

    def prepare_value(self, value: Any) -> Any:
        """Format stored numbers; return typed text unchanged."""
        if isinstance(value, str) or value is None:
            return value
        return ", ".join(map(str, value))

    def to_python(self, value: Any) -> tuple[int, ...]:
        """Parse the numbers."""
        parts = [part.strip() for part in _APART.split(_typed(value))]
        for part in parts:
            if part and not re.fullmatch(r"\d{1,2}", part, re.ASCII):
                raise _unreadable(self, part)
        return tuple(int(part) for part in parts if part)


def _typed(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _read_date(field: forms.Field, typed: str) -> date:
    if found := _ISO_DATE.fullmatch(typed):
        year, month, day = map(int, found.groups())
    elif found := _DATE.fullmatch(typed.lower()):
        day, year = int(found[1]), int(found[3])
        month = int(found[2]) if found[2].isdigit() else _MONTH_NUMBERS.get(found[2][:3], 0)
        year += 2000 if len(found[3]) == 2 else 0
    else:
        raise _unreadable(field, typed)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise _unreadable(field, typed) from error


def _unreadable(field: forms.Field, typed: str) -> ValidationError:
    return ValidationError(
        field.error_messages["invalid"], code="invalid", params={"typed": typed[:60]}
    )
