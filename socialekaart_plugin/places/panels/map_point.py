"""The map widget to set a point: Leaflet served by the site, usable by keyboard alone."""

import json
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtailgeowidget.panels import LeafletPanel
from wagtailgeowidget.widgets import LeafletField

from socialekaart_plugin.places import rules

_FOLDER = "socialekaart_plugin/places"
_LEAFLET = f"{_FOLDER}/leaflet"


class PointOnMap(LeafletField):
    """The map of wagtailgeowidget, with a bundled Leaflet and a visible text field.

    The widget loads Leaflet from a CDN; remove our part once it has a setting for that.
    """

    template_name_of_map = "socialekaart_plugin/places/point_on_map.html"

    def id_for_label(self, id_: str) -> str:
        """Point the label to the visible text field, not to the hidden one."""
        return f"{id_}_latlng" if id_ else id_

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the options for our script: those of the widget, with our own texts."""
        attrs: dict[str, Any] = super().build_attrs(*args, **kwargs)
        options = json.loads(attrs.pop("data-leaflet-field-options-value"))
        # Show no pin without a point: it would not be saved until dragged.
        options["showEmptyLocation"] = not _is_point(self.value_data)
        # The widget has no Dutch translations.
        options["translations"] = {
            "error_message_invalid_location": _(
                "This is no point. Write latitude and longitude: 52.0575,4.4931"
            ),
            "initialize_map": _("Click here for the map"),
            "success_address_geocoded": "",
            "error_could_not_geocode_address": "",
            "enter_location": "",
            "pin": _("Pin: drag it to the entrance"),
            "zoom_in": _("Zoom in"),
            "zoom_out": _("Zoom out"),
        }
        attrs["data-controller"] = "socialekaart-point"
        attrs["data-socialekaart-point-options-value"] = json.dumps(options)
        return attrs

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Render the hidden field, the text field and the map."""
        self.value_data = value
        attrs = attrs or {}
        hidden = forms.HiddenInput.render(self, name, value, attrs)
        return render_to_string(
            self.template_name_of_map,
            {
                "hidden": hidden,
                "id": attrs["id"],
                "typed": _typed(value),
                "describedby": attrs.get("aria-describedby", ""),
                "invalid": attrs.get("aria-invalid", ""),
            },
        )

    @cached_property
    def media(self) -> forms.Media:
        """The scripts and styles of the widget, with our copy of Leaflet."""
        return forms.Media(
            css={
                "all": [
                    "wagtailgeowidget/css/leaflet-field.css",
                    f"{_LEAFLET}/leaflet.css",
                    f"{_FOLDER}/place_form.css",
                ]
            },
            js=[
                f"{_LEAFLET}/leaflet.js",
                f"{_LEAFLET}/icons.js",
                "wagtailgeowidget/js/leaflet-field.js",
                f"{_FOLDER}/point_on_map.js",
            ],
        )


def _is_point(value: Any) -> bool:
    try:
        return bool(rules.parse_point(value or ""))
    except ValueError:
        return False


def _typed(value: Any) -> str:
    """Return a point as `latitude,longitude`; return an invalid value unchanged."""
    if not _is_point(value):
        return str(value or "")
    point = rules.parse_point(value)
    return ",".join(str(number) for number in point or ())


POINT_HELP = gettext_lazy(
    "Click in the field for the map, and drag the pin to the entrance. Or type latitude and "
    "longitude: 52.0575,4.4931. The district follows from the point."
)


class PointPanel(LeafletPanel):
    """The panel for a point, with our map widget."""

    def widget_overrides(self) -> dict[str, forms.Widget]:
        """Use our widget instead of the one that loads Leaflet from a CDN."""
        return {self.field_name: point_widget(zoom=self.zoom)}


def point_widget(*, zoom: int = 14) -> PointOnMap:
    """Return the map widget, for forms without panels."""
    return PointOnMap(zoom=zoom, srid=4326, id_prefix="id_")
