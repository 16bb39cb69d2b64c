"""`check_public_records`: compare every row of the gate with its record; run nightly."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socialekaart_plugin.publication.rebuild import Step, differing_records, rebuild_public_records


class Command(BaseCommand):
    """Report public records that differ from their records; `--mend` corrects them."""

    help = "Compare the public records with the records. Ends with an error when any differ."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the option to correct differences."""
        parser.add_argument("--mend", action="store_true", help="put right what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare with progress, and list the differences."""
        found = 0
        for difference in differing_records(progress=self._show):
            found += 1
            self.stdout.write(
                f"{difference.kind} {difference.record_uuid} {difference.name}: "
                f"{difference.event.label if difference.event else '–'}"
            )
        if not found:
            self.stdout.write(self.style.SUCCESS(_("Every public record is as it should be.")))
            return
        message = ngettext(
            "%(number)s public record differs.", "%(number)s public records differ.", found
        ) % {"number": found}
        if not options["mend"]:
            raise CommandError(message)
        rebuild_public_records(restart=True, progress=self._show)
        self.stdout.write(self.style.SUCCESS(message + " " + _("They are mended.")))

    def _show(self, step: Step) -> None:
        if step.done % 2000 == 0:
            self.stdout.write(f"{step.kind.label}: {step.done}/{step.total}")
