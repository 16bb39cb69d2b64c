"""Background task for merges that change too many records for one request."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django_tasks import task

from socialekaart_plugin.vocabulary.actions import merge_words


@task()
def merge_later(model: str, words: list[int], into: int, user: int | None) -> None:
    """Merge words in one transaction; arguments are plain values because tasks are stored.

    Args:
        model: the model name in lower case.
        words: pks of the words to replace.
        into: pk of the word that stays.
        user: pk of the user who asked for the merge.

    Raises:
        MergeError: the merge is no longer possible; nothing changed and the task fails.
    """
    table = apps.get_model("socialekaart_plugin", model)
    merge_words(
        words=[table(pk=pk) for pk in words],
        into=table(pk=into),
        user=get_user_model().objects.filter(pk=user).first() if user is not None else None,
    )
