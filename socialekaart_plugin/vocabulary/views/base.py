"""Base of our own word views: permissions and links back to the list."""

from typing import Any, ClassVar

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class WordScreen(WagtailAdminTemplateMixin, TemplateView):
    """A view about words of one table."""

    model: Any = None
    permission_policy: Any = None
    index_url_name: str = ""
    edit_url_name: str = ""
    #: The user needs all these permissions on the words.
    permissions: ClassVar[tuple[str, ...]] = ("change",)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse users without the permission."""
        if not all(
            self.permission_policy.user_has_permission(request.user, permission)
            for permission in self.permissions
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def index_url(self) -> str:
        """URL of the list."""
        return reverse(self.index_url_name)

    def edit_url(self, word: Any) -> str:
        """URL of the edit view of one word."""
        return reverse(self.edit_url_name, args=[quote(word.pk)])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Add a link back to the list."""
        return [
            *self.breadcrumbs_items,
            {"url": self.index_url, "label": capfirst(self.model._meta.verbose_name_plural)},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]
