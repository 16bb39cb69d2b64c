"""Deleting what was ticked in a list of ours."""

from typing import Any

from django.utils.functional import classproperty
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import get_snippet_models

from .deletion import APP_LABEL
from .keys import KnowsKeys


class CarefulDeleteAction(KnowsKeys, DeleteBulkAction):
    """Wagtail's own, for every table of ours: what is no key is not found."""

    @classproperty
    def models(cls) -> list[Any]:  # noqa: N805 - Django's decorator hands it the class
        """Every table of ours with a screen."""
        return [model for model in get_snippet_models() if model._meta.app_label == APP_LABEL]
