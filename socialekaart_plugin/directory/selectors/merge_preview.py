"""Preview the changes of a word merge."""

from collections.abc import Sequence
from typing import Any

from socialekaart_plugin.directory.models import Activity, HelpQuestion, Organisation
from socialekaart_plugin.vocabulary.models import Keyword, Theme
from socialekaart_plugin.vocabulary.word_users import MergePreview, RecordNumbers

from .references import RecordKey, read_records, uses_of
from .usage import help_questions_about

NAMED = 20


def merge_preview(words: Sequence[Any]) -> MergePreview:
    """Return the changes that merging these words of one table into another would make."""
    model = type(words[0])
    uses = uses_of(model, {word.pk for word in words}).values()
    live: set[RecordKey] = set().union(*(found.live for found in uses))
    drafts: set[RecordKey] = set().union(*(found.drafts for found in uses)) - live
    everywhere: set[RecordKey] = set().union(*(found.everywhere for found in uses))
    return MergePreview(
        numbers=tuple(
            RecordNumbers(
                of, sum(key.model is of for key in live), sum(key.model is of for key in drafts)
            )
            for of in (Organisation, Activity)
        ),
        total=len(everywhere),
        named=tuple(read_records(live | drafts, NAMED)),
        themes=_narrower(words) if model is Theme else (),
        help_questions=_help_questions(words) if model is not Keyword else (),
    )


def _narrower(words: Sequence[Any]) -> tuple[Theme, ...]:
    return tuple(Theme.objects.filter(parent__in=words).exclude(pk__in=[word.pk for word in words]))


def _help_questions(words: Sequence[Any]) -> tuple[HelpQuestion, ...]:
    questions = {
        use.row.pk: use.row for uses in help_questions_about(words).values() for use in uses
    }
    return tuple(sorted((q for q in questions.values() if isinstance(q, HelpQuestion)), key=str))
