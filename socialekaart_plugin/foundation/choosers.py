"""A chooser of Wagtail's admin to which nonsense is nothing chosen."""

from typing import Any

from wagtail.snippets.widgets import AdminSnippetChooser


class Chooser(AdminSnippetChooser):
    """Chooses a snippet; a value that is no key is shown as none.

    Wagtail's (7.4 to 8.0) fails with a ValueError when a form with such a value is shown again,
    which is a 500 instead of the error that the field has.
    """

    def get_instance(self, value: Any) -> Any:
        """Return the row that a value names, or None."""
        try:
            return super().get_instance(value)
        except (TypeError, ValueError):
            return None
