"""Replace merged words on records and help questions."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from wagtail.log_actions import log

from socialekaart_plugin.directory.amendments import amend_record
from socialekaart_plugin.directory.models import HelpQuestion, Record
from socialekaart_plugin.directory.requirements import RecordLocked
from socialekaart_plugin.directory.selectors.merge_preview import merge_preview
from socialekaart_plugin.directory.selectors.references import RecordKey, uses_of
from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme
from socialekaart_plugin.vocabulary.word_users import WordUsers, register_word_users

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    User = AbstractBaseUser | None

#: For each kind of word, the field that holds it on records and help questions.
_FIELDS: dict[type[Any], str] = {Theme: "themes", TargetGroup: "target_groups", Keyword: "tags"}


def require_unlocked_uses(words: Sequence[Any], user: Any) -> None:
    """Refuse to change words of a record that a colleague of `user` locked.

    Raises:
        RecordLocked: for the first locked record.
    """
    for model, pks in _records_with(words).items():
        for record in model.objects.filter(pk__in=pks, locked=True).order_by("name", "pk"):
            record.require_unlocked_for(user)


def replace_words(going: Sequence[Any], staying: Any, user: "User") -> dict[str, int]:
    """Replace words of one table by another word, on records and help questions.

    Changes live records, drafts and scheduled revisions. Writes a log entry for each record and
    help question. Runs in the transaction of `merge_words`, which holds the lock.

    Args:
        going: the words to replace.
        staying: the word that stays.
        user: who merges; None for the system.

    Returns:
        The number of changed rows, by type.

    Raises:
        RecordLocked: a colleague of `user` locked a record.
    """
    numbers = _amend_records(going, staying, user)
    numbers["help_question"] = _amend_help_questions(going, staying, user)
    return numbers


def _amend_records(going: Sequence[Any], staying: Any, user: "User") -> Counter[str]:
    """Replace the words on every record; returns the number of changed records, by type."""
    numbers: Counter[str] = Counter()
    for model, pks in _records_with(going).items():
        for pk in pks:
            record = amend_record(record=model(pk=pk), amend=_replacing(going, staying), user=user)
            _log_replaced(record, going, staying, user)
            numbers[model._meta.model_name or ""] += 1
    return numbers


def _records_with(words: Sequence[Any]) -> dict[type[Any], list[int]]:
    """Return the keys of the records that use one of these words, live or in a draft."""
    if not words:
        return {}
    uses = uses_of(type(words[0]), [word.pk for word in words])
    keys: set[RecordKey] = set().union(*(found.everywhere for found in uses.values()))
    found_by_type: dict[type[Any], list[int]] = {}
    for model, pk in sorted(keys, key=lambda key: (key.model.__name__, key.pk)):
        found_by_type.setdefault(model, []).append(pk)
    return found_by_type


def _replacing(going: Sequence[Any], staying: Any) -> Callable[[Record], None]:
    """Return a function that replaces the words on one instance."""
    if isinstance(staying, Keyword):
        names = {word.name for word in going}

        def replace_tags(record: Any) -> None:
            if names & {tag.name for tag in record.tags.all()}:
                record.tags.remove(*names)
                record.tags.add(staying)

        return replace_tags
    return lambda record: _replace_chosen(record, going, staying)


def _replace_chosen(holder: Any, going: Sequence[Any], staying: Any) -> None:
    """Replace the words in the relation of a record or help question."""
    field = _FIELDS[type(staying)]
    chosen = list(getattr(holder, field).all())
    if any(word in going for word in chosen):
        replaced = [staying if word in going else word for word in chosen]
        setattr(holder, field, list(dict.fromkeys(replaced)))


def _amend_help_questions(going: Sequence[Any], staying: Any, user: "User") -> int:
    if isinstance(staying, Keyword):
        return 0
    chosen = {f"{_FIELDS[type(staying)]}__in": going}
    questions = list(HelpQuestion.objects.filter(**chosen).distinct())
    for question in questions:
        _replace_chosen(question, going, staying)
        question.save()
        _log_replaced(question, going, staying, user)
    return len(questions)


def _log_replaced(holder: Any, going: Sequence[Any], staying: Any, user: "User") -> None:
    log(
        instance=holder,
        action="socialekaart.replace_word",
        user=user,
        data={
            "field": _FIELDS[type(staying)],
            "from": [word.name for word in going],
            "to": staying.name,
        },
    )


def register_with_vocabulary() -> None:
    """Register the directory as a user of words; called by `AppConfig.ready()`."""
    register_word_users(
        WordUsers(
            uses_of=uses_of,
            merge_preview=merge_preview,
            require_unlocked=require_unlocked_uses,
            refusals=(RecordLocked,),
            replace=replace_words,
        )
    )
