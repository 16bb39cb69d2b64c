"""What is too much for one request: merging words that very many records use."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django_tasks import task

from socialekaart_plugin.vocabulary.actions import merge_words


@task()
def merge_later(model: str, words: list[int], into: int, user: int | None) -> None:
    """Merge words in one transaction; arguments are plain values, because tasks are stored.

    Args:
        model: the table, in small letters.
        words: pks of what goes.
        into: pk of what stays.
        user: pk of who asked for it.

    Raises:
        MergeError: it cannot be done any more; nothing is changed, and the task has failed.
    """
    table = apps.get_model("socialekaart_plugin", model)
    merge_words(
        words=[table(pk=pk) for pk in words],
        into=table(pk=into),
        user=get_user_model().objects.filter(pk=user).first() if user is not None else None,
    )
