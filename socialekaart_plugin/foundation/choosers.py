"""Choosers of Wagtail's admin: who may look in them; to them nonsense is nothing chosen."""

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
    """Chooses a snippet; a value that is no key is shown as none.

    Wagtail's (7.4 to 8.0) fails with a ValueError when a form with such a value is shown again,
    which is a 500 instead of the error that the field has.
    """

    def get_instance(self, value: Any) -> Any:
        """Return the row that a value names, or None."""
        if isinstance(value, self.model_class):
            return value
        return super().get_instance(value) if is_possible_key(self.model_class, value) else None


def choosing_tables(model: type[models.Model]) -> set[type[models.Model]]:
    """Return the tables in whose forms rows of this one are chosen.

    They have a field for it, or their parts have: of a session the activity.
    """
    found: set[type[models.Model]] = set()
    for relation in model._meta.related_objects:
        table: Any = relation.related_model
        parents = [f.related_model for f in table._meta.fields if isinstance(f, ParentalKey)]
        found.update(parents or [table])
    return found


def may_choose(user: Any, model: type[models.Model]) -> bool:
    """Tell whether someone may see what there is to choose from.

    Who may add, change or see these rows may; and who may add or change what they are chosen for.
    """

    def may(table: type[models.Model], *actions: str) -> bool:
        return bool(ModelPermissionPolicy(table).user_has_any_permission(user, actions))

    return may(model, "add", "change", "view") or any(
        may(table, "add", "change") for table in choosing_tables(model)
    )


class GuardedChosenView(SnippetChosenView):
    """What the dialogue answers when one was chosen; what is no key is not found."""

    def get_object(self, pk: str) -> Any:
        """Return the row."""
        return super().get_object(key_or_404(self.model_class, pk))


class GuardedChosenMultipleView(SnippetChosenMultipleView):
    """What the dialogue answers when several were chosen; what is no key is left out."""

    def get_objects(self, pks: Iterable[str]) -> Any:
        """Return the rows."""
        return super().get_objects(possible_keys(self.model_class, pks))


class GuardedChooserViewSet(SnippetChooserViewSet):
    """A dialogue for who may see what is chosen there.

    Wagtail's (7.4 to 8.0) tells names of drafts and of what was withdrawn to everyone who may come
    into the admin.
    """

    chosen_view_class = GuardedChosenView
    chosen_multiple_view_class = GuardedChosenMultipleView

    @cached_property
    def widget_class(self) -> Chooser:
        """The widget of every form in which one is chosen."""
        return Chooser(model=self.model, icon=self.icon)

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        """Ask before each screen of the dialogue who it is."""
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may_choose(request.user, self.model):
                raise PermissionDenied
            response: HttpResponseBase = view(request, *args, **kwargs)
            return response

        return guarded

    def get_urlpatterns(self) -> list[URLPattern]:
        """Give no address to make something where the dialogue has no form for it."""
        has_form = any(
            value is not None
            for value in (self.creation_form_class, self.form_fields, self.exclude_form_fields)
        )
        return [each for each in super().get_urlpatterns() if has_form or each.name != "create"]
