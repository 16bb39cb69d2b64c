"""`setup_socialekaart`: create the team's groups, permissions and workflow; can be repeated."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socialekaart_plugin.channels.pages.actions import create_directory_page
from socialekaart_plugin.moderation.team_setup import set_up_team


class Command(BaseCommand):
    """Set up a site for the sociale kaart; removes nothing, safe to repeat."""

    help = "Make the groups, permissions and workflow of the sociale kaart. Repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the option to create a directory page too."""
        parser.add_argument(
            "--with-page",
            action="store_true",
            help="also make a directory page below the home page, when the site has none",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Set up, and print what was created."""
        report = set_up_team()
        for group, codenames in report.permissions.items():
            self.stdout.write(
                ngettext(
                    "+ %(group)s: %(number)s permission",
                    "+ %(group)s: %(number)s permissions",
                    len(codenames),
                )
                % {"group": group, "number": len(codenames)}
            )
        for made in report.workflow:
            self.stdout.write(f"+ {made}")
        if options["with_page"]:
            page = create_directory_page()
            self.stdout.write(_("Directory page: %(url)s") % {"url": page.full_url})
        self.stdout.write(self.style.SUCCESS(_("The sociale kaart is set up.")))
