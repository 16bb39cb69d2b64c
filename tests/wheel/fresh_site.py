"""A new site with our wheel in it: made by the README, without any code of this repository."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]


def without_this_repository() -> dict[str, str]:
    """The environment, without the settings, folder and virtual environment of this repository.

    Python may write bytecode, which pip leaves to it here: only what is imported is compiled.
    """
    ours = {
        *("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PYTHONPATH", "VIRTUAL_ENV"),
        "PYTHONDONTWRITEBYTECODE",
    }
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith("COV_")
    }


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=without_this_repository(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def install_blocks() -> dict[str, str]:
    """The lines that the README tells a site to add, by the file that they are added to."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    part = re.search(r"<!-- install -->(.*?)<!-- /install -->", readme, re.DOTALL)
    assert part, "README.md has no part between <!-- install --> and <!-- /install -->"
    blocks = re.findall(r"```python\n# ([\w/.]+)[^\n]*\n(.*?)```", part[1], re.DOTALL)
    assert {name for name, _ in blocks} == {"settings/base.py", "urls.py"}
    return dict(blocks)


def constraints(leg: str) -> str:
    """The locked versions without their hashes, for our own wheel has none."""
    lock = (ROOT / "requirements" / f"wagtail-{leg}.txt").read_text(encoding="utf-8")
    return "\n".join(
        line.rstrip(" \\") for line in lock.splitlines() if re.match(r"[A-Za-z0-9]\S*==", line)
    )


#: Runs in the shell of the site: evaluates each line that it reads.
LISTEN = """
import json, sys
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from socialekaart_plugin.models import *
for line in sys.stdin:
    print("answer:", json.dumps(eval(line)), flush=True)
"""


@dataclass
class FreshSite:
    """A site made by `wagtail start`, with the wheel in it and a server in front."""

    leg: str
    python: Path
    folder: Path
    address: str = ""
    shell: "subprocess.Popen[str] | None" = None

    def manage(self, *arguments: str) -> None:
        """Run a management command in the shell of the site, with the checks before it."""
        self.tell(f"call_command(*{arguments!r}, skip_checks=False)")

    def tell(self, expression: str) -> Any:
        """Evaluate an expression in the shell of the site: starting one for each takes seconds."""
        shell = self.shell
        assert shell is not None
        assert shell.stdin is not None
        assert shell.stdout is not None
        try:
            print(expression, file=shell.stdin, flush=True)
        except BrokenPipeError:
            pytest.fail("the shell of the site stopped in an earlier test")
        said = []
        for line in shell.stdout:
            if line.startswith("answer: "):
                return json.loads(line.removeprefix("answer: "))
            said.append(line)
        pytest.fail(f"{expression}\n{''.join(said)[-4000:]}")


def installed(leg: str, wheel: Path, folder: Path) -> FreshSite:
    """Make a site by the README: the wheel in a new environment, and the lines to add."""
    # Without a pip of its own: that of this environment installs in it.
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    fresh = FreshSite(leg, folder / "venv" / "bin" / "python", folder / "mysite")
    (folder / "constraints.txt").write_text(constraints(leg), encoding="utf-8")
    pip(fresh, "install", "--quiet", "--no-compile", "-c", folder / "constraints.txt", wheel)
    run(folder / "venv" / "bin" / "wagtail", "start", "mysite", cwd=folder)
    for name, lines in install_blocks().items():
        with (fresh.folder / "mysite" / name).open("a", encoding="utf-8") as file:
            file.write(f"\n\n{lines}")
    return fresh


def pip(fresh: FreshSite, *arguments: str | Path) -> str:
    return run(
        sys.executable, "-m", "pip", "--python", fresh.python, *arguments, cwd=fresh.folder.parent
    )


@contextmanager
def with_shell(fresh: FreshSite) -> Iterator[None]:
    with subprocess.Popen(
        [str(fresh.python), "manage.py", "shell", "-c", LISTEN],
        cwd=fresh.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=without_this_repository(),
    ) as fresh.shell:
        # It ends when its input does.
        yield


@contextmanager
def with_server(fresh: FreshSite) -> Iterator[None]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    fresh.address = f"http://127.0.0.1:{port}/"
    written = fresh.folder.parent / "server.log"
    with written.open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [str(fresh.python), "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
            cwd=fresh.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=without_this_repository(),
        )
        try:
            wait_for(fresh.address, server)
            yield
        finally:
            server.terminate()
            server.wait(timeout=20)
    assert "Internal Server Error" not in written.read_text(encoding="utf-8")


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(150):
        assert server.poll() is None, "the server stopped by itself"
        try:
            requests.get(address, timeout=20)
        except requests.ConnectionError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server does not answer")
