"""The forms of the record in the admin, in the order in which one would tell it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.snippets.widgets import AdminSnippetChooser

from socialekaart_plugin.directory.models import Organisation
from socialekaart_plugin.places.models import Place

# Texts of our own: AdminSnippetChooser freezes its texts in the language of the moment in which
# the form class is made (Wagtail 7.4 to 8.0), which is English within a management command.
_PLACE_CHOOSER = AdminSnippetChooser(
    Place,
    choose_one_text=_("Choose a place"),
    choose_another_text=_("Choose another place"),
    link_to_chosen_text=_("Edit this place"),
)
_ORGANISATION_CHOOSER = AdminSnippetChooser(
    Organisation,
    choose_one_text=_("Choose an organisation"),
    choose_another_text=_("Choose another organisation"),
    link_to_chosen_text=_("Edit this organisation"),
)

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
    MultiFieldPanel([FieldPanel("visiting_place", widget=_PLACE_CHOOSER)], heading=_("Where")),
    _CONTACT,
    _ADDRESS,
    PublishingPanel(),
]

ACTIVITY_PANELS = [
    MultiFieldPanel(
        [*_NAMES, FieldPanel("organisation", widget=_ORGANISATION_CHOOSER)], heading=_("Who")
    ),
    InlinePanel(
        "co_organisers",
        heading=_("Organised together with"),
        label=_("co-organiser"),
        panels=[FieldPanel("organisation", widget=_ORGANISATION_CHOOSER)],
    ),
    MultiFieldPanel(_TEXTS, heading=_("What")),
    _FOR_WHOM,
    InlinePanel(
        "sessions",
        heading=_("Where"),
        label=_("location"),
        panels=[FieldPanel("place", widget=_PLACE_CHOOSER), FieldPanel("room"), FieldPanel("note")],
    ),
    _CONTACT,
    _ADDRESS,
    PublishingPanel(),
]
