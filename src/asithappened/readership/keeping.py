"""Stores counts: adds those of delivery, samples the number of readers, and deletes old ones.

Owns all writes. Each is one short transaction in the database file of the drafts, at most once a minute a process.
Look next: `reading`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, router, transaction

from asithappened.core.events import PostKind
from asithappened.delivery import readership
from asithappened.jobs.clock import CLOCK
from asithappened.log import read
from asithappened.published import machines, reached, reached_elsewhere
from asithappened.readership.models import Count

LOOK_S: Final = 15.0  # between two samples of the number of readers; a shorter peak may be missed
KEPT_HOURS: Final = 90 * 24

_PUT: Final = """
INSERT INTO readership_count (blog, hour, kind, "key", n) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (blog, hour, kind, "key") DO UPDATE SET n = """
_ADD: Final = _PUT + "readership_count.n + excluded.n"
_RAISE: Final = _PUT + "CASE WHEN excluded.n > readership_count.n THEN excluded.n ELSE readership_count.n END"

Row = tuple[int, int, str, str, int]


def hour_now() -> int:
    return int(CLOCK.now().timestamp() // readership.HOUR_S)


def keep(counts: Mapping[readership.Count, int]) -> None:
    """Add the counts of a delivering process; opened posts only if they are key events."""
    opened: defaultdict[int, set[str]] = defaultdict(set)
    for count in counts:
        if count.kind == "opened":
            opened[count.blog].add(count.key)
    events = {(blog, post) for blog, posts in opened.items() for post in key_events(blog, posts)}
    _write(
        _ADD,
        [
            (count.blog, count.hour, count.kind, count.key, n)
            for count, n in sorted(counts.items())
            if count.kind != "opened" or (count.blog, count.key) in events
        ],
    )


def keep_in_thread(counts: Mapping[readership.Count, int]) -> None:
    """Add counts in a thread that is not Django's, and close its database connections."""
    try:
        keep(counts)
    finally:
        connections.close_all()


def look() -> None:
    """Sample the readers of each live blog, and store the number if it is the hour's highest. One process does this."""
    if not settings.READERSHIP:
        return
    hour = hour_now()
    readers = {blog: n for blog, n in _reading_now().items() if n}
    known = dict(Count.objects.filter(blog__in=readers, hour=hour, kind=Count.Kind.AT_ONCE).values_list("blog", "n"))
    more = {blog: n for blog, n in readers.items() if n > known.get(blog, 0) and _is_everyones(blog)}
    _write(_RAISE, [(blog, hour, Count.Kind.AT_ONCE.value, "", n) for blog, n in more.items()])


def forget() -> int:
    """Delete counts older than three months; return how many."""
    return Count.objects.filter(hour__lt=hour_now() - KEPT_HOURS).delete()[0]


def key_events(blog: int, posts: Iterable[str]) -> set[str]:
    """Return those that are visible key events."""
    found = read.posts_by_id(blog, list(posts))
    return {id_ for id_, post in found.items() if post.visible and post.kind is PostKind.KEY_EVENT}


def _is_everyones(blog: int) -> bool:
    return read.blog(blog).everyones


def _reading_now() -> Mapping[int, int]:
    folder = Path(settings.DOORBELLS)
    reached_by = [(blog, one) for blog, some in reached.all_of(folder).items() for one in some]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            reached_by += reached_elsewhere.all_of(cursor, machines.name_of(folder))
    readers: defaultdict[int, int] = defaultdict(int)
    for blog, one in reached_by:
        readers[blog] += one.readers
    return readers


def _write(statement: str, rows: list[Row]) -> None:
    if not rows:
        return
    using = router.db_for_write(Count) or DEFAULT_DB_ALIAS
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.executemany(statement, rows)
