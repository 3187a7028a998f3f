"""The frame of the screen: the live blog's name and state, and what this person can do with the whole of it.

Owns when the frame is out of date: a beat tells its `stamp`, and a screen with another stamp asks for the frame again
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
    """Return the context of `desk/parts/frame.html`, beyond that of every page."""
    return {"standing": stamp(grant), "quiet": quiet(grant), "onward": _onward(grant, user)}


def _onward(grant: Grant, user: User) -> dict[str, Any] | None:
    """Return the live blog in which coverage goes on, if this person works there too."""
    there = grant.state.successor
    blog = read.blog_id(there.slug) if there else None
    if there is None or blog is None or Verb.READ_DESK not in gate.verbs_of(user, blog):
        return None
    return {"blog": blog, "slug": there.slug, "title": there.title}


def stamp(grant: Grant) -> str:
    """Return a stamp that changes whenever the frame would show another state or other buttons."""
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
