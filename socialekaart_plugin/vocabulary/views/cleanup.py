"""View that deletes all unused keywords."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from socialekaart_plugin.vocabulary.actions import delete_unused_keywords
from socialekaart_plugin.vocabulary.models import Keyword
from socialekaart_plugin.vocabulary.selectors import unused_pks

from .base import WordScreen


class UnusedKeywordsView(WordScreen):
    """Show the keywords that no record uses, and delete them all on request."""

    template_name = "socialekaart_plugin/vocabulary/unused_keywords.html"
    page_title = gettext_lazy("Clear away unused keywords")
    header_icon = "bin"
    permissions: ClassVar[tuple[str, ...]] = ("delete",)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the unused keywords."""
        unused = Keyword.objects.filter(pk__in=unused_pks(Keyword)).order_by("name")
        return super().get_context_data(unused=list(unused), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete the keywords that are unused now, and report how many."""
        number = len(delete_unused_keywords(user=request.user))  # type: ignore[arg-type]
        said = ngettext(
            "%(number)s keyword was deleted.", "%(number)s keywords were deleted.", number
        )
        messages.success(request, said % {"number": number})
        return redirect(self.index_url)
