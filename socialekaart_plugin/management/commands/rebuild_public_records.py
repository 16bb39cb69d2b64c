"""`rebuild_public_records`: update every row of the gate from its record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from socialekaart_plugin.publication.rebuild import Step, rebuild_public_records


class Command(BaseCommand):
    """Rebuild the public read model; unchanged rows keep their sequence."""

    help = (
        "Bring every public record up to date. Unchanged ones keep their sequence; an "
        "interrupted run goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the option to start from the beginning."""
        parser.add_argument(
            "--restart", action="store_true", help="start again after an interrupted run"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild with progress, and print the number of rows written."""
        written = rebuild_public_records(restart=options["restart"], progress=self._show)
        for kind, number in written.items():
            self.stdout.write(f"{kind}: {number}")
        self.stdout.write(self.style.SUCCESS(_("Every public record is up to date.")))

    def _show(self, step: Step) -> None:
        self.stdout.write(
            _("%(kind)s: %(done)s of %(total)s, %(written)s written")
            % {
                "kind": step.kind.label,
                "done": step.done,
                "total": step.total,
                "written": step.differing,
            }
        )
