"""`renew_coming_times`: extend the coming times that search filters on; run nightly."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from socialekaart_plugin.discovery.actions import renew_coming_times


class Command(BaseCommand):
    """Write coming times for records that have few left; can be repeated."""

    help = "Keep ahead the times by which search knows what is held when."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them with progress, and print the number of records."""
        number = renew_coming_times(today=timezone.localdate(), progress=self._show)
        self.stdout.write(
            self.style.SUCCESS(
                ngettext(
                    "The coming times of %(number)s record were looked at.",
                    "The coming times of %(number)s records were looked at.",
                    number,
                )
                % {"number": number}
            )
        )

    def _show(self, done: int, total: int) -> None:
        self.stdout.write(f"{done}/{total}")
