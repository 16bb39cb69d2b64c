"""`reanalyse_records`: analyse all records with the newest compounds; resumes where it stopped."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from socialekaart_plugin.discovery.reanalysis import continue_reanalysis, start_reanalysis


class Command(BaseCommand):
    """Start a run if one is needed, and complete it."""

    help = "Read all records with the newest compounds, as far as that is not done. Repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        """Complete the run, and print how many records were analysed."""
        start_reanalysis()
        run = continue_reanalysis()
        self.stdout.write(
            self.style.SUCCESS(
                _("%(number)s records are read with the newest compounds.")
                % {"number": run.done if run else 0}
            )
        )
