"""What stands under a live blog as related coverage by itself, as what people set does: other live blogs of the house.

Owns its words, in the edition of the page that it stands on. Look next: page_parts for what people set.
"""

from typing import Final

from asithappened.core.state import BlogState
from asithappened.published.listing import Layout
from asithappened.render.edition import Edition, edition_of
from asithappened.render.engine import fill
from asithappened.render.headline import headline
from asithappened.render.times import moment

_NAMES: Final = 3  # of those who cover it


def layout(edition: Edition) -> Layout:
    """Return what stands around the entries, and nothing where there are none."""
    with edition.speaking():
        return Layout(whole=str(fill("related/list.html", edition, {}))[:])


def entry(edition: Edition, other: BlogState) -> bytes:
    """Return a live blog as it stands under another one."""
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
