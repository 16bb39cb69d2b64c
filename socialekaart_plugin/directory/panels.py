"""Panel layout of the organisation and activity forms: tabs, fields, choosers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    PublishingPanel,
)

from socialekaart_plugin.directory.models import Organisation
from socialekaart_plugin.directory.record_panels import (
    ContactPanel,
    NeededContactPanel,
    NeededFieldPanel,
    ReadinessPanel,
    TranslationStatePanel,
)
from socialekaart_plugin.directory.upkeep_panel import UpkeepPanel
from socialekaart_plugin.foundation.choosers import Chooser
from socialekaart_plugin.foundation.forms import FewInlinePanel
from socialekaart_plugin.places.panels import PlaceChooser

# Use our own chooser texts: AdminSnippetChooser fixes its texts when the form class is created
# (Wagtail 7.4 to 8.0). In a management command that language is English.
_PLACE_CHOOSER = PlaceChooser()
_ORGANISATION_CHOOSER = Chooser(
    Organisation,
    choose_one_text=_("Choose an organisation"),
    choose_another_text=_("Choose another organisation"),
    link_to_chosen_text=_("Edit this organisation"),
)

_NAMES = [
    NeededFieldPanel(
        "name",
        required_on_save=True,
        help_text=_(
            "As people know it: Repair Café Rokkeveen. Leave out the address and the times."
        ),
    ),
    FieldPanel("alternative_names", widget=forms.Textarea(attrs={"rows": 2})),
]
_TEXTS = [
    NeededFieldPanel("summary", widget=forms.Textarea(attrs={"rows": 3})),
    FieldPanel("description"),
    NeededFieldPanel(
        "themes",
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Visitors find it under these. Choose the narrowest that fit; one to three will do."
        ),
    ),
    FieldPanel("tags"),
    FieldPanel("image"),
    FieldPanel("image_alt"),
]
_FOR_WHOM = MultiFieldPanel(
    [
        FieldPanel(
            "target_groups",
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Visitors can choose by these. Is it for everyone? Choose none."),
        ),
        FieldRowPanel([FieldPanel("min_age"), FieldPanel("max_age")]),
        FieldPanel("languages"),
        FieldPanel("areas_served", widget=forms.CheckboxSelectMultiple),
    ],
    heading=_("For whom"),
)
_HOW = MultiFieldPanel(
    [
        FieldRowPanel(
            [
                FieldPanel(
                    "cost",
                    help_text=_("What a visitor pays to take part. Not known yet? Leave it empty."),
                ),
                FieldPanel("cost_amount"),
            ]
        ),
        FieldPanel("cost_note"),
        FieldPanel("city_pass"),
        FieldPanel("registration"),
        FieldRowPanel(
            [
                FieldPanel(
                    "registration_url",
                    help_text=_("The page with the form itself: https://voorbeeld.nl/aanmelden."),
                ),
                FieldPanel("registration_note"),
            ]
        ),
        FieldRowPanel([FieldPanel("referral"), FieldPanel("referral_by")]),
        FieldRowPanel(
            [
                FieldPanel(
                    "capacity",
                    help_text=_(
                        "Fill this in only if someone keeps it right. Else leave it empty."
                    ),
                ),
                FieldPanel("capacity_until"),
            ]
        ),
        FieldPanel("capacity_note"),
        FieldPanel("what_to_bring"),
        FieldPanel("accessibility"),
        FieldPanel("accessibility_note"),
    ],
    heading=_("How"),
)
_CONTACT: dict[str, Any] = {
    "heading": _("Contact"),
    "label": _("contact detail"),
    "panels": [
        FieldRowPanel(
            [
                FieldPanel("kind", help_text=_("What you fill in beside it is checked by this.")),
                FieldPanel(
                    "value",
                    help_text=_(
                        "For example 079 123 45 67, info@voorbeeld.nl, https://voorbeeld.nl or the "
                        "name of a person."
                    ),
                ),
            ]
        ),
        FieldPanel("label"),
        FieldPanel("audience", widget=forms.RadioSelect, classname="sk-audience"),
    ],
}
_NOTICES = FewInlinePanel(
    "notices",
    heading=_("Now"),
    label=_("temporary notice"),
    panels=[
        FieldPanel("kind", help_text=_("It stands in bold before your text.")),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("text", widget=forms.Textarea(attrs={"rows": 2})),
    ],
)
_TRANSLATIONS = FewInlinePanel(
    "translations",
    heading=_("In other languages"),
    label=_("translation"),
    classname="collapsed",
    panels=[
        TranslationStatePanel(),
        FieldRowPanel(
            [
                FieldPanel("language", help_text=_("Each language once; Dutch stands above.")),
                FieldPanel(
                    "state",
                    help_text=_("Visitors are warned of what was made by a machine."),
                ),
            ]
        ),
        FieldPanel("name"),
        FieldPanel(
            "summary",
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("The Dutch summary in this language; at most 300 characters."),
        ),
        FieldPanel(
            "description",
            help_text=_("The Dutch description in this language. It may be left empty."),
        ),
    ],
)
_UPKEEP = MultiFieldPanel([UpkeepPanel()], heading=_("Upkeep"))
_ADDRESS = MultiFieldPanel(
    [FieldPanel("slug")], heading=_("Address on the site"), classname="collapsed"
)

ORGANISATION_PANELS = [
    ReadinessPanel(heading=_("Needed to publish")),
    MultiFieldPanel(
        [
            *_NAMES,
            FieldPanel("kind", help_text=_("Who runs it: volunteers, neighbours, paid staff.")),
            FieldRowPanel([FieldPanel("kvk_number"), FieldPanel("rsin")]),
        ],
        heading=_("Who"),
    ),
    MultiFieldPanel(_TEXTS, heading=_("What")),
    _FOR_WHOM,
    MultiFieldPanel(
        [
            FieldPanel("visiting_place", widget=_PLACE_CHOOSER),
            FieldPanel("postal_address"),
            FieldPanel(
                "postal_address_audience", widget=forms.RadioSelect, classname="sk-audience"
            ),
        ],
        heading=_("Where"),
    ),
    MultiFieldPanel(
        [FieldPanel("opens_with_building"), FieldPanel("opening_hours")],
        heading=_("When it is open"),
    ),
    _HOW,
    NeededContactPanel("contact_facts", **_CONTACT),
    MultiFieldPanel(
        [
            FieldPanel("platform_profile_url"),
            FieldPanel(
                "platform_vacancies_url",
                help_text=_("The page there with all its work for volunteers."),
            ),
        ],
        heading=_("On the platform"),
        classname="collapsed",
    ),
    _NOTICES,
    _UPKEEP,
    _TRANSLATIONS,
    _ADDRESS,
    PublishingPanel(),
]

ACTIVITY_PANELS = [
    ReadinessPanel(heading=_("Needed to publish")),
    MultiFieldPanel(
        [*_NAMES, NeededFieldPanel("organisation", widget=_ORGANISATION_CHOOSER)], heading=_("Who")
    ),
    FewInlinePanel(
        "co_organisers",
        heading=_("Organised together with"),
        label=_("co-organiser"),
        panels=[
            FieldPanel(
                "organisation",
                widget=_ORGANISATION_CHOOSER,
                help_text=_("It is named beside the organisation that answers for it."),
            )
        ],
    ),
    MultiFieldPanel(_TEXTS, heading=_("What")),
    _FOR_WHOM,
    MultiFieldPanel(
        [
            FieldPanel("forms"),
            FewInlinePanel(
                "sessions",
                label=_("session"),
                panels=[
                    FieldPanel("place", widget=_PLACE_CHOOSER),
                    FieldPanel("room"),
                    FieldPanel("schedule"),
                    FieldPanel("note"),
                ],
            ),
            FieldPanel("without_times"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        ],
        heading=_("Where and when"),
    ),
    _HOW,
    ContactPanel("contact_facts", **_CONTACT),
    MultiFieldPanel(
        [
            FieldPanel(
                "volunteers_wanted",
                help_text=_("The page then says so, with a link to the vacancy if there is one."),
            ),
            FieldPanel("vacancy_url"),
        ],
        heading=_("Volunteers"),
    ),
    _NOTICES,
    _UPKEEP,
    _TRANSLATIONS,
    _ADDRESS,
    PublishingPanel(),
]
