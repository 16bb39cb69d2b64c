"""The names that a channel gives to what can be asked of the search."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import get_args

from socialekaart_plugin.discovery.search import Sort


@dataclass(frozen=True)
class ParameterNames:
    """The parameters that a channel accepts, by what they mean; without a name it is not accepted.

    Attributes:
        text: words.
        facets: facets, which keep their own names.
        postcode: where to look from.
        near: where to look from, as latitude and longitude.
        radius: metres around it.
        day: days of the week.
        part: parts of the day.
        date: days of the calendar.
        open_now: held or open at this moment.
        age: in years.
        verified_since: verified on this day or later.
        sort: order.
        times: whether days and times in the words count as such.
        exact: whether words that nothing has are left as they are.
        offset: how many records to pass over.
        limit: how many records to give.
        counted: facets to count.
        explain: whether to tell why a record stands where it stands.
        others: what the channel reads itself.
        sorts: the orders that can be chosen.
        radii: the distances that can be chosen; any when empty.
    """

    text: str = ""
    facets: tuple[str, ...] = ()
    postcode: str = ""
    near: str = ""
    radius: str = ""
    day: str = ""
    part: str = ""
    date: str = ""
    open_now: str = ""
    age: str = ""
    verified_since: str = ""
    sort: str = ""
    times: str = ""
    exact: str = ""
    offset: str = ""
    limit: str = ""
    counted: str = ""
    explain: str = ""
    others: tuple[str, ...] = ()
    sorts: tuple[Sort, ...] = get_args(Sort)
    radii: tuple[int, ...] = ()

    def __iter__(self) -> Iterator[str]:
        """Give every name that is accepted, in the order of the attributes."""
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in ("facets", "others"):
                yield from value
            elif value and field.name not in ("sorts", "radii"):
                yield value
