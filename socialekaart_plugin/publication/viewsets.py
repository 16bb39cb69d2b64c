"""Admin register of publication events: read-only, exportable."""

from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.foundation.registers import RegisterAdmin

from .models import PublicationEvent


class PublicationEventAdmin(RegisterAdmin):
    """What was published or withdrawn, when, by whom and why."""

    model = PublicationEvent
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
