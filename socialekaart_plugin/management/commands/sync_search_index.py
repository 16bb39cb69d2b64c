"""`sync_search_index`: update the Elasticsearch index from the index in the database."""

import signal
from types import FrameType
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socialekaart_plugin.discovery.index_sync import (
    IndexUnavailableError,
    SyncOutcome,
    check_search_index,
    rebuild_search_index,
    sync_search_index,
    watch_search_index,
)

#: Exit code if differences were found and corrected; 1 means that the command failed.
DIFFERED = 2


class Command(BaseCommand):
    """Send changes once or continuously, or rebuild or check the index."""

    help = "Let the index in Elasticsearch follow the database. Repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add options for what to do; the default is to send changes."""
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--rebuild", action="store_true", help="build a new index beside the one searched"
        )
        what.add_argument(
            "--check", action="store_true", help="compare all with the database, and mend it"
        )
        what.add_argument(
            "--watch",
            type=_seconds,
            nargs="?",
            const=0.5,
            metavar="SECONDS",
            help="stay, and look for what is newer every so many seconds (0.5)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run with progress, and print the result; SIGTERM and Ctrl-C stop it cleanly."""
        before = signal.signal(signal.SIGTERM, _stop)
        try:
            self._do(options)
        except KeyboardInterrupt:
            self.stdout.write(_("Stopped; the next run goes on from here."))
        except IndexUnavailableError as error:
            raise CommandError(str(error)) from error
        finally:
            signal.signal(signal.SIGTERM, before)

    def _do(self, options: dict[str, Any]) -> None:
        if options["check"]:
            self._check()
        elif options["rebuild"]:
            self._report(rebuild_search_index(progress=self._show))
        elif options["watch"] is not None:
            self._watch(options["watch"], is_wordy=options["verbosity"] > 1)
        else:
            self._report(sync_search_index(progress=self._show))

    def _watch(self, seconds: float, *, is_wordy: bool) -> None:
        # First catch up, with progress; retry after errors here as well.
        self.stdout.write(_("Watching; the index follows what is published."))
        self.stdout.flush()
        watch_search_index(
            seconds=seconds,
            tell=lambda followed: self._report(followed) if is_wordy else None,
            progress=self._show_much,
        )

    def _check(self) -> None:
        found = check_search_index(progress=self._show)
        if found is None:
            raise CommandError(
                _("There was no index of this database; it is built now."), returncode=DIFFERED
            )
        if not found.faults:
            self.stdout.write(
                self.style.SUCCESS(
                    _("The index holds what it should: %(number)s documents.")
                    % {"number": found.documents}
                )
            )
            return
        for key, fault in found.examples:
            self.stdout.write(f"- {key}: {fault}")
        counts = ", ".join(f"{number} {fault}" for fault, number in sorted(found.faults.items()))
        raise CommandError(
            _("The index differed from the database, and is mended: %(counts)s.")
            % {"counts": counts},
            returncode=DIFFERED,
        )

    def _report(self, followed: SyncOutcome) -> None:
        words = ngettext(
            "%(number)s document is sent to the index.",
            "%(number)s documents are sent to the index.",
            followed.documents,
        ) % {"number": followed.documents}
        if followed.is_rebuilt:
            words = _("The index is built anew.") + " " + words
        self.stdout.write(self.style.SUCCESS(words))

    def _show(self, done: int, total: int) -> None:
        self.stdout.write(f"{done}/{total}")
        self.stdout.flush()

    def _show_much(self, done: int, total: int) -> None:
        """Show progress if there is more than one batch."""
        if total > _MUCH:
            self._show(done, total)


_MUCH = 500


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 3_600:
        raise ValueError(text)
    return seconds


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """Stop in the same way as Ctrl-C."""
    raise KeyboardInterrupt
