"""Addresses as links, in somebody's words and on words; those of the house's pages of tags and authors.

Look next: core/urls.py for what is an address, core/slugs.py for what a name becomes in one.
"""

from typing import Final

from django.utils.html import escape

from asithappened.core import urls
from asithappened.core.slugs import address_of

TAGS: Final = "/tags/"
AUTHORS: Final = "/authors/"
FEEDS: Final = "/feeds"
"""Before such an address: where its feeds stand. Apart from the pages, which another follower keeps."""


def tag_path(tag: str) -> str:
    """Return the path of the page of a tag."""
    return f"{TAGS}{address_of(tag)}/"


def author_path(name: str) -> str:
    """Return the path of the page of a name in print."""
    return f"{AUTHORS}{address_of(name)}/"


def with_links(text: str) -> str:
    """Return a text as HTML, its addresses as links; names, hashtags and what was cut short stay text."""
    pieces, at = [], 0
    for start, end in urls.found_in(text):
        link = escape(text[start:end])
        pieces += [str(escape(text[at:start])), f'<a href="{link}" rel="noopener">{link}</a>']
        at = end
    return "".join([*pieces, str(escape(text[at:]))])


def linked(
    html: str, url: str, attributes: str = "", schemes: tuple[str, ...] = urls.LINKED, rel: str = "noopener"
) -> str:
    """Return words with a link on them, or the words alone where the address is none that a page may have."""
    if not url or not urls.is_url(url, schemes):
        return html
    return f'<a{attributes} href="{escape(url)}" rel="{rel}">{html}</a>'
