"""Writes JSON Feed 1.1.

It cannot say that an item was withdrawn: the item is only left out.
Look next: entry.py for what an item contains.
"""

from typing import Any, Final

from asithappened.published.layout import ADDRESS_SLOT
from asithappened.published.listing import Layout
from asithappened.render.times import utc_iso
from asithappened.syndication.feeds.entry import Entry, Feed, File
from asithappened.syndication.slots import json_, with_slots

MEDIA_TYPE: Final = "application/feed+json; charset=utf-8"
FILE: Final = "feed.json"


def layout(feed: Feed) -> Layout:
    more = {"description": feed.subtitle, "language": feed.language}
    optional = "".join(f"{json_(name)}:{json_(value)}," for name, value in more.items() if value)
    whole = (
        f'{{"version":"https://jsonfeed.org/version/1.1","title":{feed.title},'
        f'"home_page_url":"{ADDRESS_SLOT}{feed.path}","feed_url":"{ADDRESS_SLOT}<!--slot:path-->",{optional}'
        f'<!--slot:older-->"items":[<!--slot:entries-->]}}\n'
    )
    return Layout(
        whole=whole,
        sections=("<!--slot:entries-->",),
        separator=",",
        older=f'"next_url":"{ADDRESS_SLOT}<!--slot:older-->",',
    )


def item(one: Entry) -> bytes:
    made: dict[str, Any] = {
        "id": one.id,
        "url": one.url,
        "title": one.title,
        "content_html": one.html,
        "date_published": utc_iso(one.published),
        "date_modified": utc_iso(one.updated),
        "language": one.language,
    }
    if one.authors:
        made["authors"] = [{"name": who.name} | ({"url": who.url} if who.url else {}) for who in one.authors]
    if one.tags:
        made["tags"] = list(one.tags)
    if one.files:
        made["attachments"] = [_attachment(file) for file in one.files]
    return with_slots(json_(made)).encode()


def _attachment(file: File) -> dict[str, Any]:
    required: dict[str, Any] = {"url": file.url, "mime_type": file.media_type}
    return required | ({"duration_in_seconds": file.seconds} if file.seconds else {})
