"""A dashboard panel for editors, shown only when search has trouble."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from socialekaart_plugin.discovery.health import SearchHealth, Status, search_health

#: Shown to users who may change any of these.
_CHANGE = (
    *("organisation", "activity"),
    *("synonymgroup", "stoprule", "compoundword", "queryrule"),
)


class TroublePanel(Component):
    """Explains what the trouble means for visitors and editors, and since when."""

    name = "socialekaart-search-trouble"
    order = 50
    template_name = "socialekaart_plugin/discovery/trouble_panel.html"

    class Media:
        css = {"all": ["socialekaart_plugin/discovery/trouble_panel.css"]}

    def __init__(self, health: SearchHealth) -> None:
        """Show this health."""
        self.health = health

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return the health of search."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        return {**context, "health": self.health}


def add_trouble_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panel for users who may change records or rules, when there is trouble."""
    user: Any = request.user
    if not _may_change(user):
        return
    health = search_health()
    if health.status == Status.DEGRADED:
        panels.append(TroublePanel(health))


def _may_change(user: Any) -> bool:
    return any(user.has_perm(f"socialekaart_plugin.change_{model}") for model in _CHANGE)
