"""One process does everything, or several do a part each: what each answers, and how it starts and ends."""

import contextlib
import os
import signal
import subprocess
import sys
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import pytest

from asithappened.wiring import served
from asithappened.wiring.roles import ALL, NoSuchRole, Role, roles_of
from tests.delivery.serving import until
from tests.wiring.test_cli import command
from tests.wiring.test_serving import SLUG, canonical, home, running

__all__ = ["home"]

LATER = f"""
from datetime import UTC, datetime
from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.desk.draft import Draft
from asithappened.desk.actions import reopen_blog, schedule_post
from asithappened.log import read
by = User.objects.create_superuser("ada@house.example")
blog = read.blog_id("{SLUG}")
reopen_blog(blog, by=by)
draft = Draft(body=body.Doc(content=(body.paragraph("Words of a job."),)))
schedule_post(blog, by=by, draft=draft, at=datetime.now(UTC), once="k")
"""


class Alone:
    """`asithappened run --role worker` in a process of its own."""

    def __init__(self, home: Path, *arguments: str) -> None:
        """Start it, and return once it works."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ASITHAPPENED_", "DJANGO_"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "asithappened.wiring.cli", "run", "--role", "worker", *arguments],
            env=kept | {"ASITHAPPENED_HOME": str(home)}, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stderr is not None
        self.said = [self.process.stderr.readline()]
        while self.said[-1] and "Working in" not in self.said[-1]:
            self.said.append(self.process.stderr.readline())

    def listens(self) -> bool:
        """Say whether any of its sockets listens to the network."""
        inodes = set()
        for descriptor in Path(f"/proc/{self.process.pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                inodes.add(str(descriptor.readlink()))
        rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()]
        return any(row[3] == "0A" and f"socket:[{row[9]}]" in inodes for row in rows)

    def told(self, sig: signal.Signals) -> int:
        """Tell it to stop, and return its exit code."""
        self.process.send_signal(sig)
        return self.process.wait(60)


@contextlib.contextmanager
def working(home: Path, *arguments: str) -> Iterator[Alone]:
    """Run a worker alone, and leave none behind."""
    worker = Alone(home, *arguments)
    try:
        yield worker
    finally:
        worker.process.kill()
        worker.process.wait(30)
        assert worker.process.stderr is not None
        worker.process.stderr.close()


def test_roles_are_written_one_by_one_or_with_commas_and_none_is_all() -> None:
    assert roles_of([]) == ALL
    assert roles_of(["desk", "worker,delivery"]) == ALL
    assert roles_of(["delivery, desk"]) == {Role.DELIVERY, Role.DESK}
    with pytest.raises(NoSuchRole, match=r"no role cook.*desk, delivery, worker"):
        roles_of(["desk,cook"])


@pytest.mark.terminal
def test_a_process_that_only_delivers_serves_readers_and_says_where_the_desk_is_not(home: Path) -> None:
    with running(home, "--role", "delivery") as server:
        assert b"has begun" in server.get(f"/live/{SLUG}/")
        assert b"<h1" in server.get("/"), "the front page is readers' too"
        assert server.get("/readyz") == b"ready\n"
        for path in ("/desk/", "/accounts/login/"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                server.get(path)
            with refused.value as answer:
                assert answer.code == 503
                assert b"This server serves readers only." in answer.read()
        assert server.told(signal.SIGTERM) == 0


@pytest.mark.terminal
def test_a_worker_alone_listens_nowhere_and_does_what_a_desk_alone_leaves(home: Path) -> None:
    with working(home) as worker, running(home, "--role", "desk,delivery") as server:
        assert "on no port" in worker.said[-1]
        assert not worker.listens()
        assert any(f"process {worker.process.pid}, which listens on no port" in line for line in server.said)
        assert canonical(server.get(f"/live/{SLUG}/")) == f"http://localhost:{server.port}/live/{SLUG}/"
        said = served.server_of(home)
        assert said is not None
        assert said.pid == server.process.pid, "whoever asks where it is served is told"
        assert worker.told(signal.SIGTERM) == 0
        later = command("manage", "shell", "-c", LATER, home=home)
        assert later.returncode == 0, later.stderr
        assert b"Words of a job." not in server.get(f"/live/{SLUG}/")
        with working(home, "--drain", "1"):
            until(lambda: b"Words of a job." in server.get(f"/live/{SLUG}/"))


@pytest.mark.terminal
def test_a_worker_alone_ends_by_ctrl_c_as_a_server_does_and_several_may_work(home: Path) -> None:
    with working(home) as one, working(home) as two:
        assert any("Joining it" in line for line in two.said)
        assert one.told(signal.SIGINT) == 130
        assert two.told(signal.SIGTERM) == 0
    wrong = command("run", "--role", "worker", "--workers", "2", home=home)
    assert wrong.returncode == 2
    assert "as many as you like" in wrong.stderr
    assert command("run", "--role", "cook", home=home).returncode == 2
