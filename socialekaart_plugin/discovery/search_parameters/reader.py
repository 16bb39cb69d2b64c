"""Reading search parameters, strictly or leniently."""

import datetime
from dataclasses import dataclass
from typing import cast, get_args

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.discovery.facets import DAYS, FACETS, VALUE
from socialekaart_plugin.discovery.query import QUERY_MAX_LENGTH
from socialekaart_plugin.discovery.query.plan import DayPart
from socialekaart_plugin.discovery.search import MAX_OFFSET, SearchRequest, Sort
from socialekaart_plugin.foundation.audiences import Audience

from .lookup import Lookup, Parameters, Problem, Words
from .names import ParameterNames
from .parsers import (
    OLDEST,
    RADIUS_MAX,
    read_age,
    read_date,
    read_number,
    read_point,
    read_postcode,
    read_radius,
)

_MOST_VALUES = 50
_MOST_DATES = 31
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_WHOLE = "%s must be a positive integer"
_LEFT_OUT = _("One of the choices does not exist. It was left out.")


@dataclass(frozen=True)
class ReadParameters:
    """What an address asks.

    Attributes:
        request: for the search; without what cannot be used.
        parameters: what an address that asks the same holds; a postcode and an age as typed.
        problems: what cannot be used, in the order of reading.
    """

    request: SearchRequest
    parameters: Parameters
    problems: tuple[Problem, ...]


def read_parameters(
    query: QueryDict,
    names: ParameterNames,
    *,
    strict: bool,
    audience: Audience,
    limit: int = 20,
    limit_max: int | None = None,
) -> ReadParameters:
    """Read what an address asks; nothing in it is an error.

    Args:
        query: the parameters.
        names: those that are accepted.
        strict: as an API is read: lists with commas, and everything unknown or unreadable is a
            problem. Else as a form is read: lists by repeating, what is empty or unknown is not
            there, and the reasons are for residents.
        audience: as whom one looks.
        limit: how many records to give when nothing is said of it.
        limit_max: the most that may be asked; None is any number.
    """
    reader = _Reader(query, names, strict=strict)
    request = reader.request(audience, limit, limit_max)
    parameters = {name: reader.kept[name] for name in names if reader.kept.get(name)}
    return ReadParameters(request, parameters, tuple(reader.problems))


class _Reader(Lookup):
    """Reads parameters one by one, by what they mean."""

    def request(self, audience: Audience, limit: int, limit_max: int | None) -> SearchRequest:
        self._note_unknown()
        reason = "%s must be latitude,longitude in degrees, such as 52.06,4.49"
        near = self.one("near", read_point, reason, _LEFT_OUT)
        postcode = self._postcode()
        has_point = near is not None or bool(postcode)
        since = self._dates("verified_since", most=1)
        return SearchRequest(
            text=self._text(),
            facets=self._facets(),
            postcode=postcode,
            near=near,
            radius=self._radius(has_point=has_point),
            weekdays=tuple(DAYS.index(day) for day in self._among("day", DAYS)),
            parts=cast(tuple[DayPart, ...], self._among("part", get_args(DayPart))),
            dates=self._dates("date", most=_MOST_DATES),
            open_now=self._boolean("open_now", default=False),
            age=self._age(),
            verified_since=since[0] if since else None,
            sort=self._sort(has_point=has_point),
            offset=min(self.one("offset", read_number, _WHOLE) or 0, MAX_OFFSET),
            limit=self._limit(limit, limit_max),
            audience=audience,
            counted=self._counted(),
            read_times=self._boolean("times", default=True),
            correct=not self._boolean("exact", default=False),
            explain=self._boolean("explain", default=False),
        )

    def _note_unknown(self) -> None:
        unknown = sorted(set(self.query) - set(self.names))
        if self.strict and unknown:
            listed = ", ".join(unknown)
            reason = f"query parameter is not an operation or a recognised field: {listed}"
            self.problems.append(Problem("", unknown[0], "", reason))

    def _text(self) -> str:
        name = self.names.text
        text = self.query.get(name, "") if name else ""
        if self.strict and "\x00" in text:
            self.note("text", text, "%s must not contain NUL characters")
        text = text if self.strict else text.replace("\x00", "").strip()
        if len(text) > QUERY_MAX_LENGTH:
            reason = f"%s must be {QUERY_MAX_LENGTH} characters or fewer"
            words = _(
                "That is a lot of text. Only the first %(number)s characters were looked for."
            )
            self.note("text", text, reason, words % {"number": QUERY_MAX_LENGTH})
            text = text[:QUERY_MAX_LENGTH].strip()
        self.kept[name] = (text,) if text else ()
        return text

    def _facets(self) -> dict[str, tuple[str, ...]]:
        found = {}
        for name in self.names.facets:
            given = self.given(name)
            values = tuple(value for value in given if VALUE.fullmatch(value))[:_MOST_VALUES]
            if len(values) < len(given):
                reason = f"%s must be a slug, or slugs separated by commas (at most {_MOST_VALUES})"
                self.note("facets", ",".join(given), reason, _LEFT_OUT, name=name)
            if values:
                found[name] = values
        self.kept |= found
        return found

    def _postcode(self) -> str:
        reason = "%s must be four digits, or four digits and two letters"
        words = _("This is not a postcode. Type four digits, with or without two letters: 2711 AB.")
        return self.one("postcode", read_postcode, reason, words) or ""

    def _radius(self, *, has_point: bool) -> float | None:
        radii = self.names.radii
        radius = self.one(
            "radius",
            lambda value: read_radius(value) if not radii or value in map(str, radii) else None,
            f"%s must be in metres, above 0 and at most {RADIUS_MAX}",
            _("Choose a distance from the list."),
        )
        words = _("Type a postcode too: how far from where?")
        self._need_point("radius", "%s needs near or postcode", words)
        return radius if has_point else None

    def _age(self) -> int | None:
        words = _("Type an age in whole years, from 0 to %(oldest)s.") % {"oldest": OLDEST}
        return self.one("age", read_age, f"%s must be in whole years, from 0 to {OLDEST}", words)

    def _sort(self, *, has_point: bool) -> Sort:
        known: dict[str, Sort] = {sort: sort for sort in self.names.sorts}
        reason = f"cannot order by this; %s must be one of {', '.join(known)}"
        words = _("Choose an order from the list.")
        sort: Sort = self.one("sort", known.get, reason, words) or "relevance"
        if sort == "relevance":
            # So it is unasked.
            self.kept.pop(self.names.sort, None)
        if sort != "distance":
            return sort
        words = _("Type a postcode to see first what is nearest.")
        self._need_point("sort", "%s=distance needs near or postcode", words)
        return sort if has_point else "relevance"

    def _limit(self, default: int, most: int | None) -> int:
        asked = self.one("limit", read_number, _WHOLE)
        limit = default if asked is None else asked
        if most and limit > most:
            self.note("limit", str(limit), f"%s cannot be higher than {most}")
            return most
        return limit

    def _counted(self) -> tuple[str, ...]:
        asked = self.last("counted")
        if asked is None:
            return ()
        offered = tuple(name for name in self.names.facets if FACETS[name].is_offered)
        given = offered if asked == "*" else tuple(dict.fromkeys(asked.split(",")))
        unknown = sorted(set(given) - set(offered))
        if unknown:
            listed = ", ".join(unknown).replace("%", "%%")
            reason = f"unknown facets: {listed}; %s must be * or some of {', '.join(offered)}"
            self.note("counted", asked, reason)
        return tuple(name for name in given if name in offered)

    def _boolean(self, meaning: str, *, default: bool) -> bool:
        # A form has only one way to say it, and nothing else is wrong.
        known = _BOOLEANS if self.strict else {str(int(not default)): not default}
        found = self.one(meaning, known.get, "%s must be true or false")
        return default if found is None else found

    def _dates(self, meaning: str, *, most: int) -> tuple[datetime.date, ...]:
        reason = "%s must be a date, such as 2026-11-23"
        return tuple(self.several(meaning, read_date, reason, most=most).values())

    def _among(self, meaning: str, known: tuple[str, ...]) -> tuple[str, ...]:
        reason = f"%s must be one or more of {', '.join(known)}"
        found = self.several(meaning, {value: value for value in known}.get, reason)
        if self.strict:
            return tuple(found)
        # A form has an order of its own.
        values = tuple(value for value in known if value in found)
        self.kept[getattr(self.names, meaning)] = values
        return values

    def _need_point(self, meaning: str, reason: str, words: Words) -> None:
        """Note what means nothing without a point, unless a point was at least tried."""
        value = self.last(meaning)
        if value is not None and self.last("near") is None and self.last("postcode") is None:
            self.note("postcode", value, reason, words, name=getattr(self.names, meaning))
