"""How a live blog is read: a page for who works on it, and a section of the handover sheet.

Owns what of the counts is shown where, and in which words. Look next: `readership.reading`, which rounds them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from asithappened.accounts.gate import Grant, Verb
from asithappened.desk import reach
from asithappened.desk.handing_over import Section, Shift
from asithappened.desk.views.asking import grant_for, page, signed_in
from asithappened.desk.views.posts import at
from asithappened.log import read
from asithappened.readership import reading
from asithappened.readership.reading import FEW, Told
from asithappened.render.ledger import chart
from asithappened.render.words import label_of

_BRIEFLY: Final = 3  # key events and hosts of the handover sheet
_WORD_CHARS: Final = 90


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A line of a table: what, and how often, in words. `href`: where it is on the desk."""

    what: str
    n: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Readers:
    """How a live blog is read, in words. `why_not`: why nothing is counted, "" where it is.

    `most_at`: when most read at once, None where that were fewer than ten, or nobody; `chart`: of `hours`.
    """

    why_not: str = ""
    now: str = ""
    most: str = ""
    most_at: datetime | None = None
    chart: str = ""
    hours: Sequence[tuple[datetime, str]] = ()
    left: str = ""
    down: Sequence[Counted] = ()
    opened: Sequence[Counted] = ()
    hosts: Sequence[Counted] = ()


@require_safe
@signed_in
def readers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how a live blog is read."""
    grant = grant_for(request, slug, to=Verb.READ_DESK)
    return render(request, "desk/readers.html", page(grant, readers=_readers(grant)))


def _readers(grant: Grant, *, since: datetime | None = None, most: int = reading.SHOWN) -> Readers:
    if not settings.READERSHIP:
        return Readers(why_not=_("It is turned off for this newsroom: nothing is counted."))
    if not grant.state.everyones:
        return Readers(why_not=_("Only a live blog that is everyone's is counted."))
    now = reach.reach(grant.id, *read.head(grant.id))
    told = reading.told(grant.id, since=since)
    reading_now = _about(reading.rounded(now.reading))
    if now.at_least:
        reading_now = _("{n}, and more behind an edge").format(n=reading_now)
    return Readers(now=reading_now) if told is None else _in_words(grant, told, reading_now, most)


def _in_words(grant: Grant, told: Told, now: str, most: int) -> Readers:
    hosts = [Counted(what=host, n=_about(n)) for host, n in told.hosts[:most]]
    others = told.others + sum(n for _host, n in told.hosts[most:])
    return Readers(
        now=now,
        most=_about(told.most),
        most_at=told.most_at,
        chart=mark_safe(chart.by_hour([n for _at, n in told.hours])),  # noqa: S308  (numbers of ours)
        hours=[(hour, _about(n)) for hour, n in reversed(told.hours)],
        left=_about(told.left),
        down=[Counted(what=_("to post {n}").format(n=step), n=_about(n)) for step, n in told.read],
        opened=_opened(grant, told.opened[:most]),
        hosts=[
            *hosts,
            Counted(what=_("Other sites"), n=_about(reading.rounded(others))),
            Counted(what=_("No other page, or not said"), n=_about(told.nowhere)),
        ],
    )


def _opened(grant: Grant, opened: Sequence[tuple[str, int]]) -> list[Counted]:
    posts = read.posts_by_id(grant.id, [post for post, _n in opened])
    return [
        Counted(
            what=label_of(posts[id_], grant.state.language, _WORD_CHARS) or _("Without words"),
            n=_about(n),
            href=at(grant, id_),
        )
        for id_, n in opened
        if id_ in posts and posts[id_].visible
    ]


def _about(n: int) -> str:
    """Say a count that was rounded."""
    return _("about {n}").format(n=f"{n:,}".replace(",", "\u202f")) if n else _("fewer than {n}").format(n=FEW)


def _of_shift(shift: Shift) -> Readers | None:
    told = _readers(shift.grant, since=shift.since, most=_BRIEFLY)
    return None if told.why_not else told


SECTION: Final = Section(
    name="readers",
    label=gettext_lazy("Readers"),
    told=_of_shift,
    template="desk/parts/readers.html",
)
