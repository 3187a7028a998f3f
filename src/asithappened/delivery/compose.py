"""Composes documents from finished bytes: fills a layout's slots, joins a delta's frames.

Owns the contents of each resource. Reads the published tables at one moment and renders nothing. Runs in the site's
threads, because it waits for the database and compresses.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import msgspec
from msgspec import Raw

from asithappened.delivery import documents
from asithappened.delivery.documents import Document
from asithappened.delivery.routes import Kind, Resource, path_of
from asithappened.published import assets, wire
from asithappened.published.layout import (
    FEW_SOURCES,
    SECTIONS,
    SEGMENT_EVENTS,
    SOURCES,
    House,
    annotated,
    card_path,
    on_its_own,
    related_path,
    with_card_mark,
    with_corrections,
    with_updates,
)
from asithappened.published.listing import Layout
from asithappened.published.read import Blog, Frame, Library, ListedRow, Order, Part

RELATED_ENTRIES: Final = 20  # more than any list of them has
_LAYOUT: Final = msgspec.json.Decoder(Layout)
_DOT: Final = " · ".encode()
_SLOT: Final = re.compile(rb"<!--slot:([a-z0-9_]+)-->")
READER_POLL_S: Final = {"live": 5, "closed": 60, "gone": 600}
"""Seconds that a reader without a stream waits before it asks head.json again, by the blog's status."""


_CACHE: Final = {
    Kind.PAGE: documents.PAGE,
    Kind.OLDER: documents.OLDER,
    Kind.OLDEST_FIRST: documents.PAGE,
    Kind.TIMES: documents.PAGE,
    Kind.KEY_EVENTS: documents.PAGE,
    Kind.POST: documents.PAGE,
    Kind.KNOWN: documents.PAGE,
    Kind.ROW: documents.PAGE,
    Kind.CORRECTIONS: documents.PAGE,
    Kind.EMBED: documents.PAGE,
    Kind.EMBED_POST: documents.PAGE,
    Kind.SEGMENT: documents.SEGMENT,
}


def document(library: Library, blog: Blog, resource: Resource, *, version: int, house: House) -> Document:
    """Compose a resource of a blog, or a refusal. `blog`: read by the caller at the same moment of the tables."""
    house = house.of(everyones=blog.everyones)
    cache = _CACHE.get(resource.kind, documents.HEAD)
    if not blog.everyones:
        cache = documents.MEMBERS
    if blog.status == "gone":
        framed = resource.kind in {Kind.EMBED, Kind.EMBED_POST}
        return _nothing(library, blog, house, b"layout:gone", 410, framed=framed)
    match resource.kind:
        case Kind.PAGE:
            return _page(library, blog, cache, version, house)
        case Kind.EMBED:
            return _page(library, blog, cache, version, house, framed=True)
        case Kind.OLDER:
            return _older(library, blog, resource.number, cache, version, house)
        case Kind.OLDEST_FIRST:
            return _oldest_first(library, blog, resource.number or 1, cache, version, house)
        case Kind.TIMES:
            return _times(library, blog, cache, version, house)
        case Kind.KEY_EVENTS:
            return _key_events(library, blog, cache, version, house)
        case Kind.KNOWN:
            return _known(library, blog, resource.name, cache, version, house)
        case Kind.CORRECTIONS:
            rows = library.rows(blog.id, ("correction",))
            return _rows(library, blog, b"corrections", ("correction",), rows, {}, cache, version, house)
        case Kind.ROW:
            return _row(library, blog, resource, cache, version, house)
        case Kind.POST:
            return _post(library, blog, resource.name, cache, version, house)
        case Kind.EMBED_POST:
            return _post(library, blog, resource.name, cache, version, house, framed=True)
        case Kind.HEAD:
            return _head(library, blog, cache, version)
        case Kind.SEGMENT:
            return _segment(library, blog, resource, cache, version)
        case Kind.STREAM | Kind.SEARCH | Kind.ENTER | Kind.MEDIA | Kind.CARD | Kind.FEED | Kind.FRAGMENT:
            raise ValueError(f"{resource.kind} is not a document")


@lru_cache(maxsize=256)
def _literals(layout: bytes) -> tuple[bytes, ...]:
    """Return a layout as alternating bytes and slot names, beginning and ending with bytes."""
    return tuple(_SLOT.split(layout))


def fill(layout: bytes, slots: Mapping[bytes, bytes]) -> bytes:
    """Put bytes into a layout's slots; other slots are empty."""
    pieces = _literals(layout)
    return b"".join(slots.get(piece, b"") if n % 2 else piece for n, piece in enumerate(pieces))


def _slots(parts: Iterable[Part]) -> dict[bytes, bytes]:
    return {part.name.encode(): part.data for part in parts}


def _state(blog: Blog, seq: int) -> bytes:
    return b"%b %d %d %d" % (blog.epoch.encode(), seq, blog.generation, blog.render)


def _page(library: Library, blog: Blog, cache: bytes, version: int, house: House, *, framed: bool = False) -> Document:
    """Return the main page, or the version of it for a frame on another site."""
    slots = _slots(library.parts(blog))
    newest = library.newest_page(blog.id)
    above = library.boundary(blog.id, newest)
    slots[b"state"] = _state(blog, blog.head)
    slots[b"oldest_first"] = _path(blog, Kind.OLDEST_FIRST)
    slots[b"posts"] = b"".join(library.posts(blog.id, above=above, upto=None))
    place = b"%b-%d-%d" % (blog.epoch.encode(), blog.head, blog.generation)
    etag = b'W/"%b%b-%b"' % (place, b"" if blog.related < 0 else b"-r%d" % blog.related, house.tag.encode())
    more: dict[str, Any] = {"cache": cache, "etag": etag, "version": version}
    if framed:
        return _posts(house, blog, slots[b"layout:embed"], slots, headers=documents.NO_INDEX, **more)
    slots[b"jsonld"] = _structured(library, blog, slots.get(b"jsonld", b""))
    slots[b"found"] = b"" if slots.get(b"related") else _related(library, blog)
    if house.counts:
        slots[b"counts"] = b'<script type="module" src="%b"></script>' % assets.url("reader-readership.js").encode()
    return _posts(house, blog, slots[b"layout:page"], slots, **more)


def _related(library: Library, blog: Blog) -> bytes:
    """Return the related coverage that the program found, shown as long as people have set none."""
    row = library.document(related_path(blog.id), "") if blog.everyones else None
    if row is None or not row.layout:
        return b""
    entries = b"".join(data for _, _, data in library.entries(row.id, after=0, most=RELATED_ENTRIES))
    return fill(_LAYOUT.decode(row.layout).whole.encode(), {b"entries": entries}) if entries else b""


def _structured(library: Library, blog: Blog, jsonld: bytes) -> bytes:
    """Return the structured data of the main page, each post with its corrections."""
    if not jsonld:
        return b""
    posts = library.structured(blog.id)
    corrected = library.corrections(blog.id, [post for post, _ in posts])
    pieces = [with_corrections(piece, corrected.get(post, ())) for post, piece in posts]
    return with_updates(jsonld, pieces, corrected.get("", ()))


def _older(library: Library, blog: Blog, number: int, cache: bytes, version: int, house: House) -> Document:
    upto = library.boundary(blog.id, number)
    if upto is None:
        return _nothing(library, blog, house, b"layout:missing", 404)
    slots = _slots(library.parts(blog, pager_of=number))
    slots[b"state"] = _state(blog, blog.head)
    slots[b"number"] = b"%d" % number
    slots[b"oldest_first"] = _path(blog, Kind.OLDEST_FIRST, number)
    slots[b"pager"] = slots[b"pager:%d" % number]
    slots[b"posts"] = b"".join(library.posts(blog.id, above=library.boundary(blog.id, number - 1), upto=upto))
    etag = b'W/"%b-%d-%d-%b"' % (blog.epoch.encode(), blog.head, blog.generation, house.tag.encode())
    return _posts(house, blog, slots[b"layout:older"], slots, cache=cache, etag=etag, version=version)


def _oldest_first(library: Library, blog: Blog, number: int, cache: bytes, version: int, house: House) -> Document:
    """Return the posts of an older page, oldest first; the page after the newest of these has the main page's posts."""
    newest = library.newest_page(blog.id)
    if number > newest + 1:
        return _nothing(library, blog, house, b"layout:missing", 404)
    slots = _slots(library.parts(blog))
    slots[b"state"] = _state(blog, blog.head)
    upto, above = library.boundary(blog.id, number), library.boundary(blog.id, number - 1)
    slots[b"posts"] = b"".join(reversed(library.posts(blog.id, above=above, upto=upto)))
    slots[b"newest_first"] = _path(blog, Kind.OLDER, number) if number <= newest else _path(blog, Kind.PAGE)
    for slot, other in ((b"earlier", number - 1), (b"later", number + 1)):
        if 0 < other <= newest + 1:
            path = _path(blog, Kind.OLDEST_FIRST, other)
            slots[slot] = fill(slots[b"ways:" + slot], {b"path": path})
    etag = b'W/"%b-%d-%d-%b"' % (blog.epoch.encode(), blog.head, blog.generation, house.tag.encode())
    return _posts(house, blog, slots[b"layout:oldest_first"], slots, cache=cache, etag=etag, version=version)


def _path(blog: Blog, kind: Kind, number: int = 0) -> bytes:
    number = 0 if kind is Kind.OLDEST_FIRST and number == 1 else number
    return path_of(Resource(kind=kind, slug=blog.slug, number=number), blog.slug).encode()


def _times(library: Library, blog: Blog, cache: bytes, version: int, house: House) -> Document:
    """Return the hours in which something was posted, each with its count and a link to its newest post."""
    slots = _slots(library.parts(blog))
    slots[b"state"] = _state(blog, blog.head)
    boundaries = library.boundaries(blog.id)
    days: dict[bytes, dict[bytes, list[tuple[str, Order]]]] = {}
    for post, order, hour in library.hours(blog.id):
        day, _, clock = hour.partition(b"\n")
        days.setdefault(day, {}).setdefault(clock, []).append((post, order))
    busiest = max((len(posts) for hours in days.values() for posts in hours.values()), default=0)
    made = []
    for day, hours in days.items():
        rows = []
        for clock, posts in hours.items():
            post, order = posts[0]
            page = bisect_left(boundaries, order) + 1
            place = _path(blog, Kind.OLDER, page) if page <= len(boundaries) else _path(blog, Kind.PAGE)
            row = {
                b"place": b"%b#p-%b" % (place, post.encode()),
                b"clock": clock,
                b"count": _in_digits(len(posts), slots),
                b"share": b"%d" % -(-10 * len(posts) // busiest),
            }
            rows.append(fill(slots[b"ways:hour"], row))
        made.append(fill(slots[b"ways:day"], {b"day": day, b"entries": b"".join(rows)}))
    slots[b"entries"] = b"".join(made)
    etag = b'W/"%b-%d-%d-%b"' % (blog.epoch.encode(), blog.head, blog.generation, house.tag.encode())
    return _html(house, slots[b"layout:times"], slots, cache=cache, etag=etag, version=version)


def _key_events(library: Library, blog: Blog, cache: bytes, version: int, house: House) -> Document:
    slots = _slots(library.parts(blog))
    slots[b"state"] = _state(blog, blog.head)
    slots[b"entries"] = b"".join(library.key_events(blog.id))
    etag = b'W/"%b-%d-%d-%b"' % (blog.epoch.encode(), blog.head, blog.generation, house.tag.encode())
    return _html(house, slots[b"layout:key_events"], slots, cache=cache, etag=etag, version=version)


def _known(library: Library, blog: Blog, source: str, cache: bytes, version: int, house: House) -> Document:
    """Return all rows of "What we know", or those of one source, with links to the sources or back."""
    rows = library.rows(blog.id, SECTIONS, source=source)
    if source and not rows:
        return _nothing(library, blog, house, b"layout:missing", 404)
    named: dict[str, tuple[int, bytes]] = {}
    for row in rows:
        if row.source:
            count, link = named.get(row.source, (0, row.named))
            named[row.source] = count + 1, link
    most = sorted(named.values(), key=lambda one: one[0], reverse=True)[:SOURCES]
    way = b"section:source" if source else b"section:many_sources" if len(most) > FEW_SOURCES else b"section:sources"
    links = [_words(link) if source else link for _, link in most]  # a source's own page does not link to itself
    around = {way: links} if source or len(named) > 1 else {}
    return _rows(library, blog, b"known", SECTIONS, rows, around, cache, version, house)


def _in_digits(count: int, slots: Mapping[bytes, bytes]) -> bytes:
    digits = slots[b"ways:digits"].decode()
    return "".join(digits[int(digit)] for digit in str(count)).encode()


def _words(link: bytes) -> bytes:
    return link[link.index(b">") + 1 : link.rindex(b"</a>")]


def _rows(
    library: Library,
    blog: Blog,
    name: bytes,
    sections: Sequence[str],
    rows: Sequence[ListedRow],
    around: Mapping[bytes, Sequence[bytes]],
    cache: bytes,
    version: int,
    house: House,
) -> Document:
    """Return a list of the ledger's rows by section. `around`: other parts to show, with the links in each."""
    slots = _slots(library.parts(blog))
    slots[b"state"] = _state(blog, blog.head)
    found: dict[str, list[bytes]] = {}
    for row in rows:
        found.setdefault(row.section, []).append(row.entry)
    shown = [
        fill(slots[b"section:" + section.encode()], {b"entries": b"".join(found[section])})
        for section in sections
        if section in found
    ]
    slots[b"entries"] = b"".join(shown) or slots[b"section:no_%b" % name]
    ways = [
        fill(slots[part], {b"entries": _DOT.join(links), b"count": _in_digits(len(links), slots)})
        for part, links in around.items()
    ]
    if len(shown) > 1:
        links = _DOT.join(slots[b"section:to_" + s.encode()] for s in sections if s in found)
        ways.insert(0, fill(slots[b"section:links"], {b"entries": links}))
    slots[b"sections"] = b"".join(ways)
    etag = b'W/"%b-%d-%d-%b"' % (blog.epoch.encode(), blog.head, blog.generation, house.tag.encode())
    return _html(house, slots[b"layout:" + name], slots, cache=cache, etag=etag, version=version)


def _row(library: Library, blog: Blog, resource: Resource, cache: bytes, version: int, house: House) -> Document:
    row = library.row(blog.id, resource.about, resource.name)
    if row is None:
        return _nothing(library, blog, house, b"layout:missing", 404)
    parts = library.parts(blog)
    slots = _slots(parts)
    slots[b"row"] = slots[b"withdrawn"] = row.page
    slots[b"row_title"], slots[b"row_said"], slots[b"structured"] = row.title, row.said, row.structured
    slots[b"row_path"] = path_of(resource, blog.slug).encode()
    card = row.card + slots.get(b"card_mark", b"").decode()
    slots[b"row_card"] = card_path(blog.slug, resource.name, card, about=resource.about).encode()
    layout = slots[b"layout:row" if row.visible else b"layout:withdrawn"]
    # The newest seq of the row and of the parts in its layout.
    shown = {*_literals(layout)[1::2], b"card_mark"}
    seq = max([row.last_seq, *(part.seq for part in parts if part.name.encode() in shown)])
    slots[b"state"] = _state(blog, seq)
    if not row.visible:
        return _html(house, layout, slots, cache=documents.NO_STORE, version=version, status=410)
    etag = b'W/"%b-%d-%d-%b"' % (blog.epoch.encode(), seq, blog.generation, house.tag.encode())
    return _html(house, layout, slots, cache=cache, etag=etag, version=version)


def _post(
    library: Library, blog: Blog, name: str, cache: bytes, version: int, house: House, *, framed: bool = False
) -> Document:
    """Return a post's own page, or the post in a frame on another site."""
    post = library.post(blog.id, name)
    if post is None:
        return _nothing(library, blog, house, b"layout:missing", 404, framed=framed)
    parts = library.parts(blog)
    slots = _slots(parts)
    slots[b"post"], slots[b"card"] = (
        annotated(post.fragment, post.annotations) if post.visible else b"",
        with_card_mark(post.card, slots.get(b"card_mark", b"")),
    )
    slots[b"structured"] = on_its_own(post.structured, library.corrections(blog.id, [name]).get(name, ()))
    slots[b"history" if post.visible else b"withdrawn"] = post.history
    page = library.page_of(blog.id, post.order)  # 0: the main page, until that fills
    place = f"/live/{blog.slug}/page/{page}/" if page else f"/live/{blog.slug}/"
    slots[b"place"] = f"{place}#p-{name}".encode()
    layout = slots[b"layout:embed_post" if framed else b"layout:post" if post.visible else b"layout:withdrawn"]
    # The newest seq of the post, its annotations, and the parts in its layout.
    shown = {*_literals(layout)[1::2], b"card_mark", b"embedders"}
    seq = max([post.last_seq, post.annotated_seq, *(part.seq for part in parts if part.name.encode() in shown)])
    slots[b"state"] = _state(blog, seq)
    etag = b'W/"%b-%d-%d-%d-%b"' % (blog.epoch.encode(), seq, blog.generation, page, house.tag.encode())
    more: dict[str, Any] = {"cache": cache, "etag": etag, "version": version}
    if not post.visible:
        more |= {"cache": documents.NO_STORE, "status": 410}
    if framed:
        return _posts(house, blog, layout, slots, headers=documents.NO_INDEX, **more)
    return _posts(house, blog, layout, slots, **more) if post.visible else _html(house, layout, slots, **more)


def _nothing(
    library: Library, blog: Blog, house: House, layout: bytes, status: int, *, framed: bool = False
) -> Document:
    slots = _slots(library.parts(blog))
    slots[b"state"] = _state(blog, blog.head)
    more: dict[str, Any] = {"cache": documents.NO_STORE, "status": status, "compress": False}
    return _posts(house, blog, slots[layout], slots, **more) if framed else _html(house, slots[layout], slots, **more)


def _posts(house: House, blog: Blog, layout: bytes, slots: Mapping[bytes, bytes], **more: Any) -> Document:
    """Return a page with posts: it may frame what they embed, and other sites may frame it if it is everyone's."""
    embedders = house.embedders + tuple(slots.get(b"embedders", b"").decode().split())
    may_frame = embedders if blog.everyones else ()  # browsers send no ticket's cookie in others' frames
    policy = documents.page_policy(house.media_address, house.frames, may_frame, house.origins)
    return _html(house, layout, slots, policy=policy, **more)


def _html(house: House, layout: bytes, slots: Mapping[bytes, bytes], *, policy: bytes = b"", **more: Any) -> Document:
    """Return a page with the house's name and the address of its media filled in, also in its policy."""
    policy = policy or documents.page_policy(house.media_address, origins=house.origins)
    return Document(house.filled(fill(layout, slots)), kind=documents.HTML, policy=policy, **more)


def message(part: Part) -> bytes:
    """Return a live part as a message for open pages."""
    return wire.encode(_part(part))


def _part(part: Part) -> wire.Part:
    return wire.Part(n=part.name, s=part.seq, h=part.data.decode())


def closed_segments(head: int) -> int:
    """Return how many segments of the log are full."""
    return head // SEGMENT_EVENTS


def _head(library: Library, blog: Blog, cache: bytes, version: int) -> Document:
    segments = closed_segments(blog.head)
    raised = library.segments(blog.id)
    frames = library.frames(blog, after=segments * SEGMENT_EVENTS, upto=blog.head)
    head = wire.Head(
        epoch=blog.epoch,
        head=blog.head,
        g=blog.generation,
        r=blog.render,
        status=blog.status,
        poll=READER_POLL_S[blog.status],
        segment=SEGMENT_EVENTS,
        segments=tuple(raised.get(number, 0) for number in range(segments)),
        frames=tuple(Raw(frame.data) for frame in frames),
        parts=tuple(_part(part) for part in library.parts(blog) if part.live),
    )
    etag = b'W/"%b-%d-%d"' % (blog.epoch.encode(), blog.head, blog.generation)
    return Document(
        wire.encode(head), kind=documents.JSON, cache=cache, etag=etag, version=version, headers=documents.NO_INDEX
    )


def _segment(library: Library, blog: Blog, resource: Resource, cache: bytes, version: int) -> Document:
    number = resource.number
    if resource.name != blog.epoch or number >= closed_segments(blog.head):
        return documents.refusal(404, "This log has no such segment.")
    generation = library.segments(blog.id).get(number, 0)
    if resource.generation != generation:
        # Something in the former generation was taken back.
        return documents.refusal(410 if resource.generation < generation else 404, "This segment was replaced.")
    after = number * SEGMENT_EVENTS
    frames = library.frames(blog, after=after, upto=after + SEGMENT_EVENTS)
    segment = wire.Segment(epoch=blog.epoch, n=number, g=generation, frames=tuple(Raw(frame.data) for frame in frames))
    etag = b'W/"%b-%d-%d"' % (blog.epoch.encode(), number, generation)
    return Document(
        wire.encode(segment), kind=documents.JSON, cache=cache, etag=etag, version=version, headers=documents.NO_INDEX
    )


def is_gapless(frames: Sequence[Frame], after: int, upto: int) -> bool:
    """Say whether frames are all events after one seq and up to another."""
    seqs = [after, *(frame.seq for frame in frames)]
    return seqs[-1] == upto and all(later == earlier + 1 for earlier, later in pairwise(seqs))
