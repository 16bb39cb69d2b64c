"""Views that move a word up or down, or a theme below another theme."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from socialekaart_plugin.vocabulary.actions import OrderingError, move_theme, shift_word
from socialekaart_plugin.vocabulary.forms import MoveThemeForm
from socialekaart_plugin.vocabulary.models import Theme

from .base import WordScreen

DIRECTIONS: dict[str, Literal[-1, 1]] = {"up": -1, "down": 1}


class ShiftView(WordScreen):
    """Handles the up and down buttons of a list; POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move the word one place, and redirect to the pressed button."""
        word = get_object_or_404(self.model, pk=kwargs["pk"])
        direction = request.POST.get("direction", "")
        if direction in DIRECTIONS:
            word = shift_word(word=word, by=DIRECTIONS[direction], user=request.user)  # type: ignore[arg-type]
            said = (
                _("“%(name)s” stands one place higher.")
                if direction == "up"
                else _("“%(name)s” stands one place lower.")
            )
            messages.success(request, said % {"name": word})
        return redirect(f"{self.index_url}#shift-{word.pk}")


class MoveThemeView(WordScreen):
    """Move a theme below another theme."""

    template_name = "wagtailadmin/generic/form.html"
    page_title = gettext_lazy("Move")
    header_icon = "arrow-right"

    @cached_property
    def theme(self) -> Theme:
        """The theme to move."""
        return get_object_or_404(Theme, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Name the theme."""
        return self.theme.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the template of Wagtail's forms needs."""
        form = kwargs.pop("form", None) or MoveThemeForm(theme=self.theme)
        context: dict[str, Any] = super().get_context_data(form=form, **kwargs)
        context["action_url"] = self.request.path
        context["submit_button_label"] = _("Move")
        context["submit_button_active_label"] = _("One moment…")
        context["media"] = form.media
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move the theme, or show why that is impossible."""
        form = MoveThemeForm(request.POST, theme=self.theme)
        if form.is_valid():
            try:
                theme = move_theme(
                    theme=self.theme,
                    parent=form.cleaned_data["parent"],
                    user=request.user,  # type: ignore[arg-type]
                )
            except OrderingError as error:
                form.add_error("parent", str(error))
            else:
                messages.success(request, _("“%(name)s” is moved.") % {"name": theme})
                return redirect(f"{self.index_url}#shift-{theme.pk}")
        return self.render_to_response(self.get_context_data(form=form))
