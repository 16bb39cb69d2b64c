"""A form that was opened before words were merged, and is sent after."""

from typing import Any

from django.http import QueryDict
from taggit.utils import parse_tags

from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme
from socialekaart_plugin.vocabulary.selectors import successors_of


class FollowsMerges:
    """A form of a record in which a word that is gone becomes what it was merged into.

    Without it a theme that was merged meanwhile would be an error, and a keyword would be made
    anew. A keyword that is typed after it was merged becomes the other one too.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        """Take what was sent, with the words as they are now."""
        super().__init__(follow_merges(data), *args, **kwargs)  # type: ignore[call-arg]


def follow_merges(data: Any) -> Any:
    """Return what was sent, with words that were merged replaced by what they were merged into."""
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
    """Return keywords as they are typed, merged ones replaced; empty when none was merged."""
    existing = set(Keyword.objects.filter(name__in=names).values_list("name", flat=True))
    gone = [name for name in names if name not in existing]
    into = successors_of(Keyword, gone) if gone else {}
    if not into:
        return ""
    by_pk = dict(Keyword.objects.filter(pk__in=into.values()).values_list("pk", "name"))
    kept = [by_pk[into[name]] if name in into else name for name in names]
    return ", ".join(f'"{name}"' for name in dict.fromkeys(kept))
