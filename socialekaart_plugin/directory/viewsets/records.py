"""Register organisations and activities in the admin."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from socialekaart_plugin.directory import views
from socialekaart_plugin.directory.forms import RecordForm
from socialekaart_plugin.directory.models import Activity, Organisation
from socialekaart_plugin.directory.panels import ACTIVITY_PANELS, ORGANISATION_PANELS
from socialekaart_plugin.foundation.choosers import GuardedChooserViewSet


class RecordViewSet(SnippetViewSet):
    """Shared by organisations and activities."""

    chooser_viewset_class = GuardedChooserViewSet
    add_view_class = views.RecordCreateView
    copy_view_class = views.RecordCopyView
    revisions_compare_view_class = views.RecordCompareView
    edit_view_class = views.RecordEditView
    delete_view_class = views.RecordDeleteView
    index_view_class = views.RecordIndexView
    revisions_unschedule_view_class = views.RecordUnscheduleView
    unpublish_view_class = views.RecordUnpublishView
    workflow_action_view_class = views.RecordWorkflowActionView
    revisions_revert_view_class = views.RecordRevertView
    edit_template_name = "socialekaart_plugin/directory/edit.html"
    list_per_page = 50
    ordering = ("name",)

    #: Our own views of one record, by URL name.
    action_views: dict[str, Any] = {
        "confirm": views.ConfirmView,
        "upkeep": views.UpkeepView,
        "mark": views.MarkView,
        "notes": views.NotesView,
        "changes": views.ChangesView,
        "withdraw": views.WithdrawView,
    }

    @property
    def _record_view_kwargs(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "permission_policy": self.permission_policy,
            "index_url_name": self.get_url_name("list"),
            "edit_url_name": self.get_url_name("edit"),
        }

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add our own views of one record."""
        shared = self._record_view_kwargs
        pk = f"<{self.pk_path_converter}:pk>"
        check = views.RecordCheckView.as_view(
            model=self.model, permission_policy=self.permission_policy, panel=self._edit_handler
        )
        return [
            *super().get_urlpatterns(),
            path("check/", check, name="check"),
            path(f"check/{pk}/", check, name="check_existing"),
            *(
                path(f"{name}/{pk}/", view.as_view(**shared), name=name)
                for name, view in self.action_views.items()
            ),
            path(
                f"notes/{pk}/remove/<int:note_pk>/",
                views.RemoveNoteView.as_view(**shared),
                name="remove_note",
            ),
        ]


class OrganisationViewSet(RecordViewSet):
    """The viewset of organisations."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    filterset_class = views.OrganisationFilterSet
    edit_handler = ObjectList(ORGANISATION_PANELS, base_form_class=RecordForm)


class ActivityViewSet(RecordViewSet):
    """The viewset of activities."""

    model = Activity
    icon = "date"
    menu_label = _("Activities")
    filterset_class = views.ActivityFilterSet
    edit_handler = ObjectList(ACTIVITY_PANELS, base_form_class=RecordForm)
    action_views = {
        **RecordViewSet.action_views,
        "season": views.SeasonView,
        "close": views.CloseView,
    }
