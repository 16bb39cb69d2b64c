"""The panels of a place and of an area, in the order in which one would tell it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from .address_search import AddressSearchPanel
from .point import POINT_HELP, PointPanel

PLACE_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel(
                "name",
                help_text=_(
                    "As people call it, for example Buurthuis De Kern. Something without a name? "
                    "Then what it is: the square at the church."
                ),
            )
        ],
        heading=_("What"),
    ),
    MultiFieldPanel(
        [
            AddressSearchPanel(),
            FieldPanel("street_address"),
            FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
            PointPanel("location", zoom=14, help_text=POINT_HELP),
        ],
        heading=_("Where"),
    ),
    MultiFieldPanel([FieldPanel("opening_hours")], heading=_("When it is open")),
    MultiFieldPanel(
        [FieldPanel("accessibility"), FieldPanel("accessibility_note")],
        heading=_("How accessible it is"),
    ),
    MultiFieldPanel(
        [FieldPanel("audience", widget=forms.RadioSelect)], heading=_("Who may see it")
    ),
    MultiFieldPanel([FieldPanel("slug")], heading=_("Address on the site"), classname="collapsed"),
]

AREA_PANELS = [
    FieldPanel("name"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("code")]),
    FieldPanel("parent"),
    FieldPanel("outline"),
    FieldPanel("slug"),
]
