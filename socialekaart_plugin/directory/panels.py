"""The forms of the record in the admin, in the order in which one would tell it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel

_NAMES = [
    FieldPanel("name", required_on_save=True),
    FieldPanel("alternative_names", widget=forms.Textarea(attrs={"rows": 2})),
]
_TEXTS = [
    FieldPanel("summary", widget=forms.Textarea(attrs={"rows": 3})),
    FieldPanel("description"),
    FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
    FieldPanel("tags"),
]
_FOR_WHOM = MultiFieldPanel(
    [FieldPanel("target_groups", widget=forms.CheckboxSelectMultiple)], heading=_("For whom")
)
_CONTACT = InlinePanel(
    "contact_facts",
    heading=_("Contact"),
    label=_("contact detail"),
    panels=[
        FieldPanel("kind"),
        FieldPanel("value"),
        FieldPanel("label"),
        FieldPanel("audience", widget=forms.RadioSelect),
    ],
)
_ADDRESS = MultiFieldPanel(
    [FieldPanel("slug")], heading=_("Address on the site"), classname="collapsed"
)

ORGANISATION_PANELS = [
    MultiFieldPanel([*_NAMES, FieldPanel("kind")], heading=_("Who")),
    MultiFieldPanel(_TEXTS, heading=_("What")),
    _FOR_WHOM,
    MultiFieldPanel([FieldPanel("visiting_place")], heading=_("Where")),
    _CONTACT,
    _ADDRESS,
    PublishingPanel(),
]

ACTIVITY_PANELS = [
    MultiFieldPanel([*_NAMES, FieldPanel("organisation")], heading=_("Who")),
    InlinePanel(
        "co_organisers",
        heading=_("Organised together with"),
        label=_("co-organiser"),
        panels=[FieldPanel("organisation")],
    ),
    MultiFieldPanel(_TEXTS, heading=_("What")),
    _FOR_WHOM,
    InlinePanel(
        "sessions",
        heading=_("Where"),
        label=_("location"),
        panels=[FieldPanel("place"), FieldPanel("room"), FieldPanel("note")],
    ),
    _CONTACT,
    _ADDRESS,
    PublishingPanel(),
]
