"""The front page's layout, and its entries of live blogs.

Owns both in each language of the interface, because only the serving process knows the house's language. A headline is
in its blog's language, a date in its blog's zone.
A picture is a blog's newest stored one that is not graphic; pictures on other sites are not loaded.
Look next: front/consume.py for the choice of blogs, delivery/followed.py for the assembly of the page.
"""

from typing import Final

from django.utils.safestring import mark_safe

from asithappened.core.state import BlogState, PostState, Status
from asithappened.published.assets import url as asset
from asithappened.published.listing import Layout
from asithappened.render import house_lists
from asithappened.render.direction import direction
from asithappened.render.edition import SITE, Edition, absolute, edition_of
from asithappened.render.engine import fill
from asithappened.render.house_lists import CARD, picture
from asithappened.render.post import listed
from asithappened.render.times import moment

LIVE, CLOSED = 0, 1
"""Its sections: running and closed live blogs."""
STYLE: Final = house_lists.STYLE
LEAD: Final = "(min-width: 62rem) 38rem, 100vw"


def layout(language: str) -> Layout:
    """Return the page's layout in one of the interface's languages."""
    edition = Edition(slug="", language=language, zone="UTC")
    values = {
        "site": SITE,
        "address": absolute(""),
        "style": asset(STYLE),
        "icon": asset("reader-icon.svg"),
        "search": edition.search_path,
        "number": mark_safe("<!--slot:number-->"),
    }
    with edition.speaking():
        texts = {
            name: fill(f"front/{name}.html", edition, values)[:]  # a plain str, which msgspec can encode
            for name in ("page", "live", "closed", "empty", "number", "newer", "older")
        }
    return Layout(
        whole=texts["page"],
        sections=(texts["live"], texts["closed"]),
        empty=texts["empty"],
        number=texts["number"],
        newer=texts["newer"],
        older=texts["older"],
    )


def entry(
    blog: BlogState, language: str, *, key_event: PostState | None = None, pictured: PostState | None = None
) -> bytes:
    """Return a live blog's entry: with the time of its last change, or for a closed one the day of its opening.

    `key_event`: its newest; `pictured`: the post whose picture is shown.
    """
    edition = Edition(slug=blog.slug, language=language, zone=blog.zone)
    own = edition_of(blog)
    live = blog.status is Status.LIVE
    with edition.speaking():
        values = {
            "blog": blog,
            "dir": direction(blog.language),
            "at": moment(blog.updated_at if live else blog.opened_at, edition),
            "key_event": listed(key_event, own) if key_event else None,
            "key_when": moment(key_event.published_at, edition) if key_event else None,
            "picture": picture(pictured, own, LEAD if live else CARD) if pictured else "",
        }
        return fill(f"front/{'live' if live else 'closed'}_entry.html", edition, values).encode()
