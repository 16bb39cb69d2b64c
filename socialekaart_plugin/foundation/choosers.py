"""Choosers of Wagtail's admin to which nonsense is nothing chosen."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from wagtail.snippets.views.chooser import (
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
    SnippetCreateView,
)
from wagtail.snippets.widgets import AdminSnippetChooser

from .keys import is_possible_key, key_or_404, possible_keys


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


class ChosenView(SnippetChosenView):
    """What the dialogue answers when one was chosen; a key that is none is not found."""

    def get_object(self, pk: str) -> Any:
        """Return the row that was chosen."""
        return super().get_object(key_or_404(self.model_class, pk))


class ChosenMultipleView(SnippetChosenMultipleView):
    """What the dialogue answers when several were chosen; what is no key is left out."""

    def get_objects(self, pks: Iterable[str]) -> Any:
        """Return the rows that were chosen."""
        return super().get_objects(possible_keys(self.model_class, pks))


class ChooserCreateView(SnippetCreateView):
    """The second tab of the dialogue, where it has one; Wagtail fails where it has none."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find nothing where nothing is made."""
        if self.get_creation_form_class() is None:
            raise Http404
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class CarefulChooserViewSet(SnippetChooserViewSet):
    """Chooses a snippet; Wagtail's own (7.4 to 8.0) fails on a key that is none."""

    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    create_view_class = ChooserCreateView

    @cached_property
    def widget_class(self) -> Chooser:
        """The widget of every form in which one is chosen."""
        return Chooser(model=self.model, icon=self.icon)
