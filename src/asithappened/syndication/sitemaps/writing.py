"""Writes sitemaps (sitemaps.org 0.9, and Google's news extension 0.9)."""

from typing import Final

from asithappened.core.state import BlogState
from asithappened.published.layout import ADDRESS_SLOT, NAME_SLOT
from asithappened.published.listing import Layout
from asithappened.render.edition import edition_of
from asithappened.render.headline import headline
from asithappened.render.times import zoned_iso
from asithappened.syndication.slots import xml

MEDIA_TYPE: Final = "application/xml; charset=utf-8"
_HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS: Final = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_TRADITIONAL: Final = frozenset({"hant", "tw", "hk", "mo"})


def index(paths: tuple[str, ...]) -> Layout:
    named = "".join(f"<sitemap><loc>{ADDRESS_SLOT}{path}</loc></sitemap>" for path in paths)
    return Layout(whole=f"{_HEAD}<sitemapindex {_NAMESPACE}>{named}</sitemapindex>\n")


def urlset(always: str = "") -> Layout:
    """Return the layout of a sitemap. `always`: a page that it always has."""
    first = f"<url><loc>{ADDRESS_SLOT}{always}</loc></url>" if always else ""
    whole = f"{_HEAD}<urlset {_NAMESPACE} {_NEWS}>{first}<!--slot:entries--></urlset>\n"
    return Layout(whole=whole, sections=("<!--slot:entries-->",))


def url(blog: BlogState) -> bytes:
    edition = edition_of(blog)
    changed = f"<lastmod>{zoned_iso(blog.updated_at, edition)}</lastmod>" if blog.updated_at else ""
    return f"<url><loc>{ADDRESS_SLOT}{xml(edition.path)}</loc>{changed}</url>".encode()


def news(blog: BlogState) -> bytes:
    """Return the entry in the sitemap of news of a live blog whose opening time is known."""
    edition = edition_of(blog)
    assert blog.opened_at is not None
    with edition.speaking():
        title = headline(blog)
    language = news_language(blog.language)
    return (
        f"<url><loc>{ADDRESS_SLOT}{xml(edition.path)}</loc><news:news><news:publication>"
        f"<news:name>{NAME_SLOT}</news:name><news:language>{language}</news:language></news:publication>"
        # The first publication, as the extension requires, not the last update.
        f"<news:publication_date>{zoned_iso(blog.opened_at, edition)}</news:publication_date>"
        f"<news:title>{xml(title)}</news:title></news:news></url>"
    ).encode()


def news_language(tag: str) -> str:
    """Return the news extension's code of a language: ISO 639, except for Chinese.

    >>> news_language("de-CH"), news_language("zh-Hant"), news_language("zh")
    ('de', 'zh-tw', 'zh-cn')
    """
    language, *rest = tag.lower().split("-")
    if language != "zh":
        return language
    return "zh-tw" if _TRADITIONAL.intersection(rest) else "zh-cn"
