"""Writes a live blog as a fragment of HTML that another site's server includes in a page.

Owns its markup: headings one level below those of a live blog's page, no id, no script, no style; every class begins
with `aih-`, so that none clashes with the site's. Look next: docs/elsewhere.md for a style sheet.
"""

import re
from typing import Final

from asithappened.published.layout import ADDRESS_SLOT
from asithappened.published.listing import Layout
from asithappened.render.direction import direction
from asithappened.render.times import utc_iso
from asithappened.syndication.feeds.entry import Entry, Feed
from asithappened.syndication.slots import with_slots, xml

MEDIA_TYPE: Final = "text/html; charset=utf-8"
FILE: Final = "fragment"
_HEADING: Final = re.compile(r"<(/?)h([345])\b")


def layout(feed: Feed) -> Layout:
    title = f'<h2 class="aih-headline"><a href="{ADDRESS_SLOT}{feed.path}">{feed.title}</a></h2>'
    standfirst = f'<p class="aih-standfirst">{xml(feed.subtitle)}</p>' if feed.subtitle else ""
    opening = f'<section class="aih" lang="{xml(feed.language)}" dir="{direction(feed.language)}">'
    return Layout(
        whole=f"{opening}{title}{standfirst}<!--slot:entries--></section>\n", sections=("<!--slot:entries-->",)
    )


def post(one: Entry) -> bytes:
    names = ", ".join(f"<bdi>{xml(who.name)}</bdi>" for who in one.authors)
    by = f'<p class="aih-by">{names}</p>' if names else ""
    time = f'<time datetime="{utc_iso(one.published)}">{xml(one.printed)}</time>'
    words = _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", one.html)
    made = (
        f'<article class="aih-post"><p class="aih-time"><a href="{xml(one.url)}">{time}</a></p>'
        f'<h3 class="aih-title">{xml(one.title)}</h3>{by}<div class="aih-words">{words}</div></article>'
    )
    return with_slots(made).encode()
