"""The register of publication events in the admin: read-only, exportable."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import DjangoORMSearchHandler, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from socialekaart_plugin.foundation.keys import key_or_404
from socialekaart_plugin.foundation.search_words import MOST_WORDS

from .models import PublicationEvent


class ReadOnlyPermissionHelper(PermissionHelper):
    """Who may see the register may look and export; nobody may write in it."""

    def user_can_list(self, user: Any) -> bool:
        """Allow with the permission to view."""
        return bool(self.user_has_specific_permission(user, self.get_perm_codename("view")))

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        """Allow with the permission to view."""
        return self.inspect_view_enabled and self.user_can_list(user)

    def user_can_create(self, user: Any) -> bool:
        """Never: the gate writes the log."""
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        """Never: a line once written stays."""
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        """Never: a line once written stays."""
        return False

    def user_can_copy_obj(self, user: Any, obj: Any) -> bool:
        """Never: the gate writes the log."""
        return False


class FewWordsSearchHandler(DjangoORMSearchHandler):
    """Looks for each word; a database takes no query of some hundreds."""

    def search_queryset(self, queryset: Any, search_term: str, **kwargs: Any) -> Any:
        """Leave out what does not hold the first words."""
        few = " ".join(search_term.split()[:MOST_WORDS])
        return super().search_queryset(queryset, few, **kwargs)


class PublicationEventIndexView(IndexView):
    """The list; a filter that cannot be read finds nothing."""

    def get_queryset(self, request: HttpRequest | None = None) -> QuerySet[PublicationEvent]:
        """Return the events that the address asks for."""
        try:
            events: QuerySet[PublicationEvent] = super().get_queryset(request)
        except IncorrectLookupParameters:
            return self.get_base_queryset(request).none()
        return events


class PublicationEventAdmin(ModelAdmin):
    """What went public or was withdrawn, when, by whom, why."""

    model = PublicationEvent
    index_view_class = PublicationEventIndexView
    search_handler_class = FewWordsSearchHandler
    base_url_path = "socialekaart/publication-events"
    menu_label = _("Publication log")
    menu_icon = "history"
    add_to_admin_menu = False
    list_display = ("name", "kind", "at", "user", "reason")
    list_filter = ("kind", "record_kind")
    list_select_related = ("user",)
    list_per_page = 50
    list_export = (
        "at",
        "kind",
        "record_kind",
        "record_uuid",
        "short_id",
        "name",
        "sequence",
        "user",
        "reason",
    )
    export_filename = "publication-events"
    search_fields = ("name", "short_id", "reason")
    inspect_view_enabled = True
    history_view_enabled = False
    permission_helper_class = ReadOnlyPermissionHelper

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        """Show an event; what is no key is not found."""
        key_or_404(self.model, unquote(instance_pk))
        return super().inspect_view(request, instance_pk)

    def edit_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        """Refuse: a line once written stays."""
        key_or_404(self.model, unquote(instance_pk))
        return super().edit_view(request, instance_pk)

    def delete_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        """Refuse: a line once written stays."""
        key_or_404(self.model, unquote(instance_pk))
        return super().delete_view(request, instance_pk)
