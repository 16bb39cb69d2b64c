"""Records the result of each mail; a database error is retried later and does not stop sending."""

import logging
from collections.abc import Collection

from django.db import connections, router

from .models import UnsentMail

logger = logging.getLogger("socialekaart_plugin.mail")


class Outcomes:
    """The results of one batch of mail.

    After a database error, results are kept in memory until `settle`. Otherwise every mail would
    wait for a locked database.
    """

    def __init__(self) -> None:
        """Start without unsaved results."""
        #: Unsaved results by pk: the error, or empty for a sent mail.
        self._unnoted: dict[int, str] = {}

    def left(self, pks: Collection[int]) -> None:
        """Record sent mails: their rows are deleted."""
        self._note(dict.fromkeys(pks, ""))

    def failed(self, pks: Collection[int], reason: str) -> None:
        """Record why these mails failed."""
        self._note(dict.fromkeys(pks, reason))

    @property
    def settled(self) -> bool:
        """Whether all results are saved."""
        return not self._unnoted

    def settle(self) -> None:
        """Retry saving results; a new error is logged and the results are kept."""
        if not self.settled:
            # Close a broken database connection.
            connections[router.db_for_write(UnsentMail)].close_if_unusable_or_obsolete()
            self._write()

    def _note(self, outcomes: dict[int, str]) -> None:
        was_settled = self.settled
        self._unnoted |= outcomes
        if was_settled:
            self._write()

    def _write(self) -> None:
        try:
            for reason in set(self._unnoted.values()):
                pks = [pk for pk, of_this in self._unnoted.items() if of_this == reason]
                rows = UnsentMail.objects.filter(pk__in=pks)
                if reason:
                    rows.update(error=reason)
                else:
                    rows.delete()
                for pk in pks:
                    del self._unnoted[pk]
        except Exception:
            logger.warning(
                "What became of %d mails could not be noted", len(self._unnoted), exc_info=True
            )
