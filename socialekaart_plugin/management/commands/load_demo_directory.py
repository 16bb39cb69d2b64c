"""`load_demo_directory`: load an invented sociale kaart as a demonstration, or remove it."""

import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from socialekaart_plugin.management.demo import load_demo_directory, remove_demo_directory
from socialekaart_plugin.management.demo_users import create_demo_users, remove_demo_users


class Command(BaseCommand):
    """Load the demonstration directory, or remove exactly what was loaded; can be repeated."""

    help = "Load the demonstration directory: invented organisations in Zoetermeer. Repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add options: remove it, create users, and the day to count from."""
        parser.add_argument(
            "--remove", action="store_true", help="remove what was loaded, users included"
        )
        parser.add_argument(
            "--with-users", action="store_true", help="also make an editor, a moderator, a manager"
        )
        parser.add_argument(
            "--password-file",
            type=Path,
            default=None,
            help="give these users the password in this file, and do not print it",
        )
        parser.add_argument(
            "--today",
            type=datetime.date.fromisoformat,
            default=None,
            help="count the dates of records from this day (YYYY-MM-DD)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load or remove with progress, and print the result."""
        if options["remove"]:
            self._remove()
            return
        if options["with_users"]:
            self._make_users(options["password_file"])  # first: they are stewards of records
        made = load_demo_directory(
            today=options["today"] or timezone.localdate(), progress=self._show
        )
        if made:
            self.stdout.write(self.style.SUCCESS(_("The demonstration directory is loaded.")))
        else:
            self.stdout.write(_("The demonstration directory was there already."))

    def _remove(self) -> None:
        for name in remove_demo_directory(progress=self._show):
            self.stdout.write(_("%(name)s stays: it is in use.") % {"name": name})
        for name in remove_demo_users():
            self.stdout.write(f"- {name}")
        self.stdout.write(self.style.SUCCESS(_("The demonstration directory is removed.")))

    def _make_users(self, password_file: Path | None) -> None:
        try:
            password = password_file.read_text(encoding="utf-8").strip() if password_file else ""
        except OSError as error:
            raise CommandError(str(error)) from error
        if password_file and not password:
            raise CommandError(_("%(path)s is empty.") % {"path": password_file})
        try:
            passwords = create_demo_users(password)
        except Group.DoesNotExist as error:
            raise CommandError(_("Run setup_socialekaart first: it makes the groups.")) from error
        for name, given in () if password else passwords.items():
            self.stdout.write(
                _("User %(name)s, password %(password)s") % {"name": name, "password": given}
            )

    def _show(self, label: str, done: int, total: int) -> None:
        if done == total or done % 25 == 0:
            self.stdout.write(f"{label}: {done}/{total}")
