"""Who edits which post, so that two do not begin the same: taken, asked for, taken over, given back.

Owns the rows, and whom a take-over or a question is told. A lease is a courtesy and ends by itself; it never keeps
anybody from saving. What keeps words from being overwritten is what a save is based on (`core.rules`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from asithappened.desk.drafts.models import Lease, Notice
from asithappened.desk.drafts.presence import FORGOTTEN_S, Tab
from asithappened.desk.drafts.router import database_of

HELD_S: Final = 20.0  # without a beat of the tab that has it
# What every beat asks.
_HELD: Final = "SELECT * FROM drafts_lease WHERE blog = %s AND seen_at > %s ORDER BY since"
_TOLD: Final = 'SELECT * FROM drafts_notice WHERE blog = %s AND "user" = %s AND tab = %s ORDER BY id'


@dataclass(frozen=True, kw_only=True)
class Held:
    """A lease that holds. `mine`: of the tab that asks."""

    post: str
    user: int
    name: str
    since: datetime
    mine: bool


def held(tab: Tab, now: datetime) -> list[Held]:
    """Return the leases that hold in a live blog, after renewing the tab's own."""
    rows = list(Lease.objects.raw(_HELD, [tab.blog, now - timedelta(seconds=HELD_S)]))
    if any(_is_of(row, tab) for row in rows):
        Lease.objects.filter(blog=tab.blog, user=tab.user, tab=tab.tab).update(seen_at=now)
    return [Held(post=r.post, user=r.user, name=r.name, since=r.since, mine=_is_of(r, tab)) for r in rows]


def take(tab: Tab, post: str, now: datetime, *, over: bool = False) -> bool:
    """Have a post be edited in a tab, and say whether it is. `over`: even if another has it, which is then told."""
    with transaction.atomic(using=database_of(Lease)):
        lease = Lease.objects.select_for_update().filter(blog=tab.blog, post=post).first()
        if lease is None:
            made = Lease(blog=tab.blog, post=post, user=tab.user, tab=tab.tab, name=tab.name, since=now, seen_at=now)
            Lease.objects.bulk_create([made], ignore_conflicts=True)  # another was as quick
            return Lease.objects.filter(blog=tab.blog, post=post, user=tab.user, tab=tab.tab).exists()
        if _is_of(lease, tab):
            lease.seen_at = now
            lease.save()
            return True
        if not over and lease.seen_at > now - timedelta(seconds=HELD_S):
            return False
        _tell(lease, Notice.What.TAKEN, tab, now)
        lease.user, lease.tab, lease.name, lease.since, lease.seen_at = tab.user, tab.tab, tab.name, now, now
        lease.save()
        return True


def ask(tab: Tab, post: str, now: datetime) -> None:
    """Tell who has a post that somebody would like to have it."""
    lease = Lease.objects.filter(blog=tab.blog, post=post).first()
    if lease is None or _is_of(lease, tab):
        return
    asked = Notice.objects.filter(
        blog=tab.blog, user=lease.user, tab=lease.tab, what=Notice.What.ASKED, name=tab.name, post=post
    )
    if not asked.exists():  # who asks twice before it was heard is told of once
        _tell(lease, Notice.What.ASKED, tab, now)


def release(tab: Tab, post: str = "") -> None:
    """Give a post back, or all that the tab has."""
    mine = Lease.objects.filter(blog=tab.blog, user=tab.user, tab=tab.tab)
    (mine.filter(post=post) if post else mine).delete()


def told(tab: Tab, now: datetime, *, heard: int) -> list[Notice]:
    """Return what a tab has to be told, until it says up to which it has `heard`: an answer may be lost."""
    notices = list(Notice.objects.raw(_TOLD, [tab.blog, tab.user, tab.tab]))
    if any(notice.pk <= heard for notice in notices):
        Notice.objects.filter(blog=tab.blog, user=tab.user, tab=tab.tab, pk__lte=heard).delete()
    since = now - timedelta(seconds=FORGOTTEN_S)
    return [notice for notice in notices if notice.pk > heard and notice.at > since]


def _is_of(lease: Lease, tab: Tab) -> bool:
    return (lease.user, lease.tab) == (tab.user, tab.tab)


def _tell(lease: Lease, what: Notice.What, by: Tab, now: datetime) -> None:
    Notice.objects.create(
        blog=lease.blog, user=lease.user, tab=lease.tab, what=what, name=by.name, post=lease.post, at=now
    )
