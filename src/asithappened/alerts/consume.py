"""The follower of the log that proposes alerts: of posts that just became key events, and of errors in sent alerts.

Owns which events lead to an alert: those of live origin in a public live blog that offers alerts, within the hour; none
that is imported, replayed, rehearsed or old. Withdrawing a post stops its alert, before and while it is sent. A
proposed alert waits for an editor (`desk.actions.alerting`), unless the live blog sends alerts automatically.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from asithappened.alerts import outgoing
from asithappened.alerts.models import Alert
from asithappened.core import events as e
from asithappened.core.ledger_state import Correction
from asithappened.core.state import BlogState, PostState
from asithappened.jobs.clock import CLOCK
from asithappened.log import read
from asithappened.log.follow import Facts
from asithappened.render import alert_words
from asithappened.render.edition import edition_of

NAME: Final = "alerts"
FRESH: Final = timedelta(hours=1)
"""An event that happened, or a post that was first published, longer ago is no news."""
_OPEN: Final = (Alert.State.WAITING, Alert.State.SENDING)


def version() -> str:
    """Return the version of this code's result. It never changes: people decided on alerts, so none is made again."""
    return "1"


def begin() -> None:
    """Keep the present alerts."""


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return a callback that proposes and stops alerts by these facts."""
    now = CLOCK.now()
    became, corrected, taken_back, erased = set[str](), set[str](), set[str](), set[str]()
    for fact in facts:
        event = fact.event
        if isinstance(event, e.PayloadErased):
            erased.add(fact.post)
        elif isinstance(event, e.PostWithdrawn):
            taken_back.add(fact.post)
        elif fact.origin is not e.Origin.LIVE or now - fact.at > FRESH:
            continue
        elif isinstance(event, e.PostPublished | e.PostRevised | e.PostKindSet):
            if event.kind is e.PostKind.KEY_EVENT:
                became.add(fact.post)
        elif isinstance(event, e.CorrectionRecorded):
            corrected.add(fact.subject.id)
    if not (became or corrected or taken_back or erased):
        return _nothing
    state = read.blog(blog)
    every = read.rows(blog, e.CORRECTION) if corrected else ()
    rows = [one for one in every if isinstance(one, Correction) and one.id in corrected and one.visible and one.post]
    posts = read.posts_by_id(blog, sorted(became | taken_back | erased | {row.post for row in rows}))

    def write() -> None:
        gone = {id_ for id_ in taken_back | erased if (post := posts.get(id_)) is None or not post.visible}
        of_gone = Alert.objects.filter(blog=blog, post__in=gone, state__in=_OPEN)
        of_gone.exclude(mends=outgoing.WITHDRAWN).update(state=Alert.State.CANCELLED)
        of_erased = Alert.objects.filter(blog=blog, post__in=erased)
        of_erased.filter(state=Alert.State.SENDING).update(state=Alert.State.CANCELLED)
        of_erased.update(text="")
        if not state.offers_alerts:
            return
        for id_ in sorted(became):
            if (post := posts.get(id_)) is not None and _rings(post, state, now):
                _propose(blog, state, post, "")
        for row in rows:
            if (post := posts.get(row.post)) is not None and post.visible:
                _mend(blog, state, post, row.id)
        for id_ in sorted(taken_back):
            if (post := posts.get(id_)) is not None and post.withdrawn:
                _mend(blog, state, post, outgoing.WITHDRAWN)

    return write


def _nothing() -> None:
    """Change nothing: the facts contain no key event and no error."""


def _rings(post: PostState, state: BlogState, now: datetime) -> bool:
    """Say whether a post has just become a key event. An edit of an old key event does not count."""
    new = post.published_at is not None and now - post.published_at <= FRESH
    return new and post.visible and post.kind is e.PostKind.KEY_EVENT and state.offers_alerts


def _mend(blog: int, state: BlogState, post: PostState, mends: str) -> None:
    """Propose a correction to the devices that got an alert, if there are any."""
    if Alert.objects.filter(blog=blog, post=post.id, mends="", sent_at__isnull=False).exists():
        _propose(blog, state, post, mends)


def _propose(blog: int, state: BlogState, post: PostState, mends: str) -> None:
    alert = outgoing.propose(blog, post.id, mends=mends)
    if alert is not None and state.alerts is e.Alerting.BY_ITSELF:
        outgoing.send(alert, suggested(alert, state, post))


def suggested(alert: Alert, state: BlogState, post: PostState) -> str:
    """Return the words of an alert, unless an editor changes them."""
    edition = edition_of(state)
    return alert_words.of_correction(post, edition) if alert.mends else alert_words.of_event(post, edition)
