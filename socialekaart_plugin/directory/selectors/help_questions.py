"""Find the live records that answer a help question."""

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
    """The live records that answer a help question, sorted by name."""

    organisations: RecordQuerySet
    activities: RecordQuerySet

    def count(self) -> int:
        """Return the number of records (two queries)."""
        return self.organisations.count() + self.activities.count()

    def first(self, number: int) -> list[Record]:
        """Return the first records of both types together (two queries)."""
        records = [*self.organisations[:number], *self.activities[:number]]
        return sorted(records, key=lambda record: (record.name.casefold(), record.pk))[:number]


def records_of(question: HelpQuestion) -> Gathered:
    """Return the live records that answer a help question.

    A record matches if it has one of the themes (or a narrower theme) and one of the target groups.
    Empty themes, or empty target groups, are no condition. Picked records always match. If both
    are empty, only picked records match.

    Args:
        question: stored or unsaved.
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
    """Return the number of live records for each help question, in a fixed number of queries.

    Args:
        questions: with their four relations prefetched (`prefetch_related`).
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
    """Return the live records with one of these values; None if there are no values."""
    named = [uses[pk].live if pk in uses else set() for pk in pks]
    return set().union(*named) if named else None
