"""What the screen's frame shows of a live blog itself: its name, how it stands, what this person can do with all of it.

Owns when that is out of date: a beat tells its `stamp`, and a screen that shows another asks for the frame again
(`?part=frame` of the desk). Look next: `frontend/desk/standing.ts`.
"""

from hashlib import blake2b
from typing import Any

from asithappened.accounts import gate
from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.desk.views.quiet import quiet
from asithappened.log import read


def standing(grant: Grant, user: User) -> dict[str, Any]:
    """Return what `desk/parts/frame.html` shows beside what every page does."""
    return {"standing": stamp(grant), "quiet": quiet(grant), "onward": _onward(grant, user)}


def _onward(grant: Grant, user: User) -> dict[str, Any] | None:
    """Return where coverage goes on, if this person works there too."""
    there = grant.state.successor
    blog = read.blog_id(there.slug) if there else None
    if there is None or blog is None or Verb.READ_DESK not in gate.verbs_of(user, blog):
        return None
    return {"blog": blog, "slug": there.slug, "title": there.title}


def stamp(grant: Grant) -> str:
    """Return what is another whenever the frame would show something else of the live blog, or other buttons."""
    blog = grant.state
    shown = (
        blog.title,
        blog.slug,
        blog.status.value,
        blog.audience.value,
        blog.zone,
        str(blog.opened_at),
        str(blog.closed_at),
        blog.successor and blog.successor.slug,
        grant.role,
    )
    return blake2b(repr(shown).encode(), digest_size=6).hexdigest()
