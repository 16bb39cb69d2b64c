"""Ask for confirmation before creating a record that looks like an existing one."""

from typing import Any

from django.utils.translation import ngettext
from wagtail.snippets.views import snippets

from socialekaart_plugin.directory.form_advice import unread_duplicates


class AsksAboutDuplicates:
    """A create view that shows the form once more when there is a strong duplicate.

    All input is kept. The panel at the top shows the duplicate with a checkbox "this is really
    another". Autosave waits too, so that no draft of a duplicate remains.
    """

    def is_valid(self, form: Any) -> bool:
        """Validate the form, and check that the user has looked at strong duplicates."""
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
    """Create a place."""
