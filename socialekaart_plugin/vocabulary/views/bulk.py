"""Bulk action that merges the words ticked in a list."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from socialekaart_plugin.foundation.bulk_actions import SeenRows
from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme

from .merge import may_merge, merge_url


class MergeBulkAction(SeenRows, SnippetBulkAction):
    """Redirects to the merge view, which asks which word stays and shows the changes."""

    display_name = _("Merge")
    action_type = "merge"
    aria_label = _("Merge what is selected")
    action_priority = 20
    models = [Theme, TargetGroup, Keyword]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Redirect without changes; the merge view checks permissions."""
        if not may_merge(self.model.snippet_viewset, request.user):
            raise PermissionDenied
        words, _no_access = self.get_actionable_objects()
        return redirect(merge_url(self.model.snippet_viewset, *words))

    @classmethod
    def execute_action(cls, objects: Any, **kwargs: Any) -> tuple[int, int]:
        """Never called: `dispatch` redirects."""
        raise NotImplementedError
