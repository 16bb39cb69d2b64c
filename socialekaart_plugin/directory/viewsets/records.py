"""The registers of organisations and activities in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from socialekaart_plugin.directory import views
from socialekaart_plugin.directory.forms import RecordForm
from socialekaart_plugin.directory.models import Activity, Organisation
from socialekaart_plugin.directory.panels import ACTIVITY_PANELS, ORGANISATION_PANELS


class RecordViewSet(SnippetViewSet):
    """What organisations and activities share in the admin."""

    add_view_class = views.RecordCreateView
    copy_view_class = views.RecordCopyView
    edit_view_class = views.RecordEditView
    index_view_class = views.RecordIndexView
    unpublish_view_class = views.RecordUnpublishView
    workflow_action_view_class = views.RecordWorkflowActionView
    list_per_page = 50
    list_export: Any = ("name", "uuid", "slug", "live", "summary", "verified_on", "marked_on")
    ordering = ("name",)

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Tell the list where to confirm and withdraw."""
        names: dict[str, Any] = super().get_index_view_kwargs(**self._action_url_names, **kwargs)
        return names

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Tell the form where to confirm and withdraw."""
        names: dict[str, Any] = super().get_edit_view_kwargs(**self._action_url_names, **kwargs)
        return names

    @property
    def _action_url_names(self) -> dict[str, str]:
        return {
            "confirm_url_name": self.get_url_name("confirm"),
            "withdraw_url_name": self.get_url_name("withdraw"),
        }

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the screens to confirm and to withdraw."""
        shared = {
            "model": self.model,
            "permission_policy": self.permission_policy,
            "index_url_name": self.get_url_name("list"),
            "edit_url_name": self.get_url_name("edit"),
        }
        return [
            *super().get_urlpatterns(),
            path("confirm/<str:pk>/", views.ConfirmView.as_view(**shared), name="confirm"),
            path("withdraw/<str:pk>/", views.WithdrawView.as_view(**shared), name="withdraw"),
        ]


class OrganisationViewSet(RecordViewSet):
    """The register of organisations."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    list_display = (
        "name",
        "kind",
        LiveStatusTagColumn(),
        Column("verified_on", label=_("Verified"), sort_key="verified_on"),
        UpdatedAtColumn(),
    )
    list_filter = ("live", "kind", "themes")
    edit_handler = ObjectList(ORGANISATION_PANELS, base_form_class=RecordForm)


class ActivityViewSet(RecordViewSet):
    """The register of activities."""

    model = Activity
    icon = "date"
    menu_label = _("Activities")
    list_display = (
        "name",
        "organisation",
        LiveStatusTagColumn(),
        Column("verified_on", label=_("Verified"), sort_key="verified_on"),
        UpdatedAtColumn(),
    )
    list_filter = ("live", "themes")
    edit_handler = ObjectList(ACTIVITY_PANELS, base_form_class=RecordForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the organisation along with each."""
        return Activity.objects.select_related("organisation")
