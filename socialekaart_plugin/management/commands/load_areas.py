"""`load_areas`: load outlines of municipalities, districts or neighbourhoods from GeoJSON."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socialekaart_plugin.places.actions import AreaChange, LoadReport, load_areas
from socialekaart_plugin.places.boundaries import BoundaryFileError, read_boundary_file
from socialekaart_plugin.places.choices import AreaKind


class Command(BaseCommand):
    """Load areas from boundary files; can be repeated."""

    help = "Load the outlines of areas from GeoJSON files in degrees (WGS84). Repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add arguments for the files, their area level and their property names."""
        parser.add_argument("path", type=Path, nargs="+", help="GeoJSON file, one or more")
        parser.add_argument(
            "--kind",
            choices=AreaKind.values,
            help="what the features are (default: as their properties say)",
        )
        parser.add_argument("--code-property", help="property with the code (default: as CBS)")
        parser.add_argument("--name-property", help="property with the name (default: as CBS)")
        parser.add_argument(
            "--parent-property", help="property with the code of the wider area (default: as CBS)"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only tell what would change; change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the files completely, load them in one transaction, and print the changes."""
        try:
            areas = [
                area
                for path in options["path"]
                for area in read_boundary_file(
                    path,
                    kind=AreaKind(options["kind"]) if options["kind"] else None,
                    code_property=options["code_property"],
                    name_property=options["name_property"],
                    parent_property=options["parent_property"],
                )
            ]
            report = load_areas(areas=areas, dry_run=options["dry_run"])
        except BoundaryFileError as error:
            raise CommandError(str(error)) from error
        self._print(report)
        if options["dry_run"]:
            self.stdout.write(_("Nothing was changed: this was a dry run."))

    def _print(self, report: LoadReport) -> None:
        self.stdout.write(
            _("Areas: %(created)s new, %(updated)s changed, %(unchanged)s the same.")
            % {
                "created": len(report.created),
                "updated": len(report.updated),
                "unchanged": len(report.unchanged),
            }
        )
        for name in report.created:
            self.stdout.write(f"  + {name}")
        for change in report.changes:
            self.stdout.write(f"  ~ {change.name}: {_what_changed(change)}")
        if report.gone:
            self.stdout.write(
                _("No longer in the file, but kept: %(names)s.") % {"names": ", ".join(report.gone)}
            )
        if report.moved_places:
            number = len(report.moved_places)
            self.stdout.write(
                ngettext(
                    "%(number)s place lies in another area now:",
                    "%(number)s places lie in another area now:",
                    number,
                )
                % {"number": number}
            )
        for place, before, after in report.moved_places:
            self.stdout.write(f"  {place}: {before} → {after}")


def _what_changed(change: AreaChange) -> str:
    said = []
    if change.name_before is not None:
        said.append(_("was called %(name)s") % {"name": change.name_before})
    if change.part_of is not None:
        said.append(
            _("part of %(after)s, was %(before)s")
            % {"after": change.part_of, "before": change.part_of_before}
        )
    if change.moved_share is not None:
        said.append(
            _("outline moved by %(percent)s%% of its surface")
            % {"percent": _percent(change.moved_share)}
        )
    return "; ".join(said) or _("another kind of area")


def _percent(share: float) -> str:
    """Write a percentage with no more digits than are meaningful: 0.3, 12."""
    percent = share * 100
    return localize(round(percent, 1) if percent < 10 else round(percent))
