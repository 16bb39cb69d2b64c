"""Notes what became of each mail; a note that fails holds up no mail, and is written later."""

import logging
from collections.abc import Collection

from django.db import connections, router

from .models import UnsentMail

logger = logging.getLogger("socialekaart_plugin.mail")


class Outcomes:
    """What became of the mails of one burst.

    Once a note fails, the next are only remembered until `settle`: a database that is locked would
    make each mail wait for it.
    """

    def __init__(self) -> None:
        """Begin with nothing to note."""
        #: By key of the row: why the mail did not leave; empty when it did.
        self._unnoted: dict[int, str] = {}

    def left(self, pks: Collection[int]) -> None:
        """Note that these left: their rows go."""
        self._note(dict.fromkeys(pks, ""))

    def failed(self, pks: Collection[int], reason: str) -> None:
        """Note why these did not leave."""
        self._note(dict.fromkeys(pks, reason))

    @property
    def settled(self) -> bool:
        """Whether all is noted."""
        return not self._unnoted

    def settle(self) -> None:
        """Try again what could not be noted; what fails again is logged, and stays remembered."""
        if not self.settled:
            # A connection that broke while something was noted is of no use any more.
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
