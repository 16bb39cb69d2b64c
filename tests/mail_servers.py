"""Mail servers that misbehave, each on a real socket."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.discovery.faults.servers import closed_port


class MailServer:
    """Speaks enough SMTP to take mail, and fails where it is told to.

    Attributes:
        taken: the text of each message it took.
        visits: how often somebody connected.
        refused: how many recipients it refused.
        reached: set when somebody connects.
    """

    def __init__(self, fault: str = "") -> None:
        self.fault = fault
        self.taken: list[str] = []
        self.visits = self.refused = 0
        self.reached = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                visitor, _address = self._listening.accept()
            except OSError:
                return
            self.visits += 1
            if self.fault == "hangs up":
                visitor.close()
                continue
            self._open.append(visitor)
            self.reached.set()
            if self.fault != "hangs":
                threading.Thread(target=self._talk, args=(visitor,), daemon=True).start()

    def _talk(self, visitor: socket.socket) -> None:
        try:
            self._converse(visitor)
        except OSError:
            pass  # the other side hung up
        finally:
            visitor.close()

    def _converse(self, visitor: socket.socket) -> None:
        lines = visitor.makefile("rb")
        visitor.sendall(b"220 test\r\n")
        while line := lines.readline():
            command = line[:4].upper()
            if command == b"RCPT" and self.fault == "refuses the recipient":
                self.refused += 1
                visitor.sendall(b"550 no such mailbox\r\n")
            elif command == b"MAIL" and self.fault == "hangs at a mail":
                continue
            elif command == b"DATA":
                visitor.sendall(b"354 go on\r\n")
                text = b"".join(iter(lines.readline, b".\r\n"))
                if self.fault == "drops after DATA":
                    return
                if self.fault == "hangs up at mail b" and b"To: b@" in text:
                    return
                self.taken.append(text.decode())
                visitor.sendall(b"250 taken\r\n")
            elif command == b"QUIT":
                visitor.sendall(b"221 bye\r\n")
                return
            else:
                visitor.sendall(b"250 ok\r\n")

    def hang_up(self) -> None:
        """Hang up on everybody, and on whoever comes."""
        self.fault = "hangs up"
        for visitor in self._open:
            with suppress(OSError):
                visitor.shutdown(socket.SHUT_RDWR)
            visitor.close()

    def stop(self) -> None:
        """Be there no more."""
        self.hang_up()
        self._listening.shutdown(socket.SHUT_RDWR)  # wakes who waits for a visitor
        self._listening.close()


#: What a mail server may do wrong, and what the managers read then.
FAULTS = {
    "does not resolve": "gaierror",
    "refuses": "ConnectionRefusedError",
    "hangs": "SMTPServerDisconnected",
    "refuses the recipient": "550",
    "drops after DATA": "SMTPServerDisconnected",
}


@contextmanager
def mail_server(settings, fault: str = "") -> Iterator[MailServer | None]:
    """Send the mail of the site to a server with this fault; None where there is no server."""
    settings.EMAIL_BACKEND = "socialekaart_plugin.foundation.mail.backend.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()
    if fault == "does not resolve":
        settings.EMAIL_HOST = "mail.invalid"
    if fault in ("does not resolve", "refuses"):
        yield None
        return
    server = MailServer(fault)
    settings.EMAIL_PORT = server.port
    try:
        yield server
    finally:
        server.stop()
