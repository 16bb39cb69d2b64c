"""Where something is used: every row, drafts included, of which Wagtail's own screen knows less."""

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
    """A screen without Wagtail's count of uses.

    It misses relations to many and drafts, and on a record it lags a save behind (the index of
    references is brought up to date before the children of a record are written).
    """

    def get_usage_url(self, *args: Any) -> None:
        """Show no count; “Where used” tells all of it."""


class UnusedDeleteView(CountsNoReferences, snippets.DeleteView):
    """Deleting what nothing uses; what is in use does not get here (`deletion`)."""


class UsedByView(snippets.UsageView):
    """The rows that use one row, as deletion asks them too."""

    page_title = gettext_lazy("Where used")

    def get_queryset(self) -> list[UsedBy]:
        """Read them all; a page is shown at a time."""
        return used_by([self.object]).get(self.object.pk, [])

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Name, type, and whether the public sees it."""
        return [
            TitleColumn("name", label=_("Name"), get_url=lambda row: row["url"]),
            Column("kind", label=_("Type")),
            Column("state", label=_("State")),
        ]

    def get_table(self, object_list: list[UsedBy], **kwargs: Any) -> Any:
        """Find where each is edited."""
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
        # Past UsageView, which expects rows of the reference index.
        return super(generic.UsageView, self).get_table(rows, **kwargs)
