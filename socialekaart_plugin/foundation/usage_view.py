"""The admin screen "Where used": all rows that use a row, including drafts."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.snippets.views import snippets

from .deletion import UsedBy, used_by


class CountsNoReferences:
    """Hides Wagtail's usage count.

    That count misses many-to-many relations and drafts. It is also one save behind for records,
    because Wagtail updates the reference index before the children are written.
    """

    def get_usage_url(self, *args: Any) -> None:
        """Return no URL, which hides the count; “Where used” shows everything."""


class UnusedDeleteView(CountsNoReferences, snippets.DeleteView):
    """Deletes unused rows; `deletion` stops rows in use before this view."""


class UsedByView(snippets.UsageView):
    """Lists the uses of a row, from the same finders as `deletion`."""

    page_title = gettext_lazy("Where used")

    def get_queryset(self) -> list[UsedBy]:
        """Load all uses; the view paginates them."""
        return used_by([self.object]).get(self.object.pk, [])

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Name, type, and whether it is only in a draft."""
        return [
            TitleColumn("name", label=_("Name"), get_url=lambda row: row["url"]),
            Column("kind", label=_("Type")),
            Column("state", label=_("State")),
        ]

    def get_table(self, object_list: list[UsedBy], **kwargs: Any) -> Any:
        """Add the edit URL of each row."""
        finder = AdminURLFinder(self.request.user)
        rows = [
            {
                "name": str(use.row),
                "url": finder.get_edit_url(use.row),
                "kind": capfirst(use.row._meta.verbose_name),
                "state": _("only in a draft") if use.is_draft else "",
            }
            for use in object_list
        ]
        # Skip UsageView, which expects rows of the reference index.
        return super(generic.UsageView, self).get_table(rows, **kwargs)
