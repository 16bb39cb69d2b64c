"""The theme tree: order, depth and descendants of each theme."""

from collections import defaultdict
from dataclasses import dataclass

from socialekaart_plugin.vocabulary.models import Theme


@dataclass(frozen=True)
class Branch:
    """A theme with its position in the tree.

    Attributes:
        theme: the theme.
        depth: 0 at the top level, 1 for a child of a top theme, and so on.
        is_first: the first on its level.
        is_last: the last on its level.
        below: the pks of all descendants.
    """

    theme: Theme
    depth: int
    is_first: bool
    is_last: bool
    below: frozenset[int]


def theme_tree() -> list[Branch]:
    """Return all themes, each followed by its descendants (one query)."""
    children: dict[int | None, list[Theme]] = defaultdict(list)
    for theme in Theme.objects.order_by("sort_order", "name", "pk"):
        children[theme.parent_id].append(theme)
    tree: list[Branch] = []
    _grow(tree, children, None, 0)
    return tree


def _grow(
    tree: list[Branch], children: dict[int | None, list[Theme]], parent: int | None, depth: int
) -> frozenset[int]:
    """Add the descendants of a theme; returns their pks."""
    level = children[parent]
    found: frozenset[int] = frozenset()
    for number, theme in enumerate(level):
        place = len(tree)
        below = _grow(tree, children, theme.pk, depth + 1)
        tree.insert(place, Branch(theme, depth, number == 0, number == len(level) - 1, below))
        found |= {theme.pk} | below
    return found
