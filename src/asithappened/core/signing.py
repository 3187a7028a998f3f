"""What is printed with a post's bylines, taken from the contributors of its live blog when it is published.

From then on it is a fact of the post: a byline says what the person was on that day, and neither a change of the
profile nor an edit of the post changes it. Pure. Used by press for every event that carries a post's words, and by the
desk's preview.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from asithappened.core.events import Event, PostWords, Signature
from asithappened.core.ledger_state import Row
from asithappened.core.state import BlogState, PostState, SubjectState


def signatures(bylines: Sequence[str], blog: BlogState, was: PostState | None = None) -> tuple[Signature, ...]:
    """Return what to print with these bylines besides the names.

    `was`: the post before an edit; its bylines keep what was printed with them, even if that was nothing.
    """
    told = {c.name: Signature(name=c.name, role=c.role, url=c.url) for c in blog.contributors if c.role or c.url}
    if was is not None:
        told = {name: one for name, one in told.items() if name not in was.bylines}
        told |= {one.name: one for one in was.signed}
    return tuple(told[name] for name in dict.fromkeys(bylines) if name in told)


def signed(event: Event, blog: BlogState | None, was: SubjectState | None) -> Event:
    """Return an event with the signatures of its bylines, if it carries a post's words and has none yet.

    `was`: its subject before it.
    """
    if blog is None or not isinstance(event, PostWords) or event.signed or isinstance(was, Row):
        return event
    found = signatures(event.bylines, blog, was)
    return replace(event, signed=found) if found else event
