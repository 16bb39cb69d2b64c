"""The forms of places and areas in the admin."""

import json
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtailgeowidget.panels import LeafletPanel
from wagtailgeowidget.widgets import LeafletField

_LEAFLET = "socialekaart_plugin/places/leaflet"


class LocalLeafletField(LeafletField):
    """The map of wagtailgeowidget, with Leaflet served by the site itself.

    The widget loads Leaflet from another host; this can go when it has a setting for that.
    """

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Show no pin for a place that has no point yet: it would not be saved until dragged."""
        attrs: dict[str, Any] = super().build_attrs(*args, **kwargs)
        name = "data-leaflet-field-options-value"
        options = json.loads(attrs[name])
        options["showEmptyLocation"] = not self.value_data
        # The widget has no Dutch texts of its own.
        options["translations"] = {
            "error_message_invalid_location": _(
                "This is no point. Write latitude and longitude: 52.0575,4.4931"
            ),
            "initialize_map": _("Click here to choose a point on the map"),
            "success_address_geocoded": "",
            "error_could_not_geocode_address": "",
            "enter_location": "",
        }
        attrs[name] = json.dumps(options)
        return attrs

    @cached_property
    def media(self) -> forms.Media:
        """The scripts and styles of the widget, with our copy of Leaflet."""
        return forms.Media(
            css={"all": ["wagtailgeowidget/css/leaflet-field.css", f"{_LEAFLET}/leaflet.css"]},
            js=[
                f"{_LEAFLET}/leaflet.js",
                f"{_LEAFLET}/icons.js",
                "wagtailgeowidget/js/leaflet-field.js",
                "wagtailgeowidget/js/leaflet-field-controller.js",
            ],
        )


class LocalLeafletPanel(LeafletPanel):
    """A point chosen on a map that loads no script from elsewhere."""

    def widget_overrides(self) -> dict[str, forms.Widget]:
        """Put our widget in the place of the one that loads Leaflet from elsewhere."""
        return {
            self.field_name: LocalLeafletField(
                address_field=self.address_field,
                zoom_field=self.zoom_field,
                hide_latlng=self.hide_latlng,
                zoom=self.zoom,
                srid=4326,
                id_prefix="id_",
            )
        }


PLACE_PANELS = [
    FieldPanel("name"),
    MultiFieldPanel(
        [
            FieldPanel("street_address"),
            FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
            LocalLeafletPanel("location", zoom=14),
        ],
        heading=gettext_lazy("Where"),
    ),
    FieldPanel("audience", widget=forms.RadioSelect),
    FieldPanel("slug"),
]

AREA_PANELS = [
    FieldPanel("name"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("code")]),
    FieldPanel("parent"),
    FieldPanel("outline"),
    FieldPanel("slug"),
]
