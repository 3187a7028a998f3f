"""Small files of other systems' live blogs, in words of our own: a storm at an invented coast.

Owns builders of files from posts. Their structure is that of recorded ones, but no sentence is copied.
"""

import json
from typing import Any

CREATED = "2024-01-05T09:00:00Z"


def block(id_: str, html: str, **more: Any) -> dict[str, Any]:
    """Make a block of a Content API answer; `at`: minutes after nine; `again`: minutes until it was edited."""
    at, again = more.pop("at", 0), more.pop("again", 0)
    attributes: dict[str, Any] = {name: more.pop(name) for name in ("keyEvent", "summary", "pinned") if name in more}
    if "title" in more:
        attributes["title"] = more["title"]
    return {
        "id": id_,
        "bodyHtml": html,
        "published": True,
        "firstPublishedDate": clock(at),
        "publishedDate": clock(at + again),
        "lastModifiedDate": clock(at + again),
        "createdBy": {"firstName": "Sub", "lastName": "Editor", "email": "sub@paper.example"},
        "contributors": [],
        "attributes": attributes,
        "elements": [],
        **more,
    }


def clock(minutes: int) -> str:
    """Return a time of the storm's day."""
    return f"2024-01-05T{9 + minutes // 60:02}:{minutes % 60:02}:00.250Z"


def page(blocks: list[dict[str, Any]]) -> str:
    """Write blocks as the same blog's HTML."""
    out = []
    for one in blocks:
        flags = one["attributes"]
        kind = " is-summary" if flags.get("summary") else " is-key-event" if flags.get("keyEvent") else ""
        title = one.get("title", "") or ("Summary" if flags.get("summary") else "")
        again = one["publishedDate"] != one["firstPublishedDate"]
        out.append(
            f'<div id="block-{one["id"]}" class="block{kind}" data-block-contributor="{",".join(one["contributors"])}">'
            f'<p class="block-time published-time"><time datetime="{one["firstPublishedDate"]}">9.00am '
            f'<span class="timezone">GMT</span></time></p>'
            + (f'<h2 class="block-title">{title}</h2>' if title else "")
            + (
                f'<p class="block-time updated-time">Updated <time datetime="{one["publishedDate"]}">9.05am</time></p>'
                if again
                else ""
            )
            + f'<div class="block-elements">{one["bodyHtml"]}</div></div>'
        )
    return "".join(out)


def item(blocks: list[dict[str, Any]] | None = None, html: str | None = None, **fields: Any) -> dict[str, Any]:
    """Make a Content API item with blocks, with HTML, or with both."""
    made: dict[str, Any] = {
        "id": "weather/live/2024/jan/05/storm-on-the-skerry-coast-live",
        "webTitle": "Storm on the Skerry coast",
        "webUrl": "https://paper.example/weather/live/2024/jan/05/storm-on-the-skerry-coast-live",
        "webPublicationDate": CREATED,
        "tags": [
            {"id": "profile/una-marsh", "type": "contributor", "webTitle": "Una Marsh"},
            {"id": "weather/storms", "type": "keyword", "webTitle": "Storms"},
            {"id": "tone/minutebyminute", "type": "tone", "webTitle": "Minute by minutes"},
        ],
        "fields": {
            "headline": "Storm on the Skerry coast",
            "standfirst": "<p>Gusts of 90mph are expected by noon</p><ul><li>Ferries stopped</li></ul>",
            "byline": "Una Marsh in Port Ellen (now), Theo Lund (earlier)",
            "productionOffice": "UK",
            "liveBloggingNow": "true",
            "lastModified": "2024-01-05T12:00:00Z",
            **fields,
        },
    }
    if blocks is not None:
        made["blocks"] = {"body": blocks}
    if html is not None:
        made["fields"]["body"] = html
    return made


def raw(made: Any) -> bytes:
    """Write a file."""
    return json.dumps(made, ensure_ascii=False).encode()


STORM = [
    block("c3", "<p>The harbour is shut until Monday.</p>", at=50, title="Harbour shut", keyEvent="true", again=7),
    block(
        "b2",
        "<p>The coastguard said:</p><blockquote class='quoted'><p>Stay off the pier.</p><p>All of it.</p></blockquote>"
        "<p>• Two roofs are gone</p><p>• Nobody is hurt</p>",
        at=20,
        summary="true",
        contributors=["una-marsh"],
    ),
    block(
        "a1",
        "<p>Good morning from a <strong>windy</strong> <a href='https://paper.example/coast'>coast</a>.</p>"
        "<figure class='element element-tweet' data-canonical-url='https://twitter.com/skerry/status/7'>"
        "<blockquote class='twitter-tweet'><p>No ferries today<br>or tomorrow</p>— Skerry Ferries (@skerry) "
        "<a href='https://twitter.com/skerry/status/7'>January 5, 2024</a></blockquote></figure>"
        "<figure class='element element-image'><img src='//img.paper.example/pier.jpg' alt='A pier under spray' "
        "width='600' height='400'><figcaption><span class='element-image__caption'>The pier at nine.</span> "
        "<span class='element-image__credit'>Photograph: Ola Brandt/Coast Pictures</span></figcaption></figure>",
        at=0,
    ),
]

PAGE = """Storm on the Skerry coast – as it happened

Last modified: 06: 10 PM GMT+0

Gusts of 90mph passed by noon. This blog is now closed

Summary

We are closing this page. What we know:

  • The harbour is shut until Monday.

  • Nobody was hurt.

Updated

Ferries stop until Sunday

The ferry company has stopped all sailings.

Tickets stay valid, it said. More details soon …

The mayor of Port Ellen, Ines Calder, told Coast Radio on Friday that the school would open as a shelter.

Updated

The coastguard has posted a warning:

Stay off the pier. All of it.

Waves reach the second lamp, he said.

A pier under spray.
The pier at nine. Photograph: Ola Brandt/Coast Pictures

Updated

Here is what the ferry company says.

No ferries today #skerry

— Skerry Ferries (@skerry) January 5, 2024

Updated

Contributors

Una Marsh and Theo Lund

Related Content

Article image
Storm on the Skerry coast: what to expect – as it happened
Forecasters warned of gusts by noon

Una Marsh (now); Theo Lund (earlier)

04, Jan, 2024 @6:10 PM

Article image
How piers are built

Theo Lund

03, Jan, 2024 @9:00 AM
"""
