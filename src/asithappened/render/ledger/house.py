"""The layout and the entries of the newsroom's page of corrections.

Owns both in each language of the interface, as on the front page. A correction is in its live blog's language, its time
in that live blog's zone. Look next: corrections/consume.py for the choice of corrections.
"""

from typing import Final

from django.utils.safestring import SafeString, mark_safe

from asithappened.core.ledger_state import Correction
from asithappened.core.state import BlogState
from asithappened.published.assets import url as asset
from asithappened.published.listing import Layout
from asithappened.render.direction import direction
from asithappened.render.edition import SITE, Edition, absolute, edition_of
from asithappened.render.engine import fill
from asithappened.render.ledger.rows import correction_entry

STYLE: Final = "front.css"


def layout(language: str) -> Layout:
    """Return the page's layout in one of the interface's languages."""
    edition = Edition(slug="", language=language, zone="UTC")
    values = {
        "site": SITE,
        "address": absolute(""),
        "home": absolute("/"),
        "style": asset(STYLE),
        "icon": asset("reader-icon.svg"),
        "number": mark_safe("<!--slot:number-->"),
    }
    with edition.speaking():
        texts = {
            name: str(fill(f"house_corrections/{name}.html", edition, values))[:]
            for name in ("page", "list", "empty", "newer", "older")
        }
        number = str(fill("front/number.html", edition, values))[:]
    return Layout(
        whole=texts["page"],
        sections=(texts["list"],),
        number=number,
        empty=texts["empty"],
        newer=texts["newer"],
        older=texts["older"],
    )


def entry(blog: BlogState, row: Correction, language: str) -> bytes:
    """Return a correction's entry: its live blog, and the entry of that live blog's own page of corrections."""
    around, own = Edition(slug=blog.slug, language=language, zone=blog.zone), edition_of(blog)
    with own.speaking():
        said = SafeString(correction_entry(own, row))
    with around.speaking():
        values = {"blog": blog, "dir": direction(blog.language), "said": said}
        return fill("house_corrections/entry.html", around, values).encode()
