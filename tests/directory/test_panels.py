"""The forms of the admin explain themselves: every field has help in words."""

import pytest
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, InlinePanel, PublishingPanel

from socialekaart_plugin.models import (
    Activity,
    Area,
    HelpQuestion,
    Keyword,
    Organisation,
    Place,
    TargetGroup,
    Theme,
)

FORMS = [Organisation, Activity, Place, Area, Theme, TargetGroup, Keyword, HelpQuestion]


def fields_without_help(panel, form_class):
    """The fields below a panel that neither the panel nor the form explains."""
    if isinstance(panel, PublishingPanel):
        return []  # Wagtail's own, with its own words
    if isinstance(panel, InlinePanel):
        form_class = form_class.formsets[panel.relation_name].form
        children = panel.child_edit_handler.children
    elif isinstance(panel, FieldPanel):
        field = form_class.base_fields[panel.field_name]
        return [] if panel.help_text or field.help_text else [panel.field_name]
    else:
        children = getattr(panel, "children", [])
    return [name for child in children for name in fields_without_help(child, form_class)]


@pytest.fixture(autouse=True)
def viewsets():
    hooks.search_for_hooks()


@pytest.mark.parametrize("model", FORMS, ids=lambda model: model.__name__)
def test_every_field_of_a_form_has_help(model):
    handler = model.snippet_viewset._edit_handler
    assert fields_without_help(handler, handler.get_form_class()) == []
