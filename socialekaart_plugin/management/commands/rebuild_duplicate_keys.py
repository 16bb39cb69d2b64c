"""`rebuild_duplicate_keys`: write anew by what possible duplicates are found."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from socialekaart_plugin.directory.rebuild import rebuild_duplicate_keys


class Command(BaseCommand):
    """Rebuild the keys of possible duplicates; harmless when run again."""

    help = "Write the keys by which possible duplicates are found anew, in batches. Repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild with progress, and print how many keys there are."""
        number = rebuild_duplicate_keys(progress=self._show)
        self.stdout.write(self.style.SUCCESS(_("%(number)s keys.") % {"number": number}))

    def _show(self, model: Any, done: int, total: int) -> None:
        self.stdout.write(f"{model._meta.verbose_name_plural}: {done}/{total}")
