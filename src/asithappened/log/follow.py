"""Following the log: a follower continues at its cursor, even after a crash.

Owns each follower's cursor in each blog. A cursor moves in the transaction that writes the follower's results, so that
rows in this database are written exactly once, in order; effects elsewhere must tolerate repetition.
A follower begins anew when its version or the blog's epoch changed. Knows nothing of the results.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from django.db import connection, transaction

from asithappened.core.events import Fact
from asithappened.log import read
from asithappened.log.models import Cursor, Following

BATCH: Final = 100  # facts, whose results one transaction writes, for which a publish may have to wait
TRIES: Final = 3  # without the blog's lock, which is then held for one batch of a blog that gets facts too fast


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
    """The interface of a package's consume.py."""

    @property
    def NAME(self) -> str:
        """A unique name that never changes: its cursors are stored under it."""

    def version(self) -> str:
        """Return a string that changes with the follower's code and templates, so that it begins anew."""

    def begin(self) -> None:
        """Write results that depend on no blog, in a transaction: once for each version, before the first `consume`."""

    def consume(self, blog: int, facts: Facts) -> Callable[[], None]:
        """Process a blog's next facts, and return a function that writes the results.

        Called outside any transaction, and its result may be dropped. The returned function is called at most once, in
        the transaction that moves the cursor, and only if nothing was published to the blog meanwhile. Use the blog's
        present state (log.read), not the words of a fact, which may have been taken back since.
        """


def catch_up(follower: Follower, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Have a follower consume all new facts, one batch of each blog by turns, until none is left or `stop` is true.

    Returns the number of batches. A blog whose facts cannot be consumed delays no other: an ExceptionGroup is raised at
    the end, and the next call tries again.
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


def behind(followers: Iterable[Follower]) -> dict[str, int]:
    """Return how many facts each follower has yet to consume, without those that have yet to begin.

    One statement for all of them: it is all that following costs while nothing is published.
    """
    versions = {one.NAME: one.version() for one in followers}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.name, f.version,"
            " SUM(b.head - CASE WHEN c.epoch = b.epoch AND c.seq <= b.head THEN c.seq ELSE 0 END)"
            " FROM log_following f LEFT JOIN log_blog b ON TRUE"
            " LEFT JOIN log_cursor c ON c.follower = f.name AND c.blog_id = b.id GROUP BY f.name, f.version"
        )
        return {name: int(facts or 0) for name, version, facts in cursor.fetchall() if versions.get(name) == version}


def begin_anew(name: str) -> None:
    """Have a follower begin anew at the next call of `catch_up`."""
    Following.objects.filter(name=name).delete()


def cursors(name: str) -> dict[int, int]:
    """Return a follower's cursors: the seq up to which it has consumed each blog's log."""
    return dict(Cursor.objects.filter(follower=name).values_list("blog_id", "seq"))


def begin(follower: Follower) -> None:
    """Have a follower begin anew if its version has changed."""
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
    # In plain SQL, since it runs twice a batch. FOR UPDATE would also block inserts of rows that refer to the blog. Two
    # statements: a single one would return the cursor as it was before PostgreSQL waited for the lock.
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
    """Consume one batch, again if something was published meanwhile; return whether there was one."""
    for _ in range(TRIES):
        progress = _progress(follower.NAME, blog)
        if not progress.facts:
            return False  # another process consumed them
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
    """Move a follower's cursor past the facts. Under the blog's lock, so that no other process moves it meanwhile."""
    to = {"epoch": progress.epoch, "seq": progress.facts.upto}
    if not Cursor.objects.filter(follower=name, blog_id=progress.blog).update(**to):
        Cursor.objects.create(follower=name, blog_id=progress.blog, **to)
