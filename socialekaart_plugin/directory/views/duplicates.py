"""A new record that looks like one that is there already is made only when someone says so."""

from typing import Any

from django.utils.translation import ngettext
from wagtail.snippets.views import snippets

from socialekaart_plugin.directory.form_advice import unread_duplicates


class AsksAboutDuplicates:
    """A form for a new record that comes back once when there is a strong duplicate.

    All that was typed stays; the panel at the top shows the duplicate with a box "this really is
    another". Wagtail's automatic saving waits too, so that no draft of a duplicate is left behind.
    """

    def is_valid(self, form: Any) -> bool:
        """Check the form, and whether someone looked at what it looks like."""
        if not super().is_valid(form):  # type: ignore[misc]
            return False
        duplicates = unread_duplicates(form)
        if not duplicates:
            return True
        self.produced_error_code = "validation_error"
        self.produced_error_message = ngettext(
            "Not saved yet: “%(name)s” is there already. Look at it first, or tick that this "
            "really is another.",
            "Not saved yet: “%(name)s” and others are there already. Look at them first, or tick "
            "that this really is another.",
            len(duplicates),
        ) % {"name": duplicates[0].record}
        return False


class PlaceCreateView(AsksAboutDuplicates, snippets.CreateView):
    """A new place."""
