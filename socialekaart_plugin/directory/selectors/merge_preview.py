"""What a merge of words would change, before it is done; and what was merged into what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import ModelLogEntry

from socialekaart_plugin.directory.models import (
    Activity,
    HelpQuestion,
    Keyword,
    Organisation,
    Record,
    Theme,
)

from .references import RecordKey, read_records, uses_of
from .usage import help_questions_about

NAMED = 20


@dataclass(frozen=True)
class RecordNumbers:
    """How many records of a type a merge changes.

    Attributes:
        model: the type.
        live: how many of them in public.
        drafts: how many only in a version that is not public.
    """

    model: type[Record]
    live: int
    drafts: int


@dataclass(frozen=True)
class MergePreview:
    """What a merge would change.

    Attributes:
        numbers: records, by type.
        total: how many records are written, those included of which no one sees the difference.
        named: the first of them by name.
        themes: what becomes part of the theme that stays.
        help_questions: those that get the word that stays.
    """

    numbers: tuple[RecordNumbers, ...]
    total: int
    named: tuple[Record, ...]
    themes: tuple[Theme, ...]
    help_questions: tuple[HelpQuestion, ...]


def merge_preview(words: Sequence[Any]) -> MergePreview:
    """Tell what changes when these words, of one table, are merged into another."""
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


def successors_of(model: type[Model], gone: Iterable[int | str]) -> dict[int | str, int]:
    """Return what took the place of merged words, as the audit log has it.

    For who saves a form that was opened before the merge.

    Args:
        model: the table.
        gone: pks, or names, of words that do not exist any more.

    Returns:
        The pk of the word that stayed, by what was asked; without what was never merged, or of
        which the successor is gone too.
    """
    into: dict[int | str, int] = {}
    lines = ModelLogEntry.objects.filter(
        action="socialekaart.merge", content_type=ContentType.objects.get_for_model(model)
    )
    for line in lines.order_by("timestamp", "pk"):
        for merged in line.data["merged"]:
            into[merged["pk"]] = into[merged["name"]] = int(line.object_id)
    existing = set(model._default_manager.values_list("pk", flat=True))
    found = {}
    for word in gone:
        successor = into.get(word)
        while successor is not None and successor not in existing:
            successor = into.get(successor)
        if successor is not None:
            found[word] = successor
    return found
