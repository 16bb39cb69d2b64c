"""Doing one thing to many rows at once: who may see which rows were ticked."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import classproperty
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import get_snippet_models

from .deletion import APP_LABEL
from .url_keys import possible_keys


class SeenRows:
    """For who may do something with rows of this type, or see them; to others it names none.

    Wagtail's (7.4 to 8.0) asks for each row whether it may be done, and names those for which it
    may not to whoever comes along.
    """

    model: Any
    request: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away who may not see these rows."""
        policy = ModelPermissionPolicy(self.model)
        seen_by = ["add", "change", "delete", "publish", "view"]
        if not policy.user_has_any_permission(self.request.user, seen_by):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Any) -> Any:
        """Return the rows; what is no key is not found."""
        return super().get_queryset(model, possible_keys(model, object_ids))  # type: ignore[misc]


class SeenDeleteAction(SeenRows, DeleteBulkAction):
    """Wagtail's own deletion of many at once, of everything of ours."""

    @classproperty
    def models(cls) -> list[Any]:  # noqa: N805 - it is given the class
        """All our tables that the admin shows as snippets."""
        return [each for each in get_snippet_models() if each._meta.app_label == APP_LABEL]
