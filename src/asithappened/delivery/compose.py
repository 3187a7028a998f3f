"""Documents out of finished bytes: a layout's slots filled, a delta's frames joined.

Owns what stands in each resource. Reads the published tables at one moment and joins; it renders nothing. Runs in the
site's threads, because it waits for the database and compresses.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import msgspec

from asithappened.delivery import documents
from asithappened.delivery.documents import Document
from asithappened.delivery.routes import Kind, Resource
from asithappened.published.layout import SEGMENT_EVENTS, House, with_card_mark, with_updates
from asithappened.published.read import Blog, Frame, Library, Part

_SLOT: Final = re.compile(rb"<!--slot:([a-z_]+)-->")
_JSON: Final = msgspec.json.Encoder()
POLL_S: Final = {"live": 5, "closed": 60, "gone": 600}
"""Seconds that a reader without a stream waits before it asks head.json again, by the blog's status."""


_CACHE: Final = {
    Kind.PAGE: documents.PAGE,
    Kind.OLDER: documents.OLDER,
    Kind.KEY_EVENTS: documents.PAGE,
    Kind.POST: documents.PAGE,
    Kind.SEGMENT: documents.SEGMENT,
}


def document(library: Library, blog: Blog, resource: Resource, *, version: int, house: House) -> Document:
    """Compose a resource of a blog, or the refusal that it deserves. `blog`: as of now, found by the caller."""
    house = house.of(blog.audience)
    cache = _CACHE.get(resource.kind, documents.HEAD)
    if not blog.everyones:
        cache = documents.MEMBERS
    if blog.status == "gone":
        return _nothing(library, blog, house, b"layout:gone", 410)
    match resource.kind:
        case Kind.PAGE:
            return _page(library, blog, cache, version, house)
        case Kind.OLDER:
            return _older(library, blog, resource.number, cache, version, house)
        case Kind.KEY_EVENTS:
            return _key_events(library, blog, cache, version, house)
        case Kind.POST:
            return _post(library, blog, resource.name, cache, version, house)
        case Kind.HEAD:
            return _head(library, blog, cache, version)
        case Kind.SEGMENT:
            return _segment(library, blog, resource, cache, version)
        case Kind.STREAM | Kind.ENTER | Kind.MEDIA | Kind.CARD:
            raise ValueError(f"{resource.kind} is not a document")


@lru_cache(maxsize=256)
def _literals(layout: bytes) -> tuple[bytes, ...]:
    """Return a layout as bytes and slot names by turns, beginning and ending with bytes."""
    return tuple(_SLOT.split(layout))


def fill(layout: bytes, slots: Mapping[bytes, bytes]) -> bytes:
    """Put bytes into a layout's slots; a slot that nobody fills is empty."""
    pieces = _literals(layout)
    return b"".join(slots.get(piece, b"") if n % 2 else piece for n, piece in enumerate(pieces))


def _slots(parts: Iterable[Part]) -> dict[bytes, bytes]:
    return {part.name.encode(): part.data for part in parts}


def _state(blog: Blog, seq: int) -> bytes:
    return b"%b %d %d %d" % (blog.epoch.encode(), seq, blog.generation, blog.render)


def _page(library: Library, blog: Blog, cache: bytes, version: int, house: House) -> Document:
    slots = _slots(library.parts(blog.id))
    newest = library.newest_page(blog.id)
    above = library.boundary(blog.id, newest)
    slots[b"state"] = _state(blog, blog.head)
    slots[b"posts"] = b"".join(library.posts(blog.id, above=above, upto=None))
    slots[b"jsonld"] = with_updates(slots.get(b"jsonld", b""), library.structured(blog.id))
    etag = b'W/"%b-%d-%d-%b"' % (blog.epoch.encode(), blog.head, blog.generation, house.tag.encode())
    return _posts(house, blog, slots[b"layout:page"], slots, cache=cache, etag=etag, version=version)


def _older(library: Library, blog: Blog, number: int, cache: bytes, version: int, house: House) -> Document:
    upto = library.boundary(blog.id, number)
    if upto is None:
        return _nothing(library, blog, house, b"layout:missing", 404)
    slots = _slots(library.parts(blog.id, pager_of=number))
    slots[b"state"] = _state(blog, blog.head)
    slots[b"number"] = b"%d" % number
    slots[b"pager"] = slots[b"pager:%d" % number]
    slots[b"posts"] = b"".join(library.posts(blog.id, above=library.boundary(blog.id, number - 1), upto=upto))
    etag = b'W/"%b-%d-%d-%b"' % (blog.epoch.encode(), blog.head, blog.generation, house.tag.encode())
    return _posts(house, blog, slots[b"layout:older"], slots, cache=cache, etag=etag, version=version)


def _key_events(library: Library, blog: Blog, cache: bytes, version: int, house: House) -> Document:
    slots = _slots(library.parts(blog.id))
    slots[b"state"] = _state(blog, blog.head)
    slots[b"entries"] = b"".join(library.key_events(blog.id))
    etag = b'W/"%b-%d-%d-%b"' % (blog.epoch.encode(), blog.head, blog.generation, house.tag.encode())
    return _html(house, slots[b"layout:key_events"], slots, cache=cache, etag=etag, version=version)


def _post(library: Library, blog: Blog, name: str, cache: bytes, version: int, house: House) -> Document:
    post = library.post(blog.id, name)
    if post is None:
        return _nothing(library, blog, house, b"layout:missing", 404)
    parts = library.parts(blog.id)
    slots = _slots(parts)
    slots[b"post"], slots[b"card"] = post.fragment, with_card_mark(post.card, slots.get(b"card_mark", b""))
    slots[b"history" if post.visible else b"withdrawn"] = post.history
    page = library.page_of(blog.id, post.order)  # 0: the main page, until that fills
    place = f"/live/{blog.slug}/page/{page}/" if page else f"/live/{blog.slug}/"
    slots[b"place"] = f"{place}#p-{name}".encode()
    layout = slots[b"layout:post" if post.visible else b"layout:withdrawn"]
    # Its own last seq: that of the post, and of whatever parts its layout shows.
    shown = {*_literals(layout)[1::2], b"card_mark", b"embedders"}
    seq = max([post.last_seq, *(part.seq for part in parts if part.name.encode() in shown)])
    slots[b"state"] = _state(blog, seq)
    etag = b'W/"%b-%d-%d-%d-%b"' % (blog.epoch.encode(), seq, blog.generation, page, house.tag.encode())
    if not post.visible:
        return _html(house, layout, slots, cache=documents.NO_STORE, etag=etag, version=version, status=410)
    return _posts(house, blog, layout, slots, cache=cache, etag=etag, version=version)


def _nothing(library: Library, blog: Blog, house: House, layout: bytes, status: int) -> Document:
    slots = _slots(library.parts(blog.id))
    slots[b"state"] = _state(blog, blog.head)
    return _html(house, slots[layout], slots, cache=documents.NO_STORE, status=status, compress=False)


def _posts(house: House, blog: Blog, layout: bytes, slots: Mapping[bytes, bytes], **more: Any) -> Document:
    """Return a page with posts: what they embed may be framed, and other sites may frame it, if it is everyone's."""
    embedders = house.embedders + tuple(slots.get(b"embedders", b"").decode().split())
    may_frame = embedders if blog.audience == "everyone" else ()  # a ticket does not come along into others' frames
    policy = documents.page_policy(house.media_address, house.frames, may_frame)
    return _html(house, layout, slots, policy=policy, **more)


def _html(house: House, layout: bytes, slots: Mapping[bytes, bytes], *, policy: bytes = b"", **more: Any) -> Document:
    """Return a page: what the house is called and where its media are is filled in, and said in the policy."""
    policy = policy or documents.page_policy(house.media_address)
    return Document(house.filled(fill(layout, slots)), kind=documents.HTML, policy=policy, **more)


def message(part: Part) -> bytes:
    """Return a live part as open pages get it."""
    return _JSON.encode({"n": part.name, "s": part.seq, "h": part.data.decode()})


def closed_segments(head: int) -> int:
    """Return how many segments of the log are full."""
    return head // SEGMENT_EVENTS


def _head(library: Library, blog: Blog, cache: bytes, version: int) -> Document:
    segments = closed_segments(blog.head)
    raised = library.segments(blog.id)
    frames = library.frames(blog.id, after=segments * SEGMENT_EVENTS, upto=blog.head)
    fields: list[tuple[bytes, bytes]] = [
        (b"epoch", _JSON.encode(blog.epoch)),
        (b"head", b"%d" % blog.head),
        (b"g", b"%d" % blog.generation),
        (b"r", b"%d" % blog.render),
        (b"status", _JSON.encode(blog.status)),
        (b"poll", b"%d" % POLL_S[blog.status]),
        (b"segment", b"%d" % SEGMENT_EVENTS),
        (b"segments", _JSON.encode([raised.get(number, 0) for number in range(segments)])),
        (b"frames", _array(frame.data for frame in frames)),
        (b"parts", _array(message(part) for part in library.parts(blog.id) if part.live)),
    ]
    etag = b'W/"%b-%d-%d"' % (blog.epoch.encode(), blog.head, blog.generation)
    return Document(_object(fields), kind=documents.JSON, cache=cache, etag=etag, version=version, headers=_NO_INDEX)


def _segment(library: Library, blog: Blog, resource: Resource, cache: bytes, version: int) -> Document:
    number = resource.number
    if resource.name != blog.epoch or number >= closed_segments(blog.head):
        return documents.refusal(404, "This log has no such segment.")
    generation = library.segments(blog.id).get(number, 0)
    if resource.generation != generation:
        # What it held before was taken back.
        return documents.refusal(410 if resource.generation < generation else 404, "This segment was replaced.")
    after = number * SEGMENT_EVENTS
    frames = library.frames(blog.id, after=after, upto=after + SEGMENT_EVENTS)
    fields = [
        (b"epoch", _JSON.encode(blog.epoch)),
        (b"n", b"%d" % number),
        (b"g", b"%d" % generation),
        (b"frames", _array(frame.data for frame in frames)),
    ]
    etag = b'W/"%b-%d-%d"' % (blog.epoch.encode(), number, generation)
    return Document(_object(fields), kind=documents.JSON, cache=cache, etag=etag, version=version, headers=_NO_INDEX)


_NO_INDEX: Final = [(b"x-robots-tag", b"noindex")]


def _array(items: Iterable[bytes]) -> bytes:
    return b"[" + b",".join(items) + b"]"


def _object(fields: Sequence[tuple[bytes, bytes]]) -> bytes:
    return b"{" + b",".join(b'"%b":%b' % field for field in fields) + b"}"


def whole(frames: Sequence[Frame], after: int, upto: int) -> bool:
    """Say whether frames are all there are after one seq and up to another."""
    seqs = [after, *(frame.seq for frame in frames)]
    return seqs[-1] == upto and all(later == earlier + 1 for earlier, later in pairwise(seqs))
