"""Replace words that were merged while a record form was open."""

from typing import Any

from django.http import QueryDict
from taggit.utils import parse_tags

from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme
from socialekaart_plugin.vocabulary.selectors import successors_of


class FollowsMerges:
    """A record form that replaces merged words by their successors.

    Without it, a merged theme would be an error and a merged keyword would be created again.
    A merged keyword that is typed later is replaced too.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        """Replace merged words in the submitted data."""
        super().__init__(follow_merges(data), *args, **kwargs)  # type: ignore[call-arg]


def follow_merges(data: Any) -> Any:
    """Return the submitted data with merged words replaced by their successors."""
    if not isinstance(data, QueryDict):
        return data
    followed = data.copy()
    for name, model in (("themes", Theme), ("target_groups", TargetGroup)):
        chosen = [
            value
            for value in data.getlist(name)
            if value.isascii() and value.isdigit() and len(value) < 19
        ]
        if not chosen:
            continue
        existing = {str(pk) for pk in model.objects.values_list("pk", flat=True)}
        if gone := [int(value) for value in chosen if value not in existing]:
            into = successors_of(model, gone)
            kept = [str(into.get(int(value), value)) for value in chosen]
            followed.setlist(name, list(dict.fromkeys(kept)))
    if keywords := _follow_keywords(parse_tags(data.get("tags", ""))):
        followed["tags"] = keywords
    return followed


def _follow_keywords(names: list[str]) -> str:
    """Return the typed keywords with merged ones replaced; empty if none was merged."""
    existing = set(Keyword.objects.filter(name__in=names).values_list("name", flat=True))
    gone = [name for name in names if name not in existing]
    into = successors_of(Keyword, gone) if gone else {}
    if not into:
        return ""
    by_pk = dict(Keyword.objects.filter(pk__in=into.values()).values_list("pk", "name"))
    kept = [by_pk[into[name]] if name in into else name for name in names]
    return ", ".join(f'"{name}"' for name in dict.fromkeys(kept))
