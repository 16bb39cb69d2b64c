"""What editors are told on the dashboard when search is in trouble, and only then."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from socialekaart_plugin.discovery.health import SearchHealth, Status, search_health

#: Who may change any of these is told.
_CHANGE = (
    *("organisation", "activity"),
    *("synonymgroup", "stoprule", "compoundword", "queryrule"),
)


class TroublePanel(Component):
    """Says what it means for visitors and for who publishes, and since when."""

    name = "socialekaart-search-trouble"
    order = 50
    template_name = "socialekaart_plugin/discovery/trouble_panel.html"

    class Media:
        css = {"all": ["socialekaart_plugin/discovery/trouble_panel.css"]}

    def __init__(self, health: SearchHealth) -> None:
        """Tell of this."""
        self.health = health

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return the health of search."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        return {**context, "health": self.health}


def add_trouble_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Put the panel on the dashboard of who may change records or words, when there is trouble."""
    user: Any = request.user
    if not _may_change(user):
        return
    health = search_health()
    if health.status == Status.DEGRADED:
        panels.append(TroublePanel(health))


def _may_change(user: Any) -> bool:
    return any(user.has_perm(f"socialekaart_plugin.change_{model}") for model in _CHANGE)
