"""Rendering published bytes again: after an upgrade, or on demand.

Lets packages that may not call press reach its rebuild. Changes no fact: the result follows from the log.
"""

from asithappened import press
from asithappened.log import read


def rebuild_published(blog: int | None = None) -> list[int]:
    """Write the published bytes of one blog, or of all, again from the log; return their ids."""
    blogs = [blog] if blog is not None else read.every_blog()
    for one in blogs:
        press.rebuild(one)
    return blogs


def rebuild_outdated() -> list[int]:
    """Render anew every blog that was rendered by other code, templates or translations; return their ids."""
    return press.rebuild_outdated()


def outdated() -> list[int]:
    """Return the blogs whose bytes were rendered by other code, templates or translations."""
    return press.outdated()
