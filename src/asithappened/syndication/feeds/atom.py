"""Writes Atom (RFC 4287), with pages (RFC 5005) and tombstones of withdrawn entries (RFC 6721).

Look next: entry.py for what an entry contains.
"""

from typing import Final

from asithappened.published.layout import ADDRESS_SLOT, NAME_SLOT
from asithappened.published.listing import Layout
from asithappened.render.times import utc_iso
from asithappened.syndication.feeds.entry import Entry, Feed, Gone
from asithappened.syndication.slots import with_slots, xml

MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"
FILE: Final = "feed.atom"
_FEED: Final = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'


def layout(feed: Feed) -> Layout:
    language = f' xml:lang="{xml(feed.language)}"' if feed.language else ""
    subtitle = f"<subtitle>{xml(feed.subtitle)}</subtitle>" if feed.subtitle else ""
    kind = 'type="application/atom+xml"'
    whole = (
        f'<?xml version="1.0" encoding="utf-8"?>\n{_FEED}{language}><id>{feed.id}</id><title>{feed.title}</title>'
        f"{subtitle}<updated><!--slot:updated--></updated><author><name>{NAME_SLOT}</name></author>"
        f'<link rel="alternate" type="text/html" href="{ADDRESS_SLOT}{feed.path}"/>'
        f'<link rel="self" {kind} href="{ADDRESS_SLOT}<!--slot:path-->"/>'
        f'<link rel="first" {kind} href="{ADDRESS_SLOT}{feed.at}{feed.file}"/>'
        f"<!--slot:newer--><!--slot:older--><!--slot:entries--></feed>\n"
    )
    return Layout(
        whole=whole,
        sections=("<!--slot:entries-->",),
        newer=f'<link rel="previous" {kind} href="{ADDRESS_SLOT}<!--slot:newer-->"/>',
        older=f'<link rel="next" {kind} href="{ADDRESS_SLOT}<!--slot:older-->"/>',
        updated=feed.updated,
    )


def entry(one: Entry) -> bytes:
    authors = "".join(
        f"<author><name>{xml(who.name)}</name>{f'<uri>{xml(who.url)}</uri>' if who.url else ''}</author>"
        for who in one.authors
    )
    tags = "".join(f'<category term="{xml(tag)}"/>' for tag in one.tags)
    files = "".join(f'<link rel="enclosure" type="{file.media_type}" href="{xml(file.url)}"/>' for file in one.files)
    made = (
        f'<entry xml:lang="{xml(one.language)}"><id>{one.id}</id><title>{xml(one.title)}</title>'
        f'<link rel="alternate" type="text/html" href="{xml(one.url)}"/>'
        f"<published>{utc_iso(one.published)}</published><updated>{utc_iso(one.updated)}</updated>"
        f'{authors}{tags}{files}<content type="html">{xml(one.html)}</content></entry>'
    )
    return with_slots(made).encode()


def gone(one: Gone) -> bytes:
    """Return the tombstone of an entry."""
    comment = f"<at:comment>{xml(one.reason)}</at:comment>" if one.reason else ""
    return f'<at:deleted-entry ref="{one.id}" when="{utc_iso(one.when)}">{comment}</at:deleted-entry>'.encode()
