"""`load_school_holidays`: load the school holidays of one or more regions from a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from socialekaart_plugin.places.actions import HolidayChanges, load_school_holidays
from socialekaart_plugin.places.holiday_files import HolidayFileError, read_holiday_file
from socialekaart_plugin.timetable.calendars import Period


class Command(BaseCommand):
    """Load school holidays from a file; can be repeated."""

    help = "Load school holidays from JSON or CSV (region, name, from, to). Repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the argument for the file."""
        parser.add_argument("path", type=Path, help="a file that ends in .json or .csv")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file completely, load it in one transaction, and print the changes."""
        try:
            report = load_school_holidays(calendars=read_holiday_file(options["path"]))
        except HolidayFileError as error:
            raise CommandError(str(error)) from error
        for changes in report:
            self._print(changes)

    def _print(self, changes: HolidayChanges) -> None:
        self.stdout.write(
            _("%(region)s: %(added)s new, %(removed)s gone, %(unchanged)s the same.")
            % {
                "region": changes.region,
                "added": len(changes.added),
                "removed": len(changes.removed),
                "unchanged": changes.unchanged,
            }
        )
        for sign, periods in (("-", changes.removed), ("+", changes.added)):
            for period in periods:
                self.stdout.write(f"  {sign} {_line(period)}")


def _line(period: Period) -> str:
    return f"{period.name}: {date_format(period.first)} – {date_format(period.last)}"
