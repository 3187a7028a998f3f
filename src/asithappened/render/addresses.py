"""Links, of addresses in a text and around given words; and the paths of the house's pages of tags and authors.

Look next: core/urls.py for recognising an address, core/slugs.py for a name in an address.
"""

from typing import Final

from django.utils.html import escape

from asithappened.core import urls
from asithappened.core.slugs import address_of

TAGS: Final = "/tags/"
AUTHORS: Final = "/authors/"
FEEDS: Final = "/feeds"
"""The prefix of such a path for its feeds, which another follower writes than the pages."""


def tag_path(tag: str) -> str:
    """Return the path of the page of a tag."""
    return f"{TAGS}{address_of(tag)}/"


def author_path(name: str) -> str:
    """Return the path of an author's page."""
    return f"{AUTHORS}{address_of(name)}/"


def with_links(text: str) -> str:
    """Return a text as HTML, its addresses as links; handles, hashtags and truncated addresses stay text."""
    pieces, at = [], 0
    for start, end in urls.found_in(text):
        link = escape(text[start:end])
        pieces += [str(escape(text[at:start])), f'<a href="{link}" rel="noopener">{link}</a>']
        at = end
    return "".join([*pieces, str(escape(text[at:]))])


def linked(
    html: str, url: str, attributes: str = "", schemes: tuple[str, ...] = urls.LINKED, rel: str = "noopener"
) -> str:
    """Return words as a link, or the words alone if a page may not link the address."""
    if not url or not urls.is_url(url, schemes):
        return html
    return f'<a{attributes} href="{escape(url)}" rel="{rel}">{html}</a>'
