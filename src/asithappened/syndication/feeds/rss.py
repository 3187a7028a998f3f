"""Writes RSS 2.0, with the whole text; authors and the time of a change use the usual namespaces.

RSS cannot say that an item was withdrawn: the item is only left out.
Look next: entry.py for what an item contains.
"""

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from asithappened.published.layout import ADDRESS_SLOT
from asithappened.published.listing import Layout
from asithappened.render.times import utc_iso
from asithappened.syndication.feeds.entry import Entry, Feed
from asithappened.syndication.slots import with_slots, xml

MEDIA_TYPE: Final = "application/rss+xml; charset=utf-8"
FILE: Final = "feed.rss"
_RSS: Final = '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">'


def layout(feed: Feed) -> Layout:
    language = f"<language>{xml(feed.language)}</language>" if feed.language else ""
    kind = 'type="application/rss+xml"'
    whole = (
        f'<?xml version="1.0" encoding="utf-8"?>\n{_RSS}<channel><title>{feed.title}</title>'
        f"<link>{ADDRESS_SLOT}{feed.path}</link><description>{xml(feed.subtitle) or feed.title}</description>{language}"
        "<lastBuildDate><!--slot:updated_in_mail--></lastBuildDate>"
        f'<atom:link rel="self" {kind} href="{ADDRESS_SLOT}<!--slot:path-->"/>'
        f"<!--slot:newer--><!--slot:older--><!--slot:entries--></channel></rss>\n"
    )
    return Layout(
        whole=whole,
        sections=("<!--slot:entries-->",),
        newer=f'<atom:link rel="previous" {kind} href="{ADDRESS_SLOT}<!--slot:newer-->"/>',
        older=f'<atom:link rel="next" {kind} href="{ADDRESS_SLOT}<!--slot:older-->"/>',
        updated=feed.updated,
    )


def item(one: Entry) -> bytes:
    authors = "".join(f"<dc:creator>{xml(who.name)}</dc:creator>" for who in one.authors)
    tags = "".join(f"<category>{xml(tag)}</category>" for tag in one.tags)
    # Only one enclosure, because feed readers keep only the first or the last. `length` is required; 0 means unknown.
    played = sorted(one.files, key=lambda file: file.media_type.startswith("image/"))
    files = "".join(f'<enclosure url="{xml(f.url)}" length="0" type="{f.media_type}"/>' for f in played[:1])
    changed = f"<atom:updated>{utc_iso(one.updated)}</atom:updated>" if one.updated > one.published else ""
    made = (
        f'<item><guid isPermaLink="false">{one.id}</guid><title>{xml(one.title)}</title><link>{xml(one.url)}</link>'
        f"<pubDate>{_in_mail(one.published)}</pubDate>{changed}{authors}{tags}{files}"
        f"<description>{xml(one.html)}</description></item>"
    )
    return with_slots(made).encode()


def _in_mail(at: datetime) -> str:
    """Return an instant in RFC 822's format, which is in English in every language."""
    return format_datetime(at.astimezone(UTC), usegmt=True)
