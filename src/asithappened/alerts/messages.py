"""The message to a device: the notification, and the headers for its push service.

Owns the message's shape. Safari shows it without a script of ours (Declarative Web Push), and `frontend/alerts` shows
it elsewhere. It contains the words that an editor sent and public data, and nothing about the device. A correction has
the tag of the alert that it mends, and so replaces it.
"""

import hashlib
from typing import Any, Final

import msgspec
from django.conf import settings

from asithappened.alerts.encryption import MOST_BYTES
from asithappened.core.state import BlogState
from asithappened.published import assets
from asithappened.render import alert_words
from asithappened.render.edition import edition_of
from asithappened.render.words import shorten

EVENT_S: Final = 2 * 60 * 60  # after that, an event is no longer worth an alert
CORRECTION_S: Final = 7 * 24 * 60 * 60  # an error on a phone is corrected even if the phone was off for days
TITLE_CHARS: Final = 160  # of the live blog's title, below the alert's words: phones show a third of that


def message(blog: int, state: BlogState, *, post: str, text: str, mends: str) -> bytes:
    """Return the message of an alert, before encryption."""
    edition = edition_of(state)
    address = f"{settings.PUBLIC_URL}{edition.post_path(post)}"
    shown: dict[str, Any] = {
        "title": text,
        "body": shorten(state.title, TITLE_CHARS),
        "navigate": address,
        "lang": state.language,
        "dir": edition.dir,
        "tag": f"{blog}-{post}",
        "icon": f"{settings.PUBLIC_URL}{assets.url('app-192.png')}",
        "data": {"stop": alert_words.stop(edition), "blog": state.slug, "again": bool(mends)},
    }
    made = msgspec.json.encode({"web_push": 8030, "notification": shown})
    assert len(made) <= MOST_BYTES  # of the texts the longest letters have four bytes, and six escaped
    return made


def headers(blog: int, *, post: str, mends: str) -> dict[str, str]:
    """Return the headers for a push service: until when, how urgent, and which earlier message this one replaces.

    There is one topic a live blog, so that a phone that was off gets the last alert and not forty. A correction has its
    own topic, so that no later alert replaces it.
    """
    of = f"{blog}/{post}/{mends}" if mends else f"{blog}"
    topic = hashlib.sha256(f"{settings.PUBLIC_URL}/{of}".encode()).hexdigest()[:32]
    return {
        "ttl": str(CORRECTION_S if mends else EVENT_S),
        "urgency": "normal" if mends else "high",
        "topic": topic,
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
    }
