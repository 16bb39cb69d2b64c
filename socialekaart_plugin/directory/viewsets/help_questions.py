"""Register help questions in the admin."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from socialekaart_plugin.directory.forms.help_question import HelpQuestionForm, PickedWidget
from socialekaart_plugin.directory.models import Activity, HelpQuestion, Organisation
from socialekaart_plugin.directory.views.help_questions import GathersPanel, HelpQuestionIndexView
from socialekaart_plugin.vocabulary.viewsets import OrderedWordViewSet


class HelpQuestionViewSet(OrderedWordViewSet):
    """The viewset of help questions."""

    model = HelpQuestion
    icon = "help"
    menu_label = gettext_lazy("Help questions")
    list_display = ("name",)
    index_view_class = HelpQuestionIndexView
    edit_view_class = SnippetViewSet.edit_view_class
    delete_view_class = SnippetViewSet.delete_view_class
    usage_view_class = SnippetViewSet.usage_view_class
    own_views: ClassVar[dict[str, Any]] = {}
    edit_handler = ObjectList(
        [
            FieldPanel(
                "name",
                heading=gettext_lazy("Question"),
                help_text=gettext_lazy("In the words of who asks: “Ik voel me alleen”."),
            ),
            FieldPanel("explanation"),
            MultiFieldPanel(
                [
                    FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("target_groups", widget=forms.CheckboxSelectMultiple),
                ],
                heading=gettext_lazy("What belongs to it"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel(
                        "organisations",
                        widget=PickedWidget(Organisation),
                        help_text=gettext_lazy("Visitors see those that are public."),
                    ),
                    FieldPanel(
                        "activities",
                        widget=PickedWidget(Activity),
                        help_text=gettext_lazy("Visitors see those that are public."),
                    ),
                ],
                heading=gettext_lazy("Picked by hand"),
                help_text=gettext_lazy(
                    "These always belong to it, whatever their themes. Save to get room for more."
                ),
            ),
            GathersPanel(heading=gettext_lazy("What it gathers now")),
            FieldPanel("slug"),
        ],
        base_form_class=HelpQuestionForm,
    )
