"""Buttons on a word for actions besides editing."""

from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from socialekaart_plugin.vocabulary.models import Theme

from .merge import may_merge, merge_url


def word_buttons(view: Any, word: Any) -> list[Button]:
    """Return the buttons to move, merge and show the uses of a word that the user may see."""
    viewset = type(word).snippet_viewset
    may = viewset.permission_policy.user_has_permission
    pk = quote(word.pk)
    buttons = []
    if isinstance(word, Theme) and may(view.request.user, "change"):
        move_url = reverse(viewset.get_url_name("move"), args=[pk])
        buttons.append(Button(_("Move"), url=move_url, icon_name="arrow-right", priority=12))
    if may_merge(viewset, view.request.user):
        url = merge_url(viewset, word)
        buttons.append(Button(_("Merge"), url=url, icon_name="collapse-down", priority=14))
    if may(view.request.user, "change"):
        usage_url = reverse(viewset.get_url_name("usage"), args=[pk])
        buttons.append(Button(_("Where used"), url=usage_url, icon_name="link", priority=16))
    return buttons
