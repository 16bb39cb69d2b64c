"""Real servers that a test may end, freeze and empty: none that another run uses."""

import os
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
#: Beside the ports of the servers that other tests only ask.
FIRST_PORT = os.environ.get("SOCIALEKAART_FAULTS_PORT", "29700")


def elasticsearch(*words: str, check: bool = True) -> str:
    """Run the script of the servers, and give what it prints."""
    done = subprocess.run(
        ["scripts/elasticsearch", *words],
        cwd=ROOT,
        env={**os.environ, "ELASTICSEARCH_PORT": FIRST_PORT},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0 or not check, done.stdout
    return done.stdout.strip()


class Server:
    """One server of the script, by its name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.url = elasticsearch("url", name)
        self.port = int(self.url.rpartition(":")[2])

    def runs(self) -> bool:
        return "runs at" in elasticsearch("status", self.name, check=False)

    def start(self) -> None:
        elasticsearch("start", self.name)

    def kill(self) -> None:
        elasticsearch("kill", self.name)

    def pause(self) -> None:
        elasticsearch("pause", self.name)

    def resume(self) -> None:
        elasticsearch("resume", self.name)

    def wipe(self) -> None:
        elasticsearch("wipe", self.name)


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def eventually(holds: Callable[[], object], *, within: float = 20.0) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, f"not so within {within} s"
        time.sleep(0.1)
