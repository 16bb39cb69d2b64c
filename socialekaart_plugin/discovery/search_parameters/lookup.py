"""Looking up parameters in an address: their values as they were read, and the problems."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .names import ParameterNames

#: Values by the name of their parameter.
Parameters = dict[str, tuple[str, ...]]
Value = TypeVar("Value")
Words = str | Promise | None

#: Characters of a single value, when read leniently.
_LONGEST_FIELD = 40
#: What people type, and not choose: shown to them again also when it cannot be read.
_TYPED = ("postcode", "age")
_TIME_LEFT_OUT = _("One of the days or times does not exist. It was left out.")


@dataclass(frozen=True)
class Problem:
    """A parameter that cannot be used.

    Attributes:
        meaning: what is to be mended, as `ParameterNames` calls it.
        parameter: its name in the address.
        value: what stands there.
        reason: what is wrong: read strictly, in English for developers, else for residents.
    """

    meaning: str
    parameter: str
    value: str
    reason: str | Promise


class Lookup:
    """The parameters of an address.

    Attributes:
        kept: the values that were read, as they stand in the address.
        problems: what cannot be used, in the order of reading.
    """

    def __init__(self, query: QueryDict, names: ParameterNames, *, strict: bool) -> None:
        """Have read nothing yet."""
        self.query = query
        self.names = names
        self.strict = strict
        self.kept: Parameters = {}
        self.problems: list[Problem] = []

    def several(
        self,
        meaning: str,
        read: Callable[[str], Value | None],
        reason: str,
        *,
        most: int | None = None,
    ) -> dict[str, Value]:
        """Read every value of a parameter; days and times only."""
        name = getattr(self.names, meaning)
        given = list(dict.fromkeys(self.given(name)))
        if most is not None and len(given) > most:
            self.note(meaning, ",".join(given), f"%s takes at most {most}", _TIME_LEFT_OUT)
            given = given[:most]
        found = {value: each for value in given if (each := read(value)) is not None}
        if len(found) < len(given):
            self.note(meaning, ",".join(given), reason, _TIME_LEFT_OUT)
        self.kept[name] = tuple(found)
        return found

    def one(
        self, meaning: str, read: Callable[[str], Value | None], reason: str, words: Words = None
    ) -> Value | None:
        """Read a single value; None when it is not there, or cannot be read."""
        value = self.last(meaning)
        if value is None:
            return None
        found = read(value)
        if found is None:
            self.note(meaning, value, reason, words)
        if found is not None or meaning in _TYPED:
            self.kept[getattr(self.names, meaning)] = (value,)
        return found

    def note(
        self, meaning: str, value: str, reason: str, words: Words = None, *, name: str = ""
    ) -> None:
        """Note a problem: `reason` about the parameter, or `words` for residents if there are."""
        name = name or getattr(self.names, meaning)
        message: Words = reason % name if self.strict else words
        if message is not None:
            self.problems.append(Problem(meaning, name, value, message))

    def last(self, meaning: str) -> str | None:
        """Return the last value of a parameter: cleaned, and None when empty, unless strict."""
        name = getattr(self.names, meaning)
        value = self.query.get(name) if name else None
        if value is None or self.strict:
            return value
        return value.replace("\x00", "").strip()[:_LONGEST_FIELD] or None

    def given(self, name: str) -> list[str]:
        """Return every value of a parameter; without empty and double ones, unless strict."""
        given = self.query.getlist(name) if name else []
        if self.strict:
            return [value for values in given for value in values.split(",")]
        return list(dict.fromkeys(filter(None, given)))
