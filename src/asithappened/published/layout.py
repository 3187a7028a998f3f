"""What press, which writes, and delivery, which reads, have to agree on.

Owns four numbers, the place of posts in the structured data, and the house's slots: where the installation's address,
that of its media, and the newsroom's name go. Finished bytes hold the slots, never the values, so that they are the
same whichever process rendered them; delivery fills them as it composes a document, and that of media in frames too.
No text can hold a slot: in HTML its `<` is escaped, and in JSON-LD too. Plain Python.
"""

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2s
from typing import Final

# Posts of an older page. The main page holds 25 to 49: at 50 its older half becomes a page, whose boundary then never
# moves, so that a link to a page means the same tomorrow and an edge may keep it.
PAGE_POSTS: Final = 25
# Events of a closed segment of the log: about 100 KB, 20 KB on the wire; head.json holds at most as many.
SEGMENT_EVENTS: Final = 50
# Key events that the page lists; the rest is one click away.
KEY_EVENTS: Final = 12
# Posts of the structured data: 1,000 of them make a page of 500 KB; older posts have addresses of their own.
STRUCTURED_POSTS: Final = 20

ADDRESS_SLOT: Final = "<!--house:address-->"
"""Scheme, host and port: nothing that HTML or JSON would have to escape (wiring.address sees to that)."""
MEDIA_SLOT: Final = "<!--house:media-->"
"""The same of where pictures, films and sounds are."""
NAME_SLOT: Final = "<!--house:name-->"
"""The newsroom's name in HTML."""
NAME_IN_JSON_SLOT: Final = "<!--house:name_in_json-->"
"""The newsroom's name inside a string of JSON-LD."""

STRUCTURED_SLOT: Final = "<!--slot:updates-->"
"""Where the newest posts' pieces go in the structured data of the main page, before its closing brace."""

CARD_MARK_SLOT: Final = "<!--slot:card_mark-->"
"""Where the address of a post's card says by what title of its live blog it was drawn."""
CARD_VERSION: Final = 12
"""Characters of a card's version; on a post's card that of the title follows."""

# What could end a <script>, or is a line end to JavaScript alone.
JSON_ESCAPES: Final = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


@dataclass(frozen=True, kw_only=True)
class House:
    """What a newsroom calls itself, where it is and what it speaks: the serving process's, and nobody else's.

    `language`: one that the interface speaks. `media`: where pictures and films are fetched from, such as a CDN in
    front of this address; "" for this address itself. `frames`: origins of others that a page may frame; `embedders`:
    those whose pages may frame any live blog.
    """

    address: str = "http://localhost:8000"
    media: str = ""
    name: str = "As It Happened"
    language: str = "en"
    frames: tuple[str, ...] = ()
    embedders: tuple[str, ...] = ()

    def filled(self, document: bytes) -> bytes:
        """Return a document with the house's slots filled."""
        for slot, value in self._values():
            document = document.replace(slot.encode(), value.encode())
        return document

    def of(self, audience: str) -> "House":
        """Return the house as readers of a live blog have it: members bring their ticket to this address alone."""
        return self if audience == "everyone" or not self.media else replace(self, media="")

    @property
    def media_address(self) -> str:
        """Where pictures and films are fetched from."""
        return self.media or self.address

    def with_media(self, data: bytes) -> bytes:
        """Return HTML, or JSON that holds some, with the slot of where media are filled."""
        return data.replace(MEDIA_SLOT.encode(), self.media_address.encode())

    def _values(self) -> tuple[tuple[str, str], ...]:
        in_json = json.dumps(self.name, ensure_ascii=False)[1:-1].translate(JSON_ESCAPES)
        return (
            (ADDRESS_SLOT, self.address),
            (MEDIA_SLOT, self.media_address),
            (NAME_SLOT, html.escape(self.name)),
            (NAME_IN_JSON_SLOT, in_json),
        )

    @property
    def tag(self) -> str:
        """A few characters for ETags: served under another address, a page is another page."""
        return blake2s(f"{self.address}\0{self.name}\0{self.media}".encode(), digest_size=3).hexdigest()


def card_path(slug: str, post: str, version: str) -> str:
    """Return the address of the card of a post, or with "" of the live blog itself."""
    return f"/live/{slug}/p/{post}/card/{version}.jpg" if post else f"/live/{slug}/card/{version}.jpg"


def card_file(blog: int, post: str, version: str, site: str) -> str:
    """Return where a drawn card lies in the folder of cards. `site`: the newsroom's name, which stands on it too."""
    name = f"{version}-{blake2s(site.encode(), digest_size=3).hexdigest()}.jpg"
    return f"{blog}/p/{post}/{name}" if post else f"{blog}/{name}"


def with_card_mark(head: bytes, mark: bytes) -> bytes:
    """Return the head of a post's own page with the address of its card whole."""
    return head.replace(CARD_MARK_SLOT.encode(), mark)


def with_updates(structured: bytes, pieces: Sequence[bytes]) -> bytes:
    """Return a live blog's structured data with the pieces of its newest posts, newest first; b"" is none."""
    updates = b",".join(filter(None, pieces))
    return structured.replace(STRUCTURED_SLOT.encode(), b',"liveBlogUpdate":[%b]' % updates if updates else b"")


def segment_of(seq: int) -> int:
    """Return the number of the segment that an event is in: 0 holds seqs 1 to SEGMENT_EVENTS."""
    return (seq - 1) // SEGMENT_EVENTS
