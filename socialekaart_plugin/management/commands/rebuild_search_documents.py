"""`rebuild_search_documents`: rebuild the search documents from the public records."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from socialekaart_plugin.discovery.actions import rebuild_search_documents


class Command(BaseCommand):
    """Rebuild the search documents; safe to repeat."""

    help = "Rewrite the search documents of every public record. Repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild with progress, and print the number of searchable records."""
        findable = rebuild_search_documents(progress=self._show)
        self.stdout.write(
            self.style.SUCCESS(_("%(number)s records can be found.") % {"number": findable})
        )

    def _show(self, done: int, total: int) -> None:
        self.stdout.write(f"{done}/{total}")
