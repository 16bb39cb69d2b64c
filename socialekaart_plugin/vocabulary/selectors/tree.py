"""Themes as a tree: the order in which they are shown, and what stands below what."""

from collections import defaultdict
from dataclasses import dataclass

from socialekaart_plugin.vocabulary.models import Theme


@dataclass(frozen=True)
class Branch:
    """A theme where it stands in the tree.

    Attributes:
        theme: the theme.
        depth: 0 at the top, 1 below a theme of the top, and so on.
        is_first: nothing stands above it on its own level.
        is_last: nothing stands below it on its own level.
        below: the pks of all themes that are part of it, at any depth.
    """

    theme: Theme
    depth: int
    is_first: bool
    is_last: bool
    below: frozenset[int]


def theme_tree() -> list[Branch]:
    """Return all themes, each with what is part of it after it (one query)."""
    children: dict[int | None, list[Theme]] = defaultdict(list)
    for theme in Theme.objects.order_by("sort_order", "name", "pk"):
        children[theme.parent_id].append(theme)
    tree: list[Branch] = []
    _grow(tree, children, None, 0)
    return tree


def _grow(
    tree: list[Branch], children: dict[int | None, list[Theme]], parent: int | None, depth: int
) -> frozenset[int]:
    """Add what stands below a theme; returns the pks of all of it."""
    level = children[parent]
    found: frozenset[int] = frozenset()
    for number, theme in enumerate(level):
        place = len(tree)
        below = _grow(tree, children, theme.pk, depth + 1)
        tree.insert(place, Branch(theme, depth, number == 0, number == len(level) - 1, below))
        found |= {theme.pk} | below
    return found
