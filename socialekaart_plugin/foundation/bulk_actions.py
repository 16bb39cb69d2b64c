"""Bulk actions in the admin that do not show rows to users without permission."""

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
    """Restricts a bulk action to users with a permission on its rows.

    Wagtail (7.4 to 8.0) checks each row, but lists the names of the refused rows to any admin user.
    """

    model: Any
    request: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Deny users without any permission on these rows."""
        policy = ModelPermissionPolicy(self.model)
        seen_by = ["add", "change", "delete", "publish", "view"]
        if not policy.user_has_any_permission(self.request.user, seen_by):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Any) -> Any:
        """Return the rows; ignore invalid keys."""
        return super().get_queryset(model, possible_keys(model, object_ids))  # type: ignore[misc]


class SeenDeleteAction(SeenRows, DeleteBulkAction):
    """Wagtail's bulk deletion, for all our models."""

    @classproperty
    def models(cls) -> list[Any]:  # noqa: N805 - it is given the class
        """All our models that are registered as snippets."""
        return [each for each in get_snippet_models() if each._meta.app_label == APP_LABEL]
