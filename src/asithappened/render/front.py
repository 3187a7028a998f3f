"""The newsroom's front page: what stands around its live blogs, and what it says of each.

Owns both, in each language that the interface speaks: which one a house speaks is known to whoever serves it, and no
rendered byte depends on that. A headline is in its blog's language, a date in its blog's zone.
Look next: front/consume.py for which blogs stand there, delivery/followed.py for how a page is put together.
"""

from typing import Final

from django.utils.safestring import mark_safe

from asithappened.core.state import BlogState, Status
from asithappened.published.assets import url as asset
from asithappened.published.listing import Layout
from asithappened.render.direction import direction
from asithappened.render.edition import SITE, Edition, absolute
from asithappened.render.engine import fill
from asithappened.render.times import moment

LIVE, CLOSED = 0, 1
"""Its sections: blogs that run, and those that are the record."""
STYLE: Final = "front.css"


def layout(language: str) -> Layout:
    """Return all that stands around the blogs, in a language that the interface speaks."""
    edition = Edition(slug="", language=language, zone="UTC")
    values = {
        "site": SITE,
        "address": absolute(""),
        "style": asset(STYLE),
        "icon": asset("reader-icon.svg"),
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
        **{name: texts[name] for name in ("empty", "number", "newer", "older")},
    )


def entry(blog: BlogState, language: str) -> bytes:
    """Return what it says of a blog: when a live one last moved, which day a closed one was of."""
    edition = Edition(slug=blog.slug, language=language, zone=blog.zone)
    live = blog.status is Status.LIVE
    with edition.speaking():
        at = moment(blog.updated_at if live else blog.opened_at, edition)
        values = {"blog": blog, "dir": direction(blog.language), "at": at}
        return fill(f"front/{'live' if live else 'closed'}_entry.html", edition, values).encode()
