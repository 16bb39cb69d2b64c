"""List what uses a word, place, area or organisation, to show before deletion."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from socialekaart_plugin.directory.models import HelpQuestion
from socialekaart_plugin.foundation.deletion import UsedBy, register_uses
from socialekaart_plugin.places.models import Area
from socialekaart_plugin.places.selectors import what_lies_within
from socialekaart_plugin.vocabulary.models import TargetGroup, Theme

from .references import COUNTED, uses_of


def records_using(rows: Sequence[Any]) -> dict[Any, list[UsedBy]]:
    """Return the records that use these rows, by pk: live ones first, then drafts."""
    uses = uses_of(type(rows[0]), {row.pk for row in rows})
    wanted = set().union(*(found.in_use for found in uses.values()))
    pks: dict[Any, list[int]] = defaultdict(list)
    for model, pk in wanted:
        pks[model].append(pk)
    named = {
        (model, record.pk): record
        for model, of_model in pks.items()
        for record in model.objects.filter(pk__in=of_model).only("name")
    }
    by_name = sorted(named, key=lambda key: named[key].name.casefold())
    return {
        pk: [
            *(UsedBy(named[key]) for key in by_name if key in found.live),
            *(UsedBy(named[key], is_draft=True) for key in by_name if key in found.drafts),
        ]
        for pk, found in uses.items()
    }


def narrower_themes(themes: Sequence[Theme]) -> dict[Any, list[UsedBy]]:
    """Return the child themes of these themes, by pk."""
    found: dict[Any, list[UsedBy]] = defaultdict(list)
    for child in Theme.objects.filter(parent__in=themes):
        found[child.parent_id].append(UsedBy(child))
    return found


def help_questions_about(words: Sequence[Any]) -> dict[Any, list[UsedBy]]:
    """Return the help questions with these themes or target groups, by pk."""
    field: dict[type[Model], str] = {Theme: "themes", TargetGroup: "target_groups"}
    name = field[type(words[0])]
    found: dict[Any, list[UsedBy]] = defaultdict(list)
    questions = HelpQuestion.objects.filter(**{f"{name}__in": words}).distinct()
    for question in questions.prefetch_related(name):
        for word in getattr(question, name).all():
            found[word.pk].append(UsedBy(question))
    return found


def register_what_is_used() -> None:
    """Register these checks for deletions; called by `AppConfig.ready()`."""
    for model in COUNTED:
        register_uses(model, records_using)
    register_uses(Theme, narrower_themes)
    register_uses(Area, what_lies_within)
    for model in (Theme, TargetGroup):
        register_uses(model, help_questions_about)
