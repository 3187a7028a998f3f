"""Following the log: a follower goes on where it stopped, even after a crash.

Owns each follower's cursor in each blog. A cursor moves in the transaction that writes what the follower made, so that
rows in this database are written exactly once, in order; effects elsewhere have to tolerate a repetition.
A follower begins anew when its version or the blog's epoch changed. Never knows what is made of facts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from django.db import connection, transaction

from asithappened.core.events import Fact
from asithappened.log import read
from asithappened.log.models import Cursor, Following

BATCH: Final = 100  # facts: one transaction writes what is made of them, and a publish may have to wait for it
TRIES: Final = 3  # without the blog's lock; a blog that is published to faster than it is consumed is held for a moment


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Facts of one blog after a seq and up to another, without a gap; read only if somebody iterates."""

    blog: int
    after: int
    upto: int

    @property
    def anew(self) -> bool:
        """Whether they are the blog's first: earlier results are of another version or another log."""
        return self.after == 0

    def __len__(self) -> int:
        return self.upto - self.after

    def __iter__(self) -> Iterator[Fact]:
        return read.facts(self.blog, after=self.after, upto=self.upto)


class Follower(Protocol):
    """What a package's consume.py has."""

    @property
    def NAME(self) -> str:
        """A name that no other follower has, and that never changes: its cursors are kept under it."""

    def version(self) -> str:
        """Return a string that changes when the follower's code or templates do: it then begins anew."""

    def begin(self) -> None:
        """Write what depends on no blog, in a transaction: once for each version, before anything is consumed."""

    def consume(self, blog: int, facts: Facts) -> Callable[[], None]:
        """Make something of a blog's next facts, and return what writes it.

        Called outside any transaction, and its result may be dropped. The returned function is called at most once, in
        the transaction that moves the cursor, and only if nothing was published to the blog meanwhile. Use the blog's
        state as it is now (log.read), not what a fact said: that may have been taken back since.
        """


def catch_up(follower: Follower, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Have a follower consume what it has not, one batch a blog by turns, until nothing is left or `stop` is true.

    Returns how many batches it consumed. A blog that cannot be consumed holds up no other: an ExceptionGroup is raised
    in the end, and the next call tries again.
    """
    begin(follower)
    consumed, failed = 0, dict[int, Exception]()
    while behind := [blog for blog in _behind(follower.NAME) if blog not in failed]:
        for blog in behind:
            if stop():
                return consumed
            try:
                consumed += _consume(follower, blog)
            except Exception as error:
                failed[blog] = error
    if failed:
        names = ", ".join(map(str, sorted(failed)))
        raise ExceptionGroup(f"{follower.NAME} could not follow the log of blog {names}", list(failed.values()))
    return consumed


def behind(name: str) -> int:
    """Return how many facts a follower has yet to consume."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT SUM(b.head - CASE WHEN c.epoch = b.epoch AND c.seq <= b.head THEN c.seq ELSE 0 END)"
            " FROM log_blog b LEFT JOIN log_cursor c ON c.blog_id = b.id AND c.follower = %s",
            [name],
        )
        return int(cursor.fetchone()[0] or 0)


def begin_anew(name: str) -> None:
    """Have a follower begin anew with the next call of `catch_up`."""
    Following.objects.filter(name=name).delete()


def cursors(name: str) -> dict[int, int]:
    """Return up to which seq a follower has consumed each blog's log."""
    return dict(Cursor.objects.filter(follower=name).values_list("blog_id", "seq"))


def begin(follower: Follower) -> None:
    """Have a follower write what depends on no blog, if its version changed since it last did."""
    name, version = follower.NAME, follower.version()
    if Following.objects.filter(name=name, version=version).exists():
        return
    with transaction.atomic(durable=True):
        Following.objects.update_or_create(name=name, defaults={"version": version})
        Cursor.objects.filter(follower=name).delete()
        follower.begin()


def _behind(name: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.id FROM log_blog b LEFT JOIN log_cursor c ON c.blog_id = b.id AND c.follower = %s"
            " WHERE c.id IS NULL OR c.seq <> b.head OR c.epoch <> b.epoch ORDER BY b.id",
            [name],
        )
        return [blog for (blog,) in cursor.fetchall()]


@dataclass(frozen=True, kw_only=True)
class _Progress:
    """A blog's `epoch` and `head`, and the epoch and seq up to which a follower has `consumed` it."""

    blog: int
    epoch: str
    head: int
    consumed: tuple[str, int]

    @property
    def facts(self) -> Facts:
        epoch, seq = self.consumed
        after = seq if epoch == self.epoch and seq <= self.head else 0
        return Facts(blog=self.blog, after=after, upto=min(self.head, after + BATCH))


def _progress(name: str, blog: int, *, locked: bool = False) -> _Progress:
    # In plain SQL, since it is called twice a batch. FOR UPDATE would also block rows that only refer to the blog. Two
    # statements: with one, PostgreSQL returns the cursor as it was before it waited for the lock.
    lock = locked and connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(_AND_LOCK if lock else _HEAD, [blog])
        epoch, head = cursor.fetchone()
        cursor.execute("SELECT epoch, seq FROM log_cursor WHERE follower = %s AND blog_id = %s", [name, blog])
        consumed = cursor.fetchone()
    return _Progress(blog=blog, epoch=epoch, head=head, consumed=tuple(consumed) if consumed else ("", 0))


_HEAD: Final = "SELECT epoch, head FROM log_blog WHERE id = %s"
_AND_LOCK: Final = _HEAD + " FOR NO KEY UPDATE"


def _consume(follower: Follower, blog: int) -> bool:
    """Consume one batch; say whether there was one. Redone if something was published meanwhile."""
    for _ in range(TRIES):
        progress = _progress(follower.NAME, blog)
        if not progress.facts:
            return False  # another process has been here
        write = follower.consume(blog, progress.facts)
        with transaction.atomic(durable=True):
            if _progress(follower.NAME, blog, locked=True) == progress:
                _move(follower.NAME, progress)
                write()
                return True
    with transaction.atomic(durable=True):
        progress = _progress(follower.NAME, blog, locked=True)
        if not progress.facts:
            return False
        _move(follower.NAME, progress)
        follower.consume(blog, progress.facts)()
        return True


def _move(name: str, progress: _Progress) -> None:
    """Move a follower's cursor past the facts. Under the blog's lock: nobody else moves it meanwhile."""
    to = {"epoch": progress.epoch, "seq": progress.facts.upto}
    if not Cursor.objects.filter(follower=name, blog_id=progress.blog).update(**to):
        Cursor.objects.create(follower=name, blog_id=progress.blog, **to)
