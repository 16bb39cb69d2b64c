"""`load_areas`: load the outlines of municipality, districts or neighbourhoods from GeoJSON."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from socialekaart_plugin.places.actions import load_areas
from socialekaart_plugin.places.boundaries import BoundaryFileError, read_boundary_file
from socialekaart_plugin.places.choices import AreaKind


class Command(BaseCommand):
    """Load areas from a boundary file; repeatable."""

    help = "Load the outlines of areas from a GeoJSON file in degrees (WGS84). Repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, what it holds, and the names of its properties."""
        parser.add_argument("path", type=Path, help="GeoJSON file")
        parser.add_argument(
            "--kind", required=True, choices=AreaKind.values, help="what its features are"
        )
        parser.add_argument("--code-property", help="property with the code (default: as CBS)")
        parser.add_argument("--name-property", help="property with the name (default: as CBS)")
        parser.add_argument(
            "--parent-property", help="property with the code of the wider area (default: as CBS)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file whole, load it in one transaction, print what changed."""
        try:
            areas = read_boundary_file(
                options["path"],
                kind=AreaKind(options["kind"]),
                code_property=options["code_property"],
                name_property=options["name_property"],
                parent_property=options["parent_property"],
            )
            report = load_areas(areas=areas)
        except BoundaryFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Areas: %(created)s new, %(updated)s changed, %(unchanged)s the same.")
            % {
                "created": len(report.created),
                "updated": len(report.updated),
                "unchanged": len(report.unchanged),
            }
        )
        for place, before, after in report.moved_places:
            self.stdout.write(f"  {place}: {before} → {after}")
