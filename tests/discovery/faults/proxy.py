"""A network between a test and a server: counts connections, delays, drips, answers for it."""

import contextlib
import socket
import threading
import time
from types import TracebackType
from typing import Self

_PIECE = 65_536


class Proxy:
    """Passes on what comes in on a port of its own.

    Attributes:
        opened: connections that were made to it.
        delay: seconds that the answers of the server are kept back, each.
        drips: seconds between one byte of an answer and the next; 0 passes answers as they come.
        halves: the first half of a question's first piece is passed on and nothing after it, so
            that the server waits for the rest.
        answer: what is answered in place of the server.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.opened = 0
        self.delay = 0.0
        self.drips = 0.0
        self.halves = False
        self.answer = b""
        self._open: list[socket.socket] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        """End all connections."""
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                self.opened += 1
                self._open.append(client)
                threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            if self.answer:
                while client.recv(_PIECE):
                    client.sendall(self.answer)
                return
            with socket.create_connection(("127.0.0.1", self._target)) as server:
                self._open.append(server)
                threading.Thread(target=self._pass, args=[client, server], daemon=True).start()
                self._pass(server, client, is_answer=True)

    def _pass(self, one: socket.socket, other: socket.socket, *, is_answer: bool = False) -> None:
        is_halved = False
        with contextlib.suppress(OSError):
            while piece := one.recv(_PIECE):
                if is_answer and self.delay:
                    time.sleep(self.delay)
                if is_answer and self.drips:
                    for byte in piece:
                        other.sendall(bytes([byte]))
                        time.sleep(self.drips)
                elif not is_answer and self.halves:
                    # The head of a question and its body may come as two pieces. Half of each would
                    # be a question with a wrong head, which the server refuses instead of waiting.
                    if not is_halved:
                        other.sendall(piece[: len(piece) // 2])
                    is_halved = True
                else:
                    other.sendall(piece)
            other.shutdown(socket.SHUT_RDWR)
