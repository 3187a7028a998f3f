"""Following the log: whoever makes something of it goes on from where it stopped, whatever stopped it.

Owns each follower's place in each blog. A place moves in the transaction that writes what was made of the facts, so
that rows in this database are written exactly once, in order; what is started elsewhere has to bear a repetition.
A follower whose version is another, and a blog whose epoch is, begin anew. Never knows what is made of facts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from django.db import connection, transaction

from asithappened.core.events import Fact
from asithappened.log import read
from asithappened.log.models import Cursor, Following

BATCH: Final = 100  # facts: what is made of them is written in one transaction, for which a publish may have to wait
TRIES: Final = 3  # without the blog's lock; a blog that is published to faster than it is consumed is held for a moment


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Facts of one blog after a seq and up to another, without a gap; read only if somebody iterates."""

    blog: int
    after: int
    upto: int

    @property
    def anew(self) -> bool:
        """Whether they are the blog's first: what was made of it before is of another version, or another log."""
        return self.after == 0

    def __len__(self) -> int:
        return self.upto - self.after

    def __iter__(self) -> Iterator[Fact]:
        return read.facts(self.blog, after=self.after, upto=self.upto)


class Follower(Protocol):
    """What a room's consume.py has."""

    @property
    def NAME(self) -> str:
        """A name that no other follower has, and that never changes: its places are kept under it."""

    def version(self) -> str:
        """Return what differs when the same facts would be made into something else: then it begins anew."""

    def begin(self) -> None:
        """Write what depends on no blog, in a transaction: once for each version, before anything is consumed."""

    def consume(self, blog: int, facts: Facts) -> Callable[[], None]:
        """Make something of a blog's next facts, and return what writes it.

        Called outside any transaction and perhaps in vain; what it returns is called at most once, in the transaction
        that moves the place, and only if nothing was published to the blog meanwhile. Make it of the blog's state as
        it is now (log.read), not of what a fact said: what it said may have been taken back since.
        """


def catch_up(follower: Follower, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Have a follower consume all that it has not, a batch a blog by turns, until nothing is left or `stop` says so.

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


def places(name: str) -> dict[int, int]:
    """Return up to which seq a follower has consumed each blog's log."""
    return dict(Cursor.objects.filter(follower=name).values_list("blog_id", "seq"))


def begin(follower: Follower) -> None:
    """Have a follower write what depends on no blog, if it is of another version than the one that did."""
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
class _Place:
    """Where a follower stands in a blog, whose log is `epoch` up to `head`. `come`: to which epoch and seq it has."""

    blog: int
    epoch: str
    head: int
    come: tuple[str, int]

    @property
    def facts(self) -> Facts:
        epoch, seq = self.come
        after = seq if epoch == self.epoch and seq <= self.head else 0
        return Facts(blog=self.blog, after=after, upto=min(self.head, after + BATCH))


def _place(name: str, blog: int, *, locked: bool = False) -> _Place:
    # In plain SQL, as it is asked twice a batch. The lock is weaker than FOR UPDATE, which also holds up whoever only
    # refers to the blog. Two statements: of one, PostgreSQL gives the cursor as it was before it waited for the lock.
    lock = locked and connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(_AND_LOCK if lock else _HEAD, [blog])
        epoch, head = cursor.fetchone()
        cursor.execute("SELECT epoch, seq FROM log_cursor WHERE follower = %s AND blog_id = %s", [name, blog])
        come = cursor.fetchone()
    return _Place(blog=blog, epoch=epoch, head=head, come=tuple(come) if come else ("", 0))


_HEAD: Final = "SELECT epoch, head FROM log_blog WHERE id = %s"
_AND_LOCK: Final = _HEAD + " FOR NO KEY UPDATE"


def _consume(follower: Follower, blog: int) -> bool:
    """Consume one batch; say whether there was one. Redone if something was published meanwhile."""
    for _ in range(TRIES):
        place = _place(follower.NAME, blog)
        if not place.facts:
            return False  # another process has been here
        write = follower.consume(blog, place.facts)
        with transaction.atomic(durable=True):
            if _place(follower.NAME, blog, locked=True) == place:
                _move(follower.NAME, place)
                write()
                return True
    with transaction.atomic(durable=True):
        place = _place(follower.NAME, blog, locked=True)
        if not place.facts:
            return False
        _move(follower.NAME, place)
        follower.consume(blog, place.facts)()
        return True


def _move(name: str, place: _Place) -> None:
    """Move a follower's place to behind the facts. Under the blog's lock: nobody else moves it meanwhile."""
    to = {"epoch": place.epoch, "seq": place.facts.upto}
    if not Cursor.objects.filter(follower=name, blog_id=place.blog).update(**to):
        Cursor.objects.create(follower=name, blog_id=place.blog, **to)
