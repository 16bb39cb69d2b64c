"""Convert stored revision values of a record to readable text."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.fields import RichTextField
from wagtail.utils.text import text_from_html

from socialekaart_plugin.directory.fields import ScheduleField
from socialekaart_plugin.foundation.choice_list import ChoiceListField
from socialekaart_plugin.places.choices import AccessibilityFact
from socialekaart_plugin.places.fields import AccessibilityField, OpeningHoursField
from socialekaart_plugin.places.timetable_labels import sentence_language
from socialekaart_plugin.timetable.as_json import opening_hours_from_json, schedule_from_json
from socialekaart_plugin.timetable.errors import TimetableError
from socialekaart_plugin.timetable.sentences import opening_sentence, sentence

_END_OF_BLOCK = re.compile(r"</(?:p|h\d|li)>")


class Names:
    """Names of related rows, loaded with one query per table."""

    def __init__(self) -> None:
        """Start without names."""
        self._wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        self._found: dict[type[models.Model], dict[Any, str]] = {}

    def request(self, field: Any, value: Any) -> None:
        """Request the names of the rows that a value refers to."""
        if field.related_model is not None:
            keys = value if isinstance(value, list) else [value]
            self._wanted[field.related_model] |= {key for key in keys if key is not None}

    def read(self) -> None:
        """Load all requested names."""
        for model, keys in self._wanted.items():
            name = get_user_display_name if issubclass(model, AbstractBaseUser) else str
            rows = model._default_manager.in_bulk(list(keys))
            self._found[model] = {key: str(name(row)) for key, row in rows.items()}

    def of(self, field: Any, key: Any) -> str:
        """Return the name of a row, or a text that it was deleted."""
        return self._found.get(field.related_model, {}).get(key) or str(_("(removed)"))


def in_words(field: Any, value: Any, names: Names) -> str:
    """Return a field value as text; empty if there is none.

    Args:
        field: the model field, or the relation to child rows.
        value: as `serializable_data` stores it.
        names: with the names of related rows loaded.
    """
    if value in (None, "", [], {}):
        return ""
    if field.related_model is not None:
        keys = value if isinstance(value, list) else [value]
        return ", ".join(sorted(names.of(field, key) for key in keys))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    for kind, to_words in _BY_KIND:
        if isinstance(field, kind):
            return to_words(field, value)
    choices = dict(field.flatchoices or ())
    return str(choices.get(value, value))


def _choices(field: Any, value: Iterable[Any]) -> str:
    labels = dict(field.flatchoices)
    return ", ".join(str(labels.get(each, each)) for each in value)


def _accessibility(field: Any, value: dict[str, bool]) -> str:
    labels = dict(AccessibilityFact.choices)
    return ", ".join(
        f"{labels.get(fact, fact)}: {_('yes') if answer else _('no')}"
        for fact, answer in value.items()
    )


def _schedule(field: Any, value: Any) -> str:
    try:
        return sentence(schedule_from_json(value), sentence_language())
    except TimetableError:
        # Show unknown values of older plugin versions unchanged.
        return str(value)


def _opening_hours(field: Any, value: Any) -> str:
    try:
        return opening_sentence(opening_hours_from_json(value), sentence_language())
    except TimetableError:
        return str(value)


def _rich_text(field: Any, value: str) -> str:
    return str(text_from_html(_END_OF_BLOCK.sub("\\g<0>\n", value))).strip()


def _moment(field: Any, value: Any) -> str:
    moment = value if isinstance(value, datetime.datetime) else parse_datetime(value)
    if moment is None:
        return str(value)
    return date_format(localtime(moment) if is_aware(moment) else moment, "DATETIME_FORMAT")


def _day(field: Any, value: Any) -> str:
    day = value if isinstance(value, datetime.date) else parse_date(value)
    return date_format(day, "DATE_FORMAT") if day is not None else str(value)


_BY_KIND: tuple[tuple[type, Any], ...] = (
    (ChoiceListField, _choices),
    (AccessibilityField, _accessibility),
    (ScheduleField, _schedule),
    (OpeningHoursField, _opening_hours),
    (RichTextField, _rich_text),
    (models.DateTimeField, _moment),
    (models.DateField, _day),
)
