"""Filters beside the list: the values of each facet, as a tree with counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from socialekaart_plugin.discovery.facets import DAYS, FACETS
from socialekaart_plugin.discovery.search import FacetOption, SearchResults
from socialekaart_plugin.presentation.distances import distance_text

from .list_query import PARTS, RADII, WITHOUT_FIELD, ListQuery

#: Number of values shown at first; a button shows the rest.
_SHOWN = 8
#: Maximum number of values without a tree, such as keywords: the most used ones.
_MOST = 60
#: Facets that people use most, in this order; the others follow in their own order.
_FIRST = ("theme", "area", "target_group", "kind")
#: Facets that start open; the others open when one of their values is chosen.
_OPEN_GROUPS = ("theme",)


@dataclass(frozen=True)
class Choice:
    """An option of a select field, or a checkbox."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Branches:
    """Sibling values: those shown at first, and the rest.

    Attributes:
        shown: values shown at first.
        more: the rest.
        more_is_open: whether one of the rest is chosen.
    """

    shown: Sequence["Branch"]
    more: Sequence["Branch"]
    more_is_open: bool


@dataclass(frozen=True)
class Branch:
    """A facet value with its narrower values.

    Attributes:
        option: the value.
        below: its narrower values; None if there are none.
        is_open: whether these are shown at first.
    """

    option: FacetOption
    below: Branches | None
    is_open: bool


@dataclass(frozen=True)
class Group:
    """The filter for one facet.

    Attributes:
        name: of the facet.
        label: label of the facet.
        values: the values to choose from.
        chosen: number of chosen values.
        is_open: whether the filter starts open.
    """

    name: str
    label: str
    values: Branches
    chosen: int
    is_open: bool


@dataclass
class _Node:
    option: FacetOption
    below: list["_Node"] = field(default_factory=list)

    @property
    def holds_choice(self) -> bool:
        return self.option.is_chosen or any(node.holds_choice for node in self.below)


def has_field(facet: str) -> bool:
    """Tell whether the form has a field for a facet."""
    return FACETS[facet].is_offered and facet != WITHOUT_FIELD


def counted_facets(query: ListQuery) -> tuple[str, ...]:
    """Return the facets whose values the list needs, for form fields or for labels."""
    return tuple(name for name in FACETS if has_field(name) or name in query.facets)


def filter_groups(results: SearchResults) -> list[Group]:
    """Return the filters with any value to choose, most used facets first."""
    groups = []
    for name in dict.fromkeys((*_FIRST, *FACETS)):
        options = results.options.get(name, [])
        if not has_field(name):
            continue
        nodes = _useful(_tree(_most_used(options)))
        if not nodes:
            continue
        chosen = sum(option.is_chosen for option in options)
        is_open = bool(chosen) or name in _OPEN_GROUPS
        groups.append(Group(name, str(FACETS[name].label), _branches(nodes), chosen, is_open))
    return groups


def day_choices(query: ListQuery) -> list[Choice]:
    """Return the days of the week."""
    return [
        Choice(day, str(WEEKDAYS[number]), number in query.wanted.weekdays)
        for number, day in enumerate(DAYS)
    ]


def part_choices(query: ListQuery) -> list[Choice]:
    """Return the parts of the day."""
    names = {"morning": _("morning"), "afternoon": _("afternoon"), "evening": _("evening")}
    return [Choice(part, names[part], part in query.wanted.parts) for part in PARTS]


def radius_choices(query: ListQuery) -> list[Choice]:
    """Return the distances to choose from."""
    chosen = query.value("radius")
    return [Choice(str(radius), distance_text(radius), str(radius) == chosen) for radius in RADII]


def sort_choices(query: ListQuery) -> list[Choice]:
    """Return the sort orders to choose from; by distance only if there is a point."""
    names = {"name": _("name"), "-verified": _("recently checked")}
    if query.has_point:
        names = {"distance": _("distance"), **names}
    if query.text:
        names = {"relevance": _("relevance"), **names}
    chosen = query.value("sort") or "relevance"
    # The first is the default: without words there is no relevance, only distance or name.
    return [
        Choice(sort if number else "", name, sort == chosen)
        for number, (sort, name) in enumerate(names.items())
    ]


def _most_used(options: list[FacetOption]) -> list[FacetOption]:
    """Return the values; if there are too many without a tree, only the most used."""
    if len(options) <= _SHOWN or any(option.depth for option in options):
        return options
    return sorted(options, key=lambda option: (not option.is_chosen, -option.count))[:_MOST]


def _tree(options: Iterable[FacetOption]) -> list[_Node]:
    roots: list[_Node] = []
    above: list[_Node] = []
    for option in options:
        node = _Node(option)
        while above and above[-1].option.depth >= option.depth:
            above.pop()
        (above[-1].below if above else roots).append(node)
        above.append(node)
    return roots


def _useful(nodes: list[_Node]) -> list[_Node]:
    """Return the branches with a record or a chosen value."""
    kept = [_Node(node.option, _useful(node.below)) for node in nodes]
    return [node for node in kept if node.option.count or node.option.is_chosen or node.below]


def _branches(nodes: list[_Node]) -> Branches:
    # A single extra value is shown, not hidden.
    cut = len(nodes) if len(nodes) <= _SHOWN + 1 else _SHOWN
    is_only = len(nodes) == 1
    made = [
        Branch(
            node.option,
            _branches(node.below) if node.below else None,
            is_only or any(below.holds_choice for below in node.below),
        )
        for node in nodes
    ]
    return Branches(made[:cut], made[cut:], any(node.holds_choice for node in nodes[cut:]))
