"""Renders automatically related coverage under a live blog: other live blogs of the house.

In the edition of the page that shows it. Look next: page_parts for related coverage that editors set.
"""

from typing import Final

from asithappened.core.state import BlogState
from asithappened.published.listing import Layout
from asithappened.render.edition import Edition, edition_of
from asithappened.render.engine import fill
from asithappened.render.headline import headline
from asithappened.render.times import moment

_NAMES: Final = 3  # of its contributors


def layout(edition: Edition) -> Layout:
    """Return the list's layout, which is empty without entries."""
    with edition.speaking():
        return Layout(whole=str(fill("related/list.html", edition, {}))[:])


def entry(edition: Edition, other: BlogState) -> bytes:
    """Return a live blog's entry under another one."""
    own = edition_of(other)
    with own.speaking():
        title = headline(other)
    with edition.speaking():
        values = {
            "other": other,
            "title": title,
            "path": own.path,
            "byline": ", ".join(one.name for one in other.contributors[:_NAMES]),
            "when": moment(other.opened_at, edition),
        }
        return fill("related/entry.html", edition, values).encode()
