"""All suggesters together: what the words of a post suggest, in page order, and what those of a whole page do.

Owns asking them, each behind the gate, so that one which fails takes nothing with it. Keeps nothing itself: what need
not be read again is kept by part (`by_part`). Look next: `ours` for which there are, `gate` for what passes.
"""

import logging
from collections.abc import Sequence

from asithappened.ledger import gate
from asithappened.ledger.gate import Dropped, Tell
from asithappened.ledger.ours import OURS
from asithappened.ledger.suggester import Suggester
from asithappened.ledger.suggestions import AnySuggestion
from asithappened.ledger.views import BlogView, PostView

_log = logging.getLogger(__name__)


def log_dropped(dropped: Dropped) -> None:
    """Say in the log that an answer did not pass; said twice is no fault of anybody's."""
    if dropped.reason != "said_twice":
        _log.warning("%s: dropped of post %d: %s %s", dropped.suggester, dropped.post, dropped.reason, dropped.seen)


def read(
    post: PostView, blog: BlogView, suggesters: Sequence[Suggester] = OURS, *, tell: Tell = log_dropped
) -> tuple[AnySuggestion, ...]:
    """Return what a post's words suggest, in page order. `tell` hears of what did not pass the gate. Never raises."""
    answers = [gate.asked(suggester, post, blog, tell) for suggester in suggesters]
    return tuple(gate.surest(answers, [suggester.name for suggester in suggesters], tell))


def read_page(
    blog: BlogView, suggesters: Sequence[Suggester] = OURS, *, tell: Tell = log_dropped
) -> tuple[AnySuggestion, ...]:
    """Return what all posts of a page suggest, the newest post first. Never raises."""
    return tuple(one for post in blog.posts for one in read(post, blog, suggesters, tell=tell))
