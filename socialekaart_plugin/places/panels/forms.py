"""The panels of the place and area forms, in the order of the screen."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from .address_search import AddressSearchPanel
from .map_point import POINT_HELP, PointPanel

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
            FieldRowPanel(
                [
                    FieldPanel("postcode", help_text=_("For example 2711 AB.")),
                    FieldPanel("city", help_text=_("As on an envelope: Zoetermeer.")),
                ]
            ),
            PointPanel("location", zoom=14, help_text=POINT_HELP),
        ],
        heading=_("Where"),
    ),
    MultiFieldPanel([FieldPanel("opening_hours")], heading=_("When it is open")),
    MultiFieldPanel(
        [
            FieldPanel(
                "accessibility",
                help_text=_(
                    "Say yes or no only to what someone saw or asked. Of the rest the page says "
                    "that it is not known."
                ),
            ),
            FieldPanel("accessibility_note"),
        ],
        heading=_("How accessible it is"),
    ),
    MultiFieldPanel(
        [FieldPanel("audience", widget=forms.RadioSelect)], heading=_("Who may see it")
    ),
    MultiFieldPanel([FieldPanel("slug")], heading=_("Address on the site"), classname="collapsed"),
]

AREA_PANELS = [
    FieldPanel(
        "name",
        help_text=_("As the municipality writes it, for example Rokkeveen. Visitors read it."),
    ),
    FieldRowPanel(
        [
            FieldPanel(
                "kind",
                help_text=_("Visitors choose by district; a neighbourhood is part of a district."),
            ),
            FieldPanel("code"),
        ]
    ),
    FieldPanel(
        "parent",
        help_text=_("The wider area it lies in: of a neighbourhood the district. Empty: none."),
    ),
    FieldPanel("outline"),
    FieldPanel("slug"),
]
