"""The interface between press, which writes documents, and delivery, which fills and serves them.

Owns four numbers, the sections of the ledger's rows, the slots of posts, corrections and annotations, and the house's
slots: the installation's address, that of its media, and the newsroom's name. Finished bytes have the slots, never the
values, so that they are the same whichever process rendered them; delivery fills them in a document. No text can
contain a slot, because its `<` is escaped, in HTML and in JSON-LD. Plain Python.
"""

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2s
from typing import Final, Literal, get_args

# Posts of an older page. The main page has 25 to 49: at 50 its older half becomes a page, whose boundary then never
# moves, so that a link to a page means the same tomorrow and a CDN may cache it.
PAGE_POSTS: Final = 25
# Events of a full segment of the log: about 100 KB, 20 KB compressed; head.json has at most as many.
SEGMENT_EVENTS: Final = 50
# Key events that the page lists; the others are one click away.
KEY_EVENTS: Final = 12
# Posts of the structured data: 1,000 of them make a page of 500 KB; older posts have addresses of their own.
STRUCTURED_POSTS: Final = 20

ADDRESS_SLOT: Final = "<!--house:address-->"
"""Scheme, host and port, without characters that HTML or JSON must escape (wiring.address checks that)."""
MEDIA_SLOT: Final = "<!--house:media-->"
"""The same for the address of pictures, films and sounds."""
NAME_SLOT: Final = "<!--house:name-->"
"""The newsroom's name in HTML."""
NAME_IN_JSON_SLOT: Final = "<!--house:name_in_json-->"
"""The newsroom's name inside a string of JSON-LD."""

STRUCTURED_SLOT: Final = "<!--slot:updates-->"
"""In the structured data of the main page, before its closing brace: the newest posts' pieces."""

PORTRAITS: Final = "portraits"
"""The part with the pictures of contributors that readers may have: "ID/DIGEST8 ID/DIGEST8"."""

CARD_MARK_SLOT: Final = "<!--slot:card_mark-->"
"""In the address of a post's or a row's card: the version of the live blog's title with which it was drawn."""
RELATED: Final = "/related/"  # no public address: delivery only puts these documents into the live blog's page
CARD_VERSION: Final = 12
"""Characters of a card's version; for the card of a post or a row that of the title follows."""

SectionName = Literal[
    "figure", "state", "confirmed", "reported", "disputed", "denied", "not_verified", "false", "withdrawn"
]
SECTIONS: Final[tuple[SectionName, ...]] = get_args(SectionName)
"""The sections of the ledger's rows, in their order."""

SOURCES: Final = 40
"""The most sources in the list of all rows, those with the most rows first."""
FEW_SOURCES: Final = 6
"""So many are two or three lines on a phone; more are folded there."""

SLOT_END: Final = b"</div></article>"
"""The end of every post's fragment: its slot for annotations, which is empty."""

# Characters that could end a <script>, and line ends that only JavaScript knows.
JSON_ESCAPES: Final = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


@dataclass(frozen=True, kw_only=True)
class House:
    """The installation's name, address and language, from the serving process; rendered bytes do not contain them.

    `language`: one of the interface's. `media`: the address of pictures and films, such as a CDN in front of this
    address; "" for this address itself. `frames`: third parties' origins that a page may frame; `embedders`: origins
    whose pages may frame any live blog; `origins`: those whose scripts and styles its pages may run, and whose live
    videos they may play. `counts`: a live blog's page reports how far it was read, when it is left.
    """

    address: str = "http://localhost:8000"
    media: str = ""
    name: str = "As It Happened"
    language: str = "en"
    frames: tuple[str, ...] = ()
    embedders: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    counts: bool = False

    def filled(self, document: bytes) -> bytes:
        """Fill the house's slots in a document."""
        for slot, value in self._values():
            document = document.replace(slot.encode(), value.encode())
        return document

    def of(self, *, everyones: bool) -> "House":
        """Return the house for a live blog: one that everyone may read, or one for members.

        Browsers send members' tickets only to this address, so media are served from it; members are not counted.
        """
        return self if everyones else replace(self, media="", counts=False)

    @property
    def media_address(self) -> str:
        return self.media or self.address

    def with_media(self, data: bytes) -> bytes:
        """Fill the media address's slot in HTML, or in JSON with HTML in it."""
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
        """A few characters for ETags, because a page differs if it is served under another address."""
        return blake2s(
            f"{self.address}\0{self.name}\0{self.media}{chr(0) * self.counts}".encode(), digest_size=3
        ).hexdigest()


def related_path(blog: int) -> str:
    """Return the path of the document with the related coverage that the program found for a live blog."""
    return f"{RELATED}{blog}"


def card_path(slug: str, name: str, version: str, *, about: str = "") -> str:
    """Return the address of the card of a post, of a row of the ledger (`about`), or with "" of the live blog."""
    return f"/live/{slug}/{_below(about, name)}card/{version}.jpg"


def card_file(blog: int, name: str, version: str, site: str, *, about: str = "") -> str:
    """Return a card's path in the folder of cards. `site`: the newsroom's name, which is on the card."""
    return f"{blog}/{_below(about, name)}{version}-{blake2s(site.encode(), digest_size=3).hexdigest()}.jpg"


def _below(about: str, name: str) -> str:
    """Return the path of the page of a post or a row below its live blog's; "" for the live blog itself."""
    if not name:
        return ""
    return f"known/{about}/{name}/" if about else f"p/{name}/"


def source_key(name: str) -> str:
    """Return a source's key, which is in the address of its rows; "" for no name."""
    return blake2s(name.casefold().encode(), digest_size=6).hexdigest() if name else ""


def with_card_mark(head: bytes, mark: bytes) -> bytes:
    """Fill the card mark of a post or a row into the <head> of its own page."""
    return head.replace(CARD_MARK_SLOT.encode(), mark)


def annotation(by: str, number: int, html: bytes) -> bytes:
    """Return an annotation as an element of a post's slot. `by`: its subject; `number`: its order there."""
    return b'<div class="annotation" data-by="%b" data-n="%d">%b</div>' % (by.encode(), number, html)


def annotated(fragment: bytes, annotations: bytes) -> bytes:
    """Return a post's fragment with its slot filled."""
    return fragment.removesuffix(SLOT_END) + annotations + SLOT_END if annotations else fragment


def with_updates(structured: bytes, pieces: Sequence[bytes], corrections: Sequence[bytes] = ()) -> bytes:
    """Return a live blog's structured data with the pieces of its newest posts, newest first; b"" is none.

    `corrections`: of the live blog itself, its headline and standfirst.
    """
    updates = b",".join(filter(None, pieces))
    filled = b',"liveBlogUpdate":[%b]' % updates if updates else b""
    return structured.replace(STRUCTURED_SLOT.encode(), filled + _corrections(corrections))


def with_corrections(piece: bytes, corrections: Sequence[bytes]) -> bytes:
    """Return a post's piece of the structured data with the corrections of the post."""
    return piece.removesuffix(b"}") + _corrections(corrections) + b"}" if piece and corrections else piece


def on_its_own(piece: bytes, corrections: Sequence[bytes]) -> bytes:
    """Return a post's structured data for a page of its own, a whole script; nothing, if it has none."""
    if not piece:
        return b""
    data = with_corrections(piece, corrections).removeprefix(b"{")
    return b'<script type="application/ld+json">{"@context":"https://schema.org",%b</script>' % data


def _corrections(corrections: Sequence[bytes]) -> bytes:
    return b',"correction":[%b]' % b",".join(corrections) if corrections else b""


def segment_of(seq: int) -> int:
    """Return the number of the segment that an event is in: 0 holds seqs 1 to SEGMENT_EVENTS."""
    return (seq - 1) // SEGMENT_EVENTS
