"""The beat of an open desk: each tab says every two seconds where its person is, and is told what has changed.

Owns the shape of both messages. A beat must be cheap, so that thirty people do not slow a publish: it writes to the
drafts' database only and reads a dozen rows by index. Look next: `drafts.presence`, `drafts.leases`, `reach`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal

import msgspec
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.desk import reach
from asithappened.desk.drafts import leases, presence
from asithappened.desk.drafts.models import TAB_CHARS
from asithappened.desk.drafts.presence import Tab
from asithappened.desk.forms.json_only import JsonOnly
from asithappened.desk.views.asking import asker, grant_for
from asithappened.desk.views.flow import post_only
from asithappened.desk.views.screen import Button, Screen, Shown
from asithappened.desk.views.standing import stamp
from asithappened.desk.views.tabs import counts_and_marks
from asithappened.jobs.clock import CLOCK
from asithappened.log import read

WRITTEN: Final = 12  # the newest heads that a beat tells of: as many as are published within some seconds

Name = Annotated[str, msgspec.Meta(min_length=8, max_length=TAB_CHARS, pattern=r"^[A-Za-z0-9_-]+$")]
Post = Annotated[str, msgspec.Meta(max_length=64, pattern=r"^[A-Za-z0-9_-]*$")]


class Beat(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a tab sends. `at`: a post's id, "new" or ""; `heard`: the last notice that it showed; `bye`: the tab closes.

    `lease`: what to do about the lease of `post`.
    """

    tab: Name
    at: Post = ""
    active: bool = True
    heard: Annotated[int, msgspec.Meta(ge=0, lt=2**53)] = 0
    lease: Literal["", "take", "take_over", "ask", "release"] = ""
    post: Post = ""
    bye: bool = False


@post_only
def beat(request: HttpRequest, slug: str) -> Screen:
    """Say where a tab is, and be told who else is here, what waits, and how far readers are."""
    grant, user = grant_for(request, slug, to=Verb.READ_DESK), asker(request)

    def answer(said: Beat) -> Shown:
        now = CLOCK.now()
        tab = Tab(blog=grant.id, user=user.pk, tab=said.tab, name=_called(user))
        if said.bye:
            presence.leave(tab)
            leases.release(tab)
            return Shown(context={}, told={})
        if said.lease:
            _lease(grant, tab, said, now)
        return Shown(context={}, told=_told(grant, user, tab, said, now))

    return Screen(
        buttons={"beat": Button(reads=JsonOnly(shape=Beat), verb=answer)}, default="beat", back=f"/desk/live/{slug}/"
    )


def _lease(grant: Grant, tab: Tab, said: Beat, now: datetime) -> None:
    if not grant.may(Verb.PUBLISH):
        raise PermissionDenied
    match said.lease:
        case "release":
            leases.release(tab, said.post)
        case "ask":
            leases.ask(tab, said.post, now)
        case _:
            if read.post(grant.id, said.post) is None:
                raise Http404
            leases.take(tab, said.post, now, over=said.lease == "take_over")


def _told(grant: Grant, user: User, tab: Tab, said: Beat, now: datetime) -> Mapping[str, Any]:
    here = presence.beat(tab, at=said.at, active=said.active, now=now)
    epoch, head = read.head(grant.id)
    readers = reach.reach(grant.id, epoch, head)
    counts, marks = counts_and_marks(grant, user)
    return {
        "now": _instant(now),
        "head": head,
        "standing": stamp(grant),
        "here": [
            {"name": p.name, "me": p.user == user.pk, "post": p.at, "since": _instant(p.since), "away": p.away}
            for p in here
        ],
        "leases": [
            {"post": h.post, "name": h.name, "me": h.user == user.pk, "mine": h.mine, "since": _instant(h.since)}
            for h in leases.held(tab, now)
        ],
        "counts": counts,
        "marks": marks,
        "readers": {
            "reading": readers.reading,
            "atLeast": readers.at_least,
            "head": readers.head,
            "since": _since(grant, readers),
            "written": [{"head": at, "since": _instant(since)} for at, since in readers.written[-WRITTEN:]],
        },
        "told": [
            {"id": n.pk, "what": n.what, "name": n.name, "post": n.post, "at": _instant(n.at)}
            for n in leases.told(tab, now, heard=said.heard)
        ],
    }


def _since(grant: Grant, readers: reach.Reach) -> str:
    """Return since when all readers have the newest fact that they all have; without readers, since its publication."""
    if readers.written and readers.written[-1][0] == readers.head:
        return _instant(readers.written[-1][1])
    appended = read.appended_at(grant.id, readers.head)
    return _instant(appended) if appended else ""


def _called(user: User) -> str:
    """Return what colleagues see: of whoever has no byline the name in their address, which is not theirs to spread."""
    return user.byline or user.email.partition("@")[0]


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
