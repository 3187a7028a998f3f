"""Presence: who is in a live blog's desk, and in which of its posts. Each beat writes the row of its tab.

Owns how long somebody counts as here without a beat. The beat's statements are plain SQL, because Django's ORM takes
ten times as long to build them as the database to run them. Look next: leases.py, for who edits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connections
from django.db.models import Max

from asithappened.desk.drafts.models import Lease, Notice, Presence
from asithappened.desk.drafts.router import database_of

HERE_S: Final = 20.0  # a tab in view beats every two seconds; this is nine lost in a row
AWAY_S: Final = 75.0  # browsers let a tab that is out of view run once a minute
FORGOTTEN_S: Final = 3600.0
_SEEN: Final = "SELECT * FROM drafts_presence WHERE blog = %s AND seen_at > %s"
_NOTED: Final = """
INSERT INTO drafts_presence (blog, "user", tab, name, at, active, since, seen_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (blog, "user", tab) DO UPDATE SET name = excluded.name, at = excluded.at, active = excluded.active,
    since = excluded.since, seen_at = excluded.seen_at
"""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab of somebody's browser, in one live blog. `name`: what colleagues see."""

    blog: int
    user: int
    tab: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Here:
    """A person who is here. `at`: the place of their tab that counts; `away`: none of their tabs is in view."""

    user: int
    name: str
    at: str
    since: datetime
    away: bool


def beat(tab: Tab, *, at: str, active: bool, now: datetime) -> list[Here]:
    """Record where a tab is, and return who is here, including the tab's person."""
    rows = _rows(tab.blog, now)
    was = next((row for row in rows if (row.user, row.tab) == (tab.user, tab.tab)), None)
    since = was.since if was is not None and was.at == at else now
    mine = Presence(
        blog=tab.blog, user=tab.user, tab=tab.tab, name=tab.name, at=at, active=active, since=since, seen_at=now
    )
    connection = connections[database_of(Presence)]
    values = [mine.blog, mine.user, mine.tab, mine.name, mine.at, mine.active, mine.since, mine.seen_at]
    with connection.cursor() as cursor:
        cursor.execute(_NOTED, [connection.ops.adapt_unknown_value(value) for value in values])
    return _people([mine, *(row for row in rows if row is not was)])


def leave(tab: Tab) -> None:
    """Record that a tab was closed."""
    Presence.objects.filter(blog=tab.blog, user=tab.user, tab=tab.tab).delete()


def leave_for_good(blog: int, user: int) -> None:
    """Delete all rows of a person who no longer works on a live blog: presence, leases and notices."""
    for table in (Presence, Lease, Notice):
        table.objects.filter(blog=blog, user=user).delete()


def seen(blog: int | None = None) -> dict[tuple[int, int], datetime]:
    """Return when people were last here, by blog and user, as far as their rows are not deleted yet (an hour)."""
    rows = Presence.objects.all() if blog is None else Presence.objects.filter(blog=blog)
    found = rows.order_by().values_list("blog", "user").annotate(last=Max("seen_at"))
    return {(blog_, user): last for blog_, user, last in found}


def here(blog: int, now: datetime) -> list[Here]:
    """Return who is here, by name."""
    return _people(_rows(blog, now))


def forget(now: datetime) -> None:
    """Delete rows that are too old to be shown."""
    before = now - timedelta(seconds=FORGOTTEN_S)
    Presence.objects.filter(seen_at__lt=before).delete()
    Lease.objects.filter(seen_at__lt=before).delete()
    Notice.objects.filter(at__lt=before).delete()


def _rows(blog: int, now: datetime) -> list[Presence]:
    found = Presence.objects.raw(_SEEN, [blog, now - timedelta(seconds=AWAY_S)])
    here_since = now - timedelta(seconds=HERE_S)
    return [row for row in found if not row.active or row.seen_at > here_since]


def _people(rows: Sequence[Presence]) -> list[Here]:
    """Return one entry for each person. Of several tabs, one in view counts, then one in a post, then the last seen."""
    telling: dict[int, Presence] = {}
    for row in sorted(rows, key=lambda row: (row.active, bool(row.at), row.seen_at)):
        telling[row.user] = row
    found = [
        Here(user=row.user, name=row.name, at=row.at, since=row.since, away=not row.active) for row in telling.values()
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.user))
