"""Machines on one PostgreSQL learn of each other's publishes; without a notification they read every second.

A machine is a folder of doorbells. This process is one of them: the newsroom's, where the press publishes.
"""

import select
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from asithappened import press
from asithappened.core import events as e
from asithappened.delivery import freshness
from asithappened.desk.reach import Reach, reach
from asithappened.log import read
from asithappened.published import doorbell, machines, reached_elsewhere, retrying
from asithappened.published.machines import Listener
from asithappened.published.reached import Reporter
from asithappened.published.reached_elsewhere import Carrier
from tests.delivery.conftest import KEY
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served, until

pytestmark = pytest.mark.both
RECONNECTED = (0, 0)


@pytest.fixture
def postgres(database: Path | str) -> str:
    """Return where delivery reads a PostgreSQL, which this process publishes to."""
    if isinstance(database, Path):
        pytest.skip("needs PostgreSQL: SQLite is of one machine")
    return database


@pytest.fixture
def folder() -> Iterator[Path]:
    """Yield the doorbells' folder of another machine than this process's."""
    with tempfile.TemporaryDirectory(prefix="aih-far-") as name:
        yield Path(name) / "doorbells"


class Ear:
    """Hears each ring of a machine, one by one."""

    def __init__(self, folder: Path) -> None:
        self._bell = doorbell.listen(folder)

    def next(self) -> tuple[int, int]:
        """Return the next ring. The limit only catches a hang."""
        assert select.select([self._bell], [], [], 20)[0], "nobody rang"
        blog, head = self._bell.recv(64).split()
        return int(blog), int(head)

    def upto(self, ring: tuple[int, int]) -> list[tuple[int, int]]:
        """Return the rings up to one, and that."""
        rings = [self.next()]
        while rings[-1] != ring:
            rings.append(self.next())
        return rings

    def hang_up(self) -> None:
        doorbell.close(self._bell)


@contextmanager
def heard(database: str, folder: Path) -> Iterator[Ear]:
    """Run a machine's listener until it listens, and yield an ear on that machine."""
    ear, listener = Ear(folder), Listener(database, folder)
    listener.start()
    try:
        assert ear.next() == RECONNECTED
        yield ear
    finally:
        listener.stop()
        assert not listener._thread.is_alive()
        ear.hang_up()


def say(*sentences: str) -> None:
    """Notify in one transaction, as other machines or strangers may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, said) FROM unnest(%s::text[]) said", [machines.CHANNEL, list(sentences)])


def hang_up_on_listeners() -> int:
    """End every connection of a listener to this module's database; return how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN %'"
        )
        return int(cursor.fetchone()[0])


def test_what_is_committed_is_heard_on_another_machine(postgres: str, folder: Path) -> None:
    with heard(postgres, folder) as ear:
        blog = Blog.opened()
        assert ear.next() == (blog.id, 1)
        stamp = doorbell.Stamp(folder)
        before = stamp.read()
        blog.publish(blog.post(), blog.post())
        assert ear.next() == (blog.id, 3)
        assert stamp.read() != before
        press.rebuild(blog.id)
        assert ear.next() == (blog.id, 3)


def test_what_was_rolled_back_is_not_heard(postgres: str, folder: Path) -> None:
    with heard(postgres, folder) as ear:
        blog, other = Blog.opened(), Blog.opened()
        ear.upto((other.id, 1))

        def fail(_: press.Receipt) -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            press.publish(blog.id, [blog.post()], alongside=fail)
        other.publish(other.post())  # notifications come in the order of the commits: this would be the second
        assert ear.next() == (other.id, 2)


def test_a_machine_does_not_ring_twice_for_its_own(postgres: str) -> None:
    with heard(postgres, Path(settings.DOORBELLS)) as ear:
        blog = Blog.opened()
        say("elsewhere 4711 8")
        assert ear.upto((4711, 8)) == [(blog.id, 1), (4711, 8)]


def test_much_said_in_a_moment_is_one_ring_and_what_is_no_sentence_is_none(postgres: str, folder: Path) -> None:
    nonsense = ["", "elsewhere", "elsewhere 1", "elsewhere -1 5", "elsewhere 1 5 6", "x" * 5000, "a 1 " + "9" * 5000]
    with heard(postgres, folder) as ear:
        say(*nonsense, *(f"elsewhere 1 {head}" for head in range(40)), *nonsense)
        say("elsewhere 2 1")
        assert ear.upto((2, 1)) == [(1, 39), (2, 1)]


def test_a_listener_that_was_hung_up_on_rings_once_as_it_is_back_and_hears_again(
    postgres: str, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(retrying, "RETRY_S", 0.01)
    with heard(postgres, folder) as ear:
        assert hang_up_on_listeners()
        assert ear.next() == RECONNECTED
        blog = Blog.opened()
        assert ear.next() == (blog.id, 1)
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert "only looked for every second" in caplog.records[0].message
    assert caplog.records[1].message == "Other machines are heard again."


@contextmanager
def machine(database: str, folder: Path, *, listens: bool) -> Iterator[Served]:
    """Run a server on another machine, with or without a listener beside it."""
    with ExitStack() as stack:
        served = Served("fast", database, folder, KEY).start()
        stack.callback(served.stop)
        if listens:
            stack.enter_context(heard(database, folder))
        yield served


def test_a_stream_of_another_machine_moves_though_nobody_looks_there(
    postgres: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "REFRESH_S", 3600.0)
    blog = Blog.opened(posts=2)
    with machine(postgres, folder, listens=True) as far:
        assert b"Post number 1." in far.warm(blog.path()).body
        stream = far.stream(blog.path("stream"))
        stream.hello()
        for _ in range(3):  # the first may come by the ring for the connection; the others may not
            blog.publish(blog.post())
            assert stream.up_to(blog.head)[-1].json["s"] == blog.head
        blog.publish(e.PostWithdrawn(post="p1"))
        stream.up_to(blog.head)
        assert b"Post number 1." not in far.get(blog.path()).body


def test_a_machine_that_is_not_told_looks(postgres: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "REFRESH_S", 0.05)
    monkeypatch.setattr(retrying, "RETRY_S", 3600.0)
    blog = Blog.opened()
    with machine(postgres, folder, listens=True) as far:
        stream = far.stream(blog.path("stream"))
        stream.hello()
        assert hang_up_on_listeners()
        for _ in range(3):
            blog.publish(blog.post())
            assert stream.up_to(blog.head)[-1].json["s"] == blog.head


def test_a_desk_learns_what_readers_on_another_machine_have(postgres: str, folder: Path) -> None:
    blog = Blog.opened(posts=1)

    def told() -> Reach:
        return reach(blog.id, *read.head(blog.id))

    far, carrier = Reporter(folder), Carrier(postgres, folder)
    far.open()
    far.opened(blog.id, blog.epoch, blog.head)
    carrier.start()
    try:
        until(lambda: told().head == blog.head and bool(reached_rows()))
        seq = blog.publish(blog.post())
        assert told().head == seq - 1, "there it is not written to anybody yet"
        far.wrote(blog.id, blog.epoch, seq, 40)
        until(lambda: told().head == seq)
        assert (told().reading, told().written[-1][0]) == (40, seq)
        with connection.cursor() as cursor:
            every = reached_elsewhere.all_of(cursor, "another")
        # A machine that has just stopped counts for some seconds more: the other test's is one.
        assert [one.readers for of, one in every if of == blog.id] == [40]
        with connection.cursor() as cursor:  # as of a machine that lost its power
            cursor.execute("UPDATE published_reached SET seen_at = seen_at - interval '11 seconds' WHERE blog = 0")
            assert told().reading == 0
        until(lambda: told().reading == 40)
        far.closed(blog.id)
        until(lambda: told().reading == 0)
    finally:
        carrier.stop()
        far.close()
    assert not carrier._thread.is_alive()


def reached_rows() -> int:
    """Return how many rows other machines have written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM published_reached WHERE blog <> 0")
        return int(cursor.fetchone()[0])


def test_a_desk_does_not_count_its_own_machine_twice(postgres: str) -> None:
    blog = Blog.opened(posts=1)
    here, own = Reporter(Path(settings.DOORBELLS)), Carrier(postgres, Path(settings.DOORBELLS))
    here.open()
    here.opened(blog.id, blog.epoch, blog.head)
    here.alive({blog.id: 5})
    own.start()
    try:
        until(lambda: bool(reached_rows()))
        assert reach(blog.id, *read.head(blog.id)).reading == 5
    finally:
        own.stop()
        here.close()
