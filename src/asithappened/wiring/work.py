"""All that the worker does, gathered from the rooms: kinds of jobs, duties, followers.

Owns the list, and nothing that stands in it. Look next: `jobs.work` for what each says of itself.
"""

import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from asithappened.jobs.work import Duty, Follower, Work

if TYPE_CHECKING:
    from asithappened.log import follow

SCRUB_S: Final = 2.0
REPLAYS_S: Final = 20.0  # one that was killed says "Replay" all the same
DRAFTS_S: Final = 60.0
PRESENCE_S: Final = 600.0
CONTRIBUTIONS_S: Final = 3600.0
FORGET_S: Final = 3600.0
KEPT_DAYS: Final = 30  # a job that is put again within them is not done again


def work() -> Work:
    """Return it. Imports the rooms: Django has to be set up."""
    from asithappened.accounts import mail
    from asithappened.desk import jobs as desk
    from asithappened.desk import waiting_words
    from asithappened.desk.actions.drafts import tidy
    from asithappened.desk.replay import bring_all_in_line
    from asithappened.log import follow
    from asithappened.log.scrub import scrub
    from asithappened.media import letting_go
    from asithappened.media.cards import keeping
    from asithappened.media.taking_in import TAKE_IN

    return Work(
        kinds=(desk.PUBLISH, mail.SEND, TAKE_IN, letting_go.kind(waiting_words.mentioned)),
        duties=(
            Duty(name="scrub", run=scrub, every_s=SCRUB_S),
            Duty(name="rendering", run=_render_outdated, every_s=None),
            Duty(name="replays", run=_end_interrupted, every_s=REPLAYS_S),
            Duty(name="presence", run=_forget_absent, every_s=PRESENCE_S),
            Duty(name="done jobs", run=_forget_done, every_s=FORGET_S),
            Duty(name="drafts", run=tidy, every_s=DRAFTS_S),
            Duty(name="contributions", run=_forget_contributions, every_s=CONTRIBUTIONS_S),
            Duty(name="copies", run=bring_all_in_line, every_s=None),
            letting_go.duty(waiting_words.mentioned),
            Duty(name="cards", run=keeping.sweep, every_s=keeping.SWEEP_S),
        ),
        followers=tuple(
            Follower(name=one.NAME, catch_up=partial(follow.catch_up, one), behind=partial(follow.behind, one.NAME))
            for one in followers()
        ),
    )


def followers() -> "tuple[follow.Follower, ...]":
    """Return the consume.py of every room that has one."""
    from asithappened.front import consume as front
    from asithappened.media import consume as media
    from asithappened.media.cards import consume as cards

    return (front, media, cards)


def begin_following() -> None:
    """Have every follower write what depends on no blog, where another version or nobody has."""
    from asithappened.log import follow

    for one in followers():
        follow.begin(one)


def follow_anew(name: str = "") -> int:
    """Have a follower, or each, begin anew and catch up; return how many did. Raises ValueError for one that is not."""
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
    """Render anew what another version rendered; its readers have what they had before until then."""
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
