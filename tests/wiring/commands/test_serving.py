"""A server as a person starts and stops it: what it says, whom it joins, how it ends; what readers get meanwhile."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.machine import reserve_port
from tests.delivery.serving import until
from tests.tables import new_home
from tests.wiring.commanding import PAGE, SLUG, command

pytestmark = pytest.mark.terminal


class Server:
    """`asithappened run` in a process of its own, on a port that the kernel chose."""

    def __init__(self, home: Path, *arguments: str, **settings: str) -> None:
        """Start it, and return once it says where it listens."""
        self.port: int = reserve_port()
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ASITHAPPENED_", "DJANGO_"))}
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "asithappened.wiring.cli", "run", "--port", str(self.port), *arguments],
            env=kept | {"ASITHAPPENED_HOME": str(home)} | settings, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            self.until_said("Serving ")
            until(self.answers)
        except BaseException:
            self.stop()
            raise

    def until_said(self, words: str) -> str:
        """Return the line that holds some words, once it is said."""
        assert self.process.stderr is not None
        while not (self.said and words in self.said[-1]):
            line = self.process.stderr.readline()
            assert line, f"it ended: {self.said}"
            self.said.append(line)
        return self.said[-1].strip()

    def answers(self) -> bool:
        """Say whether it takes requests."""
        with contextlib.suppress(OSError):
            return bool(self.get("/healthz"))
        return False

    def get(self, path: str) -> bytes:
        """Ask it for something."""
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Accept-Encoding": "identity"})
        with urllib.request.urlopen(asked, timeout=20) as answer:
            body: bytes = answer.read()
            return body

    def told(self, sig: signal.Signals) -> int:
        """Tell it to stop, and return its exit code."""
        self.process.send_signal(sig)
        return self.process.wait(60)

    def stop(self) -> None:
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait(30)
        assert self.process.stderr is not None
        self.process.stderr.close()


@pytest.fixture
def home() -> Iterator[Path]:
    """Yield a home with a live blog in it, not too deep for a Unix socket's path."""
    with tempfile.TemporaryDirectory(prefix="aih-serving-") as folder:
        imported(new_home(Path(folder) / "home"))
        yield Path(folder) / "home"


def imported(home: Path, text: str = PAGE, **settings: str) -> None:
    """Bring a page in."""
    file = home.parent / "page.txt"
    file.write_text(text)
    answer = command("import", str(file), "--as", "page-text", "--slug", SLUG, home=home, settings=settings)
    assert answer.returncode == 0, answer.stderr


@contextlib.contextmanager
def running(home: Path, *arguments: str, **settings: str) -> Iterator[Server]:
    """Run a server, and leave none behind."""
    server = Server(home, *arguments, **settings)
    try:
        yield server
    finally:
        server.stop()


def canonical(page: bytes) -> str:
    """Return the address that a page says it has."""
    found = re.search(rb'<link rel="canonical" href="([^"]*)"', page)
    assert found is not None
    assert found[1] in page[found.end() :], "its card and its structured data say so too"
    return found[1].decode()


def test_on_another_port_pages_say_the_other_address_at_once_and_nothing_is_rendered_again(home: Path) -> None:
    pages: list[bytes] = []
    last = ""
    for _ in range(2):
        with running(home) as server:
            assert server.said[-1].strip() == f"Serving http://localhost:{server.port}/ (stop with Ctrl-C)" or pages
            page = server.get(f"/live/{SLUG}/")
            assert canonical(page) == f"http://localhost:{server.port}/live/{SLUG}/"
            pages.append(page.replace(str(server.port).encode(), b"PORT"))
            assert not [line for line in server.said if "Rendered" in line]
        last = server.said[-1]
    assert pages[0] == pages[1]
    assert "now it is" in last


def test_no_other_process_changes_what_readers_of_a_running_server_get(home: Path) -> None:
    with running(home, "--url", "https://live.courier.example") as server:
        assert f"listening on http://localhost:{server.port}/" in server.said[-1]
        before = server.get(f"/live/{SLUG}/")
        assert canonical(before) == f"https://live.courier.example/live/{SLUG}/"
        strange = {"ASITHAPPENED_URL": "http://stray.example:1", "ASITHAPPENED_SITE_NAME": "Another paper"}
        assert command("rebuild", "published", home=home, settings=strange).returncode == 0
        imported(home, PAGE.replace("has begun", "has ended"), **strange)
        after = server.get(f"/live/{SLUG}/")
        assert b"has ended" in after
        assert b"stray.example" not in after
        assert b"Another paper" not in after
        assert canonical(after) == canonical(before)
        findings = json.loads(command("doctor", "--json", home=home, settings=strange).stdout)["findings"]
        assert [one["result"] for one in findings if one["check"] == "rendering"] == ["ok"]


def test_a_second_server_of_a_home_joins_it_and_says_so_and_one_with_another_address_does_not(home: Path) -> None:
    with running(home) as first:
        with running(home) as second:
            assert any(f"process {first.process.pid}" in line and "Joining" in line for line in second.said)
            page = second.get(f"/live/{SLUG}/")
            assert page == first.get(f"/live/{SLUG}/")
            assert canonical(page) == f"http://localhost:{first.port}/live/{SLUG}/"
            assert f"listening on http://localhost:{second.port}/" in second.said[-1]
        other = command("run", "--port", str(second.port), "--url", "https://live.courier.example", home=home)
        assert other.returncode == 1
        assert "Nothing was changed" in other.stderr
        taken = command("run", "--port", str(first.port), home=home.parent / "another")
        assert taken.returncode == 1
        assert "somebody listens there already" in taken.stderr
        assert "Serving" not in taken.stderr
        assert not (home.parent / "another").exists()
        demo = command("demo", "--port", str(second.port), home=home)
        assert f"served already, by process {first.process.pid}" in demo.stderr


def test_ctrl_c_says_what_it_waits_for_and_a_second_ends_it_at_once(home: Path) -> None:
    with running(home, "--drain", "600") as server:
        stream = socket.create_connection(("127.0.0.1", server.port))
        stream.sendall(f"GET /live/{SLUG}/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert stream.recv(1000).startswith(b"HTTP/1.1 200")
        server.process.send_signal(signal.SIGINT)
        assert "1 readers" in server.until_said("Stopping.")
        assert server.told(signal.SIGINT) == 130
        assert server.process.stderr is not None
        assert "Traceback" not in server.process.stderr.read()
        stream.close()


def test_ctrl_c_without_readers_and_sigterm_end_as_the_documentation_says(home: Path) -> None:
    for sig, code in ((signal.SIGINT, 130), (signal.SIGTERM, 0)):
        with running(home) as server:
            assert server.told(sig) == code
    with running(home, "--workers", "2", "--drain", "0") as server:
        assert server.told(signal.SIGINT) == 130
