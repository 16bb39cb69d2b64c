"""Sends queued mail in a background thread, and records failures in the database."""

import contextlib
import copy
import logging
import os
import time
from collections import deque
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from smtplib import SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.message import EmailMessage
from django.db import connections, router, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .delivery_results import Outcomes
from .models import UnsentMail

logger = logging.getLogger("socialekaart_plugin.mail")

#: SMTP timeout in seconds, when EMAIL_TIMEOUT is not set.
DEFAULT_TIMEOUT = 10

#: Waiting times in seconds between attempts to record results.
_PAUSES = (0.5, 1, 2)

#: Backends without a network connection: these send at once, without the thread.
_CALLS_NOBODY = frozenset(
    f"django.core.mail.backends.{name}" for name in ("console", "dummy", "filebased", "locmem")
)


@dataclass(frozen=True)
class Parcel:
    """A queued message.

    Attributes:
        pk: its row of `UnsentMail`.
        message: a copy of the message at the time of queueing.
        backend: path of the backend that sends it.
    """

    pk: int
    message: EmailMessage
    backend: str


#: The queue of the thread.
_waiting: deque[Parcel] = deque()


def hand_over(messages: Sequence[EmailMessage], backend: str) -> None:
    """Queue messages to be sent after the commit; returns at once. Sending errors are never raised.

    Args:
        messages: the messages; later changes to them have no effect.
        backend: path of the e-mail backend that sends them.
    """
    database = router.db_for_write(UnsentMail)
    rows = UnsentMail.objects.using(database).bulk_create(
        UnsentMail(recipients=_text(", ".join(m.recipients())), subject=_text(m.subject))
        for m in messages
    )
    parcels = [
        Parcel(row.pk, _as_it_is_now(message), backend)
        for row, message in zip(rows, messages, strict=True)
    ]
    # Not `partial`: Django (5.2) logs `__qualname__` on an error, and a partial has none.
    transaction.on_commit(lambda: _carry(parcels), using=database, robust=True)


def note_failure(*, recipients: str, subject: str, error: Exception) -> UnsentMail:
    """Store for managers that a mail could not be composed."""
    return UnsentMail.objects.create(
        recipients=_text(recipients), subject=_text(subject), error=_reason(error)
    )


def wait_until_carried(timeout: float) -> None:
    """Wait until the queue of this process is empty.

    Raises:
        TimeoutError: it is not empty after `timeout` seconds.
    """
    _in_thread(lambda: None).result(timeout)


def _carry(parcels: list[Parcel]) -> None:
    if all(parcel.backend.rpartition(".")[0] in _CALLS_NOBODY for parcel in parcels):
        outcomes = Outcomes()
        _deliver(parcels, outcomes)
        outcomes.settle()
        return
    _waiting.extend(parcels)
    try:
        _in_thread(_deliver_what_waits)
    except RuntimeError:
        # Python is shutting down and accepts no new work: send now.
        _deliver_what_waits()


@cache
def _thread_of(_process: int) -> ThreadPoolExecutor:
    """Return the thread of this process, because a fork does not inherit threads.

    Python waits for the thread when the process exits.
    """
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="socialekaart-mail")


def _in_thread(work: Any) -> Future[None]:
    return _thread_of(os.getpid()).submit(work)


def _deliver_what_waits() -> None:
    """Send the queue, then retry recording results that could not be saved."""
    outcomes = Outcomes()
    try:
        _deliver_burst(outcomes)
        for pause in _PAUSES:
            if outcomes.settled:
                break
            time.sleep(pause)
            _deliver_burst(outcomes)  # queued in the meantime
            outcomes.settle()
    except Exception:
        # The rows remain, and managers see them once they are late.
        logger.exception("The thread that carries mail failed")
    finally:
        connections.close_all()  # of this thread


def _deliver_burst(outcomes: Outcomes) -> None:
    """Send the current queue, one connection per backend: a hanging server costs one timeout."""
    parcels: list[Parcel] = []
    with contextlib.suppress(IndexError):
        while True:
            parcels.append(_waiting.popleft())
    for backend in dict.fromkeys(parcel.backend for parcel in parcels):
        _deliver([parcel for parcel in parcels if parcel.backend == backend], outcomes)


def _deliver(parcels: list[Parcel], outcomes: Outcomes) -> None:
    addressed = [parcel for parcel in parcels if parcel.message.recipients()]
    _send(addressed, outcomes)
    outcomes.left({parcel.pk for parcel in parcels} - {parcel.pk for parcel in addressed})


def _send(parcels: list[Parcel], outcomes: Outcomes) -> None:
    """Send mails through one backend; stop when the server cannot be reached."""
    waiting = deque(parcels)
    carrier: Any = None
    lost = False
    while waiting:
        try:
            if carrier is None:
                carrier = _carrier(parcels[0].backend)
            carrier.open()
        except Exception as error:
            _failed(waiting, outcomes, error, _reason(error))
            return
        parcel = waiting.popleft()
        try:
            carrier.send_messages([parcel.message])
        except Exception as error:
            _failed([parcel], outcomes, error, _reason(error))
            _close(carrier)  # the next mail gets a new connection
            lost_before, lost = lost, _is(error, ConnectionError, SMTPServerDisconnected)
            # Reconnect once: a server can disconnect after one bad mail or a maximum.
            if _is(error, TimeoutError) or (lost and lost_before):
                words = _("Not tried: the mail server was lost at an earlier mail. %(error)s")
                _failed(waiting, outcomes, error, words % {"error": _reason(error)})
                return
        else:
            lost = False
            outcomes.left({parcel.pk})
    if carrier is not None:
        _close(carrier)


def _carrier(backend: str) -> Any:
    """Create the sending backend, with the options of MAILERS if set (Django 6.1)."""
    mailer = getattr(settings, "MAILERS", {}).get("default")
    if mailer is None:
        carrier: Any = get_connection(backend)
    else:
        carrier = import_string(backend)(alias="default", **mailer.get("OPTIONS", {}))
    if getattr(carrier, "timeout", DEFAULT_TIMEOUT) is None:
        carrier.timeout = DEFAULT_TIMEOUT
    return carrier


def _close(carrier: Any) -> None:
    """Close the connection; errors are only logged, because the mails are already handled."""
    try:
        carrier.close()
    except Exception:
        logger.info("The mail server did not end the talk as it should", exc_info=True)


def _failed(parcels: Collection[Parcel], outcomes: Outcomes, error: Exception, reason: str) -> None:
    for parcel in parcels:
        message = parcel.message
        logger.error(
            "Mail not sent: %r to %s", str(message.subject), message.recipients(), exc_info=error
        )
    outcomes.failed({parcel.pk for parcel in parcels}, reason)


def _is(error: BaseException | None, *kinds: type[BaseException]) -> bool:
    """Return whether an error or one of its causes is of these types."""
    while error is not None and not isinstance(error, kinds):
        error = error.__cause__ or error.__context__
    return error is not None


def _reason(error: Exception) -> str:
    return _text(f"{type(error).__name__}: {error}".removesuffix(": "))


def _text(value: object) -> str:
    """Return text that the database can store."""
    return str(value).replace("\0", "")


def _as_it_is_now(message: EmailMessage) -> EmailMessage:
    """Copy a message, and evaluate lazy text in the current language."""
    kept = copy.copy(message)
    for name, value in vars(message).items():
        if isinstance(value, list | dict):
            setattr(kept, name, copy.copy(value))
    kept.connection = None
    kept.subject, kept.body = str(message.subject), str(message.body)
    return kept
