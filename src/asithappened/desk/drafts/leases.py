"""Leases: who is editing which post, so that two people do not begin the same edit.

Owns taking, asking for, taking over and releasing a lease, and the notices about it. A lease is a courtesy and expires;
it never prevents anybody from saving. Words are protected by what a save is based on (`core.rules`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from asithappened.desk.drafts.models import Lease, Notice
from asithappened.desk.drafts.presence import FORGOTTEN_S, Tab
from asithappened.desk.drafts.router import database_of

HELD_S: Final = 20.0  # a lease expires this long after the last beat of its tab
# The query of every beat.
_HELD: Final = "SELECT * FROM drafts_lease WHERE blog = %s AND seen_at > %s ORDER BY since"
_TOLD: Final = 'SELECT * FROM drafts_notice WHERE blog = %s AND "user" = %s AND tab = %s ORDER BY id'


@dataclass(frozen=True, kw_only=True)
class Held:
    """A lease in force. `mine`: it is the asking tab's."""

    post: str
    user: int
    name: str
    since: datetime
    mine: bool


def held(tab: Tab, now: datetime) -> list[Held]:
    """Return the leases in force in a live blog, after renewing the tab's own."""
    rows = list(Lease.objects.raw(_HELD, [tab.blog, now - timedelta(seconds=HELD_S)]))
    if any(_is_of(row, tab) for row in rows):
        Lease.objects.filter(blog=tab.blog, user=tab.user, tab=tab.tab).update(seen_at=now)
    return [Held(post=r.post, user=r.user, name=r.name, since=r.since, mine=_is_of(r, tab)) for r in rows]


def take(tab: Tab, post: str, now: datetime, *, over: bool = False) -> bool:
    """Take the lease of a post for a tab, and say whether that worked. `over`: even from another tab, which is told."""
    with transaction.atomic(using=database_of(Lease)):
        lease = Lease.objects.select_for_update().filter(blog=tab.blog, post=post).first()
        if lease is None:
            made = Lease(blog=tab.blog, post=post, user=tab.user, tab=tab.tab, name=tab.name, since=now, seen_at=now)
            Lease.objects.bulk_create([made], ignore_conflicts=True)  # another tab took it at the same moment
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
    """Tell the holder of a lease that somebody asks for it."""
    lease = Lease.objects.filter(blog=tab.blog, post=post).first()
    if lease is None or _is_of(lease, tab):
        return
    asked = Notice.objects.filter(
        blog=tab.blog, user=lease.user, tab=lease.tab, what=Notice.What.ASKED, name=tab.name, post=post
    )
    if not asked.exists():  # asking twice before the first notice was seen makes one notice
        _tell(lease, Notice.What.ASKED, tab, now)


def release(tab: Tab, post: str = "") -> None:
    """Release the lease of a post, or all leases of the tab."""
    mine = Lease.objects.filter(blog=tab.blog, user=tab.user, tab=tab.tab)
    (mine.filter(post=post) if post else mine).delete()


def told(tab: Tab, now: datetime, *, heard: int) -> list[Notice]:
    """Return the notices for a tab. They are sent again until the tab has `heard` them, since an answer may be lost."""
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
