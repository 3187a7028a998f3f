"""Lists all work of the worker, from all packages: kinds of jobs, duties, followers.

Look next: `jobs.work` for how a package declares its work.
"""

import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from asithappened.jobs.work import Duty, Follower, Work

if TYPE_CHECKING:
    from asithappened.log import follow

TURN_S: Final = 2.0
SCRUB_S: Final = 2.0
REPLAYS_S: Final = 20.0  # so long a replay whose process was killed may stay open
DRAFTS_S: Final = 60.0
PRESENCE_S: Final = 600.0
CONTRIBUTIONS_S: Final = 3600.0
FORGET_S: Final = 3600.0
KEPT_DAYS: Final = 30  # within which a finished job's key is not done again


def work() -> Work:
    """Return all work. Imports the packages, so Django must be set up."""
    from asithappened.accounts import mail
    from asithappened.alerts import sending, subscribing
    from asithappened.desk import jobs as desk
    from asithappened.desk import waiting_words
    from asithappened.desk.actions.drafts import tidy
    from asithappened.desk.replay import bring_all_in_line
    from asithappened.log import follow
    from asithappened.log.scrub import scrub
    from asithappened.media import deletion
    from asithappened.media.cards import files
    from asithappened.media.ingest import TAKE_IN
    from asithappened.polls import counting
    from asithappened.readership import keeping
    from asithappened.syndication.sitemaps import consume as sitemaps

    return Work(
        kinds=(
            *(desk.PUBLISH, desk.REACH, desk.FORGET, mail.SEND, TAKE_IN),
            deletion.kind(waiting_words.mentioned),
            *sending.kinds(),
        ),
        duties=(
            Duty(name="scrub", run=scrub, every_s=SCRUB_S),
            Duty(name="rendering", run=_render_outdated, every_s=None),
            Duty(name="replays", run=_end_interrupted, every_s=REPLAYS_S),
            Duty(name="presence", run=_forget_absent, every_s=PRESENCE_S),
            Duty(name="done jobs", run=_forget_done, every_s=FORGET_S),
            Duty(name="drafts", run=tidy, every_s=DRAFTS_S),
            Duty(name="contributions", run=_forget_contributions, every_s=CONTRIBUTIONS_S),
            Duty(name="copies", run=bring_all_in_line, every_s=None),
            Duty(name="alerts sent", run=subscribing.forget, every_s=FORGET_S),
            Duty(name="voters", run=counting.forget, every_s=FORGET_S),
            Duty(name="readers at once", run=keeping.look, every_s=keeping.LOOK_S),
            Duty(name="counts of readers", run=keeping.forget, every_s=FORGET_S),
            deletion.duty(waiting_words.mentioned),
            Duty(name="cards sweep", run=files.sweep, every_s=files.SWEEP_S),
            Duty(name="news sitemap", run=sitemaps.forget_old, every_s=sitemaps.FORGET_S),
        ),
        followers=tuple(Follower(name=one.NAME, catch_up=partial(_follow, one)) for one in followers()),
        behind=partial(follow.behind, followers()),
    )


def _follow(one: "follow.Follower") -> None:
    """Have a follower catch up for TURN_S at most, so that one that begins anew does not hold up the others."""
    from asithappened.log import follow

    until = time.monotonic() + TURN_S
    follow.catch_up(one, stop=lambda: time.monotonic() > until)


def followers() -> "tuple[follow.Follower, ...]":
    """Return the consume.py of every package that has one."""
    from asithappened.alerts import consume as alerts
    from asithappened.corrections import consume as corrections
    from asithappened.front import consume as front
    from asithappened.front.archive import consume as archive
    from asithappened.front.authors import consume as authors
    from asithappened.front.tags import consume as tags
    from asithappened.media import consume as media
    from asithappened.media.cards import consume as cards
    from asithappened.search import consume as search
    from asithappened.search.related import consume as related
    from asithappened.syndication.feeds import consume as feeds
    from asithappened.syndication.sitemaps import consume as sitemaps

    return (front, tags, archive, authors, corrections, media, cards, feeds, sitemaps, search, related, alerts)


def begin_following() -> None:
    """Have every new follower, or one with a new version, write its documents that depend on no live blog."""
    from asithappened.log import follow

    for one in followers():
        follow.begin(one)


def follow_anew(name: str = "") -> int:
    """Have one follower, or all, begin anew and catch up; return their number. Raises ValueError for a wrong name."""
    from asithappened.log import follow

    known = {one.NAME: one for one in followers()}
    if name and name not in known:
        raise ValueError(f"Nothing that follows the log is called {name!r}. There is: {', '.join(known)}.")
    chosen = [known[name]] if name else list(known.values())
    for one in chosen:
        follow.begin_anew(one.NAME)
        follow.catch_up(one)
    return len(chosen)


def _render_outdated() -> None:
    """Render again what another version rendered; until then readers get the older bytes."""
    from asithappened.desk.actions.rendering import rebuild_outdated

    if count := len(rebuild_outdated()):
        print(f"Rendered {count} live blogs anew for this version.", file=sys.stderr)


def _forget_done() -> None:
    from datetime import timedelta

    from asithappened.jobs.clock import CLOCK
    from asithappened.jobs.running import forget

    forget(CLOCK.now() - timedelta(days=KEPT_DAYS))


def _forget_contributions() -> None:
    from asithappened.desk.actions.contributions import forget_ended

    forget_ended()


def _forget_absent() -> None:
    from asithappened.accounts.members import note_seen
    from asithappened.desk.drafts import presence
    from asithappened.jobs.clock import CLOCK

    note_seen(presence.seen())
    presence.forget(CLOCK.now())


def _end_interrupted() -> None:
    from asithappened.desk.replay import end_interrupted

    for slug in end_interrupted():
        print(f"The replay at /live/{slug}/ was interrupted, and is closed now.", file=sys.stderr)
