"""`rebuild_duplicate_keys`: rebuild the keys that find possible duplicates."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from socialekaart_plugin.directory.rebuild import rebuild_duplicate_keys


class Command(BaseCommand):
    """Rebuild the keys of possible duplicates; safe to repeat."""

    help = "Rewrite the keys of possible duplicates, in batches. Repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild with progress, and print the number of keys."""
        number = rebuild_duplicate_keys(progress=self._show)
        self.stdout.write(self.style.SUCCESS(_("%(number)s keys.") % {"number": number}))

    def _show(self, model: Any, done: int, total: int) -> None:
        self.stdout.write(f"{model._meta.verbose_name_plural}: {done}/{total}")
