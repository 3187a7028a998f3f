"""The server as a process: it drains, it exits with 0, its workers share a port and hear what a third one publishes."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from asithappened.core import events as e
from asithappened.desk.reach import Reach, reach
from asithappened.log import read
from asithappened.wiring.work import followers
from bench.machine import reserve_port
from tests.delivery.client import Connection, Stream, request
from tests.delivery.conftest import database, leave
from tests.delivery.edge import Control, signature
from tests.delivery.newsroom import Blog
from tests.delivery.serving import until

__all__ = ["database", "leave"]

pytestmark = pytest.mark.terminal

SERVE = """
import os, sys
from asithappened.wiring.sqlite import use_safe_sqlite
use_safe_sqlite()
import django
django.setup()
from asithappened.wiring import runner
if __name__ == "__main__":
    sys.exit(runner.serve({arguments}))
"""


@pytest.fixture
def home(database: Path | str) -> Iterator[Path]:
    """Yield a home whose newsroom is the one that this process publishes to. Not too deep for a Unix socket's path."""
    if not isinstance(database, Path):
        pytest.skip("shares a SQLite file between processes")
    folder = Path(tempfile.mkdtemp(prefix="aih-home-"))
    (folder / "newsroom.sqlite3").symlink_to(database)
    (folder / "doorbells").symlink_to(settings.DOORBELLS)
    drafts = connections["drafts"]
    drafts.close()  # it may be open, and then another name means nothing to it
    was, drafts.settings_dict["NAME"] = drafts.settings_dict["NAME"], str(folder / "drafts.sqlite3")
    call_command("migrate", database="drafts", verbosity=0)
    drafts.close()
    drafts.settings_dict["NAME"] = was
    yield folder
    shutil.rmtree(folder)


class Process:
    """A server in a process of its own."""

    def __init__(self, home: Path, **arguments: object) -> None:
        """Start it, and return when it answers."""
        self.port = reserve_port()
        named = ", ".join(f"{name}={value!r}" for name, value in ({"port": self.port} | arguments).items())
        script = home / f"serve{self.port}.py"  # a file, because each worker imports it
        script.write_text(SERVE.format(arguments=named))
        env = os.environ | {"ASITHAPPENED_HOME": str(home)}
        self.process = subprocess.Popen([sys.executable, str(script)], env=env, stderr=subprocess.PIPE)
        try:
            until(self.answers)
        except BaseException:
            self.end()
            raise

    def answers(self) -> bool:
        """Say whether somebody listens."""
        assert self.process.poll() is None, self.process.stderr.read()
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
        except ConnectionRefusedError:
            return False
        return True

    def stop(self) -> tuple[int, bytes]:
        """Ask it to stop; return its exit code and what it complained of."""
        self.process.send_signal(signal.SIGTERM)
        _, complaints = self.process.communicate(timeout=60)
        return self.process.returncode, complaints

    def end(self) -> None:
        """Leave nothing behind."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
        self.process.stderr.close()


@contextmanager
def process(home: Path, **arguments: object) -> Iterator[Process]:
    """Run a server, and leave none behind."""
    server = Process(home, **arguments)
    try:
        yield server
    finally:
        server.end()


@pytest.mark.parametrize("lane", ["fast", "asgi"])
def test_a_server_that_is_told_to_stop_ends_its_streams_and_exits_with_0(home: Path, lane: str) -> None:
    blog = Blog.opened(posts=3)
    with process(home, lane=lane, drain_s=0.4, metrics_port=(metrics := reserve_port())) as server:
        connection = Connection(server.port)
        page = connection.ask(request(blog.path()))
        assert page.status == 200
        streams = [Stream(Connection(server.port), blog.path("stream")) for _ in range(20)]
        for stream in streams:
            stream.hello()
        blog.publish(e.PostWithdrawn(post="p1"))  # from another process: at once, not when a ring has come
        assert b"Post number 1." not in connection.ask(request(blog.path())).body
        for stream in streams:
            assert stream.up_to(blog.head)[-1].json["s"] == blog.head
        assert connection.ask(request("/readyz")).status == connection.ask(request("/healthz")).status == 200
        assert readers(metrics) == 20
        assert b"asithappened_readers" not in connection.ask(request("/metrics")).body
        assert len(list(Path(f"/proc/{server.process.pid}/task").iterdir())) <= 20 + len(followers()), "none a reader"

        server.process.send_signal(signal.SIGTERM)
        until(lambda: connection.ask(request("/readyz")).status == 503)
        assert connection.ask(request("/healthz")).status == 200
        assert connection.ask(request(blog.path("stream"))).status == 503
        last = connection.ask(request(blog.path()))
        assert last.status == 200
        assert last.body.rstrip().endswith(b"</html>"), "no half page"
        for stream in streams:
            assert {event.name for event in stream.rest()} <= {"part", ":"}
        assert connection.rest() == b""
        code, complaints = server.stop()
        refusals = rb".* INFO asithappened.desk: 404 to GET /metrics \[\w+\]\n"
        assert (code, re.sub(refusals, b"", complaints)) == (0, b"")


def test_workers_share_a_port_and_hear_what_another_process_publishes(home: Path) -> None:
    blog = Blog.opened(posts=2)
    with process(home, workers=2, drain_s=0.2, metrics_port=(metrics := reserve_port(following=1))) as server:
        until(lambda: all(_listens(port) for port in (metrics, metrics + 1)))

        streams: list[Stream] = []
        while not (streams and readers(metrics) and readers(metrics + 1)):
            streams.append(Stream(Connection(server.port), blog.path("stream")))
            streams[-1].hello()
            assert len(streams) < 200, "one of the workers gets nobody"
        for _ in range(3):
            blog.publish(blog.post())
            for stream in streams:
                assert stream.up_to(blog.head)[-1].json["s"] == blog.head
        for _ in range(8):  # whichever worker answers
            blog.publish(blog.revision("p1", f"Words of {blog.head}."))
            answer = Connection(server.port).ask(request(blog.path()))
            assert f"Words of {blog.head - 1}.".encode() in answer.body
        assert server.stop() == (0, b"")
        for stream in streams:
            stream.rest()


def test_a_worker_that_is_killed_is_followed_by_another(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blog = Blog.opened(posts=1)
    with Control() as control:
        monkeypatch.setenv("ASITHAPPENED_GRIP_URL", control.url)
        with process(home, workers=2, drain_s=0.2) as server:
            until(lambda: len(children(server.process.pid)) == 2)
            control.until(lambda: control.items)  # of the one that publishes to edges, though nobody has asked it
            blog.publish(blog.post())
            control.reached(f"{blog.epoch}-{blog.head}")
            workers = children(server.process.pid)
            told = len(control.items)
            os.kill(max(workers), signal.SIGKILL)  # the one that was begun last: it has number 0, and publishes
            until(lambda: len(children(server.process.pid) - workers) == 1)
            until(lambda: _listens(server.port))
            connection = Connection(server.port)
            assert connection.ask(request(blog.path())).status == 200
            assert connection.ask(request(blog.path("stream"), grip_sig=signature()))["grip-hold"] == "stream"
            control.until(lambda: len(control.items) > told)  # another begins again, and publishes what happens
            blog.publish(blog.post())
            control.reached(f"{blog.epoch}-{blog.head}")
            assert server.stop() == (0, b"")
        ids = [item["id"] for item in control.of(f"live-{blog.id}-{blog.epoch}") if "id" in item]
        assert len(ids) == len(set(ids)) == 2


def test_a_worker_that_is_killed_is_not_waited_for_by_the_desk(home: Path) -> None:
    blog = Blog.opened(posts=1)

    def told() -> Reach:
        return reach(blog.id, *read.head(blog.id))

    with process(home, workers=2, drain_s=0.2, metrics_port=(metrics := reserve_port(following=1))) as server:
        until(lambda: all(_listens(port) for port in (metrics, metrics + 1)))
        streams: list[Stream] = []
        while not (streams and readers(metrics) and readers(metrics + 1)):
            streams.append(Stream(Connection(server.port), blog.path("stream")))
            streams[-1].hello()
            assert len(streams) < 200, "one of the workers gets nobody"
        seq = blog.publish(blog.post())
        until(lambda: told().head == seq and told().reading == len(streams))
        assert told().written[-1][0] == seq
        os.kill(min(children(server.process.pid)), signal.SIGKILL)
        seq = blog.publish(blog.post())
        until(lambda: told().head == seq and told().written[-1][0] == seq)
        assert 0 < told().reading < len(streams)
        assert server.stop() == (0, b"")
    assert told().reading == 0


def children(parent: int) -> set[int]:
    """Return a supervisor's processes: its children that run Python's spawned main."""
    found = set()
    for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        with suppress(FileNotFoundError, ProcessLookupError):  # it ends at this moment
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.add(int(child))
    return found


def readers(port: int) -> int:
    """Return how many readers a worker counts."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        found = re.search(r"^asithappened_readers ([0-9.]+)$", answer.read().decode(), re.MULTILINE)
    assert found
    return int(float(found[1]))


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True
