"""What a page says of itself in its head: title, description, who publishes it, and its own address.

Owns reading it (Open Graph, then the head's own elements), and nothing of the page's body.
"""

from typing import Final

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import limits, text, urls

HEAD_BYTES: Final = 512 * 1024  # of a page; what it says of itself stands before that, or it is not looked for


class PageHead(Struct, frozen=True, kw_only=True):
    """What a page says of itself, cleaned and within the limits of a card; "" for what it does not say."""

    title: str = ""
    text: str = ""
    site: str = ""
    url: str = ""


def read(page: bytes, charset: str, at: str) -> PageHead:
    """Return what a page at an address says of itself."""
    tree = LexborHTMLParser(_decoded(page[:HEAD_BYTES], charset))
    said: dict[str, str] = {}
    for meta in tree.css("meta[content]"):
        name = (meta.attributes.get("property") or meta.attributes.get("name") or "").lower()
        said.setdefault(name, text.one_line(meta.attributes.get("content") or ""))
    titles = tree.css("title")
    title = said.get("og:title") or said.get("twitter:title") or (text.one_line(titles[0].text()) if titles else "")
    canonical = tree.css_first('link[rel="canonical"]')
    own = said.get("og:url") or (canonical.attributes.get("href") if canonical else "") or ""
    return PageHead(
        title=title[: limits.TITLE_CHARS],
        text=(said.get("og:description") or said.get("description") or "")[: limits.CAPTION_CHARS],
        site=(said.get("og:site_name") or "")[: limits.TITLE_CHARS],
        url=_own(own, at),
    )


def _own(own: str, at: str) -> str:
    """Return a page's own address where it names one of the same host: else it could pass for another's."""
    found = urls.resolved(own, at)
    return found if found and urls.host_of(found) == urls.host_of(at) else at


def _decoded(page: bytes, charset: str) -> str:
    for name in (charset, _meta_charset(page), "utf-8"):
        try:
            if name:
                return page.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return page.decode("utf-8", "replace")


def _meta_charset(page: bytes) -> str:
    """Return the encoding that a page's first kilobyte names, as browsers look for it."""
    start = page[:1024].lower()
    _, found, after = start.partition(b"charset=")
    return (
        after.lstrip(b"\"' ").split(b'"')[0].split(b"'")[0].split(b">")[0].strip().decode("ascii", "ignore")
        if found
        else ""
    )
