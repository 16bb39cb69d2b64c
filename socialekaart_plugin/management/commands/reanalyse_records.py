"""`reanalyse_records`: read all records with the newest compounds, as far as that is not done."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from socialekaart_plugin.discovery.reanalysis import continue_reanalysis, start_reanalysis


class Command(BaseCommand):
    """Begin a run when one is needed, and go on to the end."""

    help = "Read all records with the newest compounds, as far as that is not done. Repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go on to the end, and print how many records were read."""
        start_reanalysis()
        run = continue_reanalysis()
        self.stdout.write(
            self.style.SUCCESS(
                _("%(number)s records are read with the newest compounds.")
                % {"number": run.done if run else 0}
            )
        )
