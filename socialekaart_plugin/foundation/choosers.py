"""Snippet choosers for the admin that check permissions and tolerate invalid keys."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.chooser import (
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.widgets import AdminSnippetChooser

from .url_keys import is_possible_key, key_or_404, possible_keys


class Chooser(AdminSnippetChooser):
    """A snippet chooser that shows an invalid key as no choice.

    Wagtail (7.4 to 8.0) raises ValueError when a form with such a value is shown again. Users then
    get an error 500 instead of the error message of the field.
    """

    def get_instance(self, value: Any) -> Any:
        """Return the row with this key, or None."""
        if isinstance(value, self.model_class):
            return value
        return super().get_instance(value) if is_possible_key(self.model_class, value) else None


def choosing_tables(model: type[models.Model]) -> set[type[models.Model]]:
    """Return the models whose forms have a chooser for this model.

    For a child model its parent is returned: for a session the activity.
    """
    found: set[type[models.Model]] = set()
    for relation in model._meta.related_objects:
        table: Any = relation.related_model
        parents = [f.related_model for f in table._meta.fields if isinstance(f, ParentalKey)]
        found.update(parents or [table])
    return found


def may_choose(user: Any, model: type[models.Model]) -> bool:
    """Return whether a user is allowed to see the rows to choose from.

    Requires add, change or view permission on the model, or add or change permission on a model
    whose form has the chooser.
    """

    def may(table: type[models.Model], *actions: str) -> bool:
        return bool(ModelPermissionPolicy(table).user_has_any_permission(user, actions))

    return may(model, "add", "change", "view") or any(
        may(table, "add", "change") for table in choosing_tables(model)
    )


class GuardedChosenView(SnippetChosenView):
    """Returns the chosen row; 404 for an invalid key."""

    def get_object(self, pk: str) -> Any:
        """Return the row."""
        return super().get_object(key_or_404(self.model_class, pk))


class GuardedChosenMultipleView(SnippetChosenMultipleView):
    """Returns the chosen rows; ignores invalid keys."""

    def get_objects(self, pks: Iterable[str]) -> Any:
        """Return the rows."""
        return super().get_objects(possible_keys(self.model_class, pks))


class GuardedChooserViewSet(SnippetChooserViewSet):
    """A chooser dialogue restricted to users who are allowed to see its rows.

    Wagtail (7.4 to 8.0) shows the names of drafts and unpublished rows to every admin user.
    """

    chosen_view_class = GuardedChosenView
    chosen_multiple_view_class = GuardedChosenMultipleView

    @cached_property
    def widget_class(self) -> Chooser:
        """The widget for every form field with this chooser."""
        return Chooser(model=self.model, icon=self.icon)

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        """Check permission in every view of the dialogue."""
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may_choose(request.user, self.model):
                raise PermissionDenied
            response: HttpResponseBase = view(request, *args, **kwargs)
            return response

        return guarded

    def get_urlpatterns(self) -> list[URLPattern]:
        """Leave out the URL to create a row when the dialogue has no form for it."""
        has_form = any(
            value is not None
            for value in (self.creation_form_class, self.form_fields, self.exclude_form_fields)
        )
        return [each for each in super().get_urlpatterns() if has_form or each.name != "create"]
