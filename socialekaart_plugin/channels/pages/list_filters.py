"""The filters beside the list: the values of every facet, as a tree with counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from socialekaart_plugin.discovery.facets import DAYS, FACETS
from socialekaart_plugin.discovery.search import FacetOption, SearchResults
from socialekaart_plugin.presentation.distances import distance_text

from .list_query import PARTS, RADII, WITHOUT_FIELD, ListQuery

#: So many values are shown at once, the rest for who asks for more.
_SHOWN = 8
#: Of values without tree, such as keywords, no more than this: the most used ones.
_MOST = 60
#: What people choose by first; the other facets follow in their own order.
_FIRST = ("theme", "area", "target_group", "kind")
#: Open from the start; the others when something in them is chosen.
_OPEN_GROUPS = ("theme",)


@dataclass(frozen=True)
class Choice:
    """A line of a select field, or a box to tick."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Branches:
    """Values that lie side by side: those shown at once, and the rest.

    Attributes:
        shown: what is seen at once.
        more: what is seen after asking for more.
        more_is_open: whether something chosen is among the rest.
    """

    shown: Sequence["Branch"]
    more: Sequence["Branch"]
    more_is_open: bool


@dataclass(frozen=True)
class Branch:
    """A value of a facet, with what lies below it.

    Attributes:
        option: the value.
        below: what lies below it; None when there is nothing.
        is_open: whether that is shown at once.
    """

    option: FacetOption
    below: Branches | None
    is_open: bool


@dataclass(frozen=True)
class Group:
    """The filter on one facet.

    Attributes:
        name: of the facet.
        label: as people read it.
        values: what one can choose.
        chosen: how many are.
        is_open: whether it is shown at once.
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
    """Return the facets that the list needs the values of, for its fields or for their names."""
    return tuple(name for name in FACETS if has_field(name) or name in query.facets)


def filter_groups(results: SearchResults) -> list[Group]:
    """Return the filters that have anything to choose, what is chosen most first."""
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
    """Return the distances one can choose."""
    chosen = query.value("radius")
    return [Choice(str(radius), distance_text(radius), str(radius) == chosen) for radius in RADII]


def sort_choices(query: ListQuery) -> list[Choice]:
    """Return the orders one can choose; by distance only when there is a point to measure from."""
    names = {"name": _("name"), "-verified": _("recently checked")}
    if query.has_point:
        names = {"distance": _("distance"), **names}
    if query.text:
        names = {"relevance": _("relevance"), **names}
    chosen = query.value("sort") or "relevance"
    # The first is what one gets unasked: without words there is no relevance, only where or names.
    return [
        Choice(sort if number else "", name, sort == chosen)
        for number, (sort, name) in enumerate(names.items())
    ]


def _most_used(options: list[FacetOption]) -> list[FacetOption]:
    """Return the values, those without tree by use when there are too many to show at once."""
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
    """Return the branches that hold a record or a choice."""
    kept = [_Node(node.option, _useful(node.below)) for node in nodes]
    return [node for node in kept if node.option.count or node.option.is_chosen or node.below]


def _branches(nodes: list[_Node]) -> Branches:
    # One value more than fits is shown rather than put away.
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
