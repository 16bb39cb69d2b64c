"""What a help question gathers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from socialekaart_plugin.directory.models import Activity, HelpQuestion, Organisation, Record
from socialekaart_plugin.directory.querysets import RecordQuerySet
from socialekaart_plugin.foundation.tree_queries import with_descendants
from socialekaart_plugin.vocabulary.models import TargetGroup, Theme
from socialekaart_plugin.vocabulary.selectors import theme_tree

from .references import RecordKey, Uses, uses_of


@dataclass(frozen=True)
class Gathered:
    """The live records that answer a help question, by name."""

    organisations: RecordQuerySet
    activities: RecordQuerySet

    def count(self) -> int:
        """Return how many there are (two queries)."""
        return self.organisations.count() + self.activities.count()

    def first(self, number: int) -> list[Record]:
        """Return the first so many by name, of both types together (two queries)."""
        records = [*self.organisations[:number], *self.activities[:number]]
        return sorted(records, key=lambda record: (record.name.casefold(), record.pk))[:number]


def records_of(question: HelpQuestion) -> Gathered:
    """Return the live records that a help question gathers.

    Those with one of its themes, narrower ones included, that are for one of its target groups;
    where it names no themes or no target groups, that is no condition. And those picked by hand,
    whatever their themes. A question that names neither gathers what was picked only.

    Args:
        question: as stored, or as it is being edited.
    """
    themes = with_descendants(Theme, [theme.pk for theme in question.themes.all()])
    groups = {group.pk for group in question.target_groups.all()}
    return Gathered(
        organisations=_gathered(Organisation, themes, groups, question.organisations.all()),
        activities=_gathered(Activity, themes, groups, question.activities.all()),
    )


def _gathered(
    model: type[Record], themes: set[int], groups: set[int], picked: Iterable[Record]
) -> RecordQuerySet:
    belongs = Q(pk__in=[record.pk for record in picked])
    if themes or groups:
        answers = Q()
        if themes:
            answers &= Q(pk__in=model.objects.filter(themes__in=themes).values("pk"))
        if groups:
            answers &= Q(pk__in=model.objects.filter(target_groups__in=groups).values("pk"))
        belongs |= answers
    return model.objects.live().filter(belongs).order_by("name", "pk")


def numbers_gathered(questions: Iterable[HelpQuestion]) -> dict[int, int]:
    """Return how many live records each help question gathers, in a fixed number of queries.

    Args:
        questions: read with `prefetch_related` of their four relations.
    """
    below = {branch.theme.pk: {branch.theme.pk} | branch.below for branch in theme_tree()}
    themes, groups = uses_of(Theme), uses_of(TargetGroup)
    numbers = {}
    for question in questions:
        conditions = [
            _live(themes, (pk for t in question.themes.all() for pk in below.get(t.pk, {t.pk}))),
            _live(groups, (group.pk for group in question.target_groups.all())),
        ]
        asked = [condition for condition in conditions if condition is not None]
        gathered = set.intersection(*asked) if asked else set()
        picked = (*question.organisations.all(), *question.activities.all())
        gathered |= {RecordKey(type(record), record.pk) for record in picked if record.live}
        numbers[question.pk] = len(gathered)
    return numbers


def _live(uses: dict[int, Uses], pks: Iterable[int]) -> set[RecordKey] | None:
    """Return the live records that name one of these; None when there are none of these."""
    named = [uses[pk].live if pk in uses else set() for pk in pks]
    return set().union(*named) if named else None
