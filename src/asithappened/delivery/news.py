"""The events of live blogs since a seq, and their bytes on a stream.

Owns that query, which reads one consistent state, and the rule when events cannot bring an open page up to date.
Keeps nothing. Look next: room.py, which keeps the newest events; publisher.py, which sends them to edges.
"""

from collections.abc import Iterable
from typing import Final

from asithappened.delivery import compose, sse
from asithappened.delivery.room import Batch
from asithappened.published import wire
from asithappened.published.read import Blog, Frame, Library, Part

CATCHUP_EVENTS: Final = 1_000  # a reader who missed more gets a reset: the page is smaller

News = tuple[Blog | None, list[Frame], list[Part]]
"""A blog as it is now, None if it is no longer in the tables; the frames since; the parts that changed since."""


def of_all(library: Library, known: dict[int, Blog]) -> dict[int, News]:
    """Return every blog that has changed, with its news: all read at one moment."""
    now = {blog.id: blog for blog in library.blogs(list(known))}
    news: dict[int, News] = {id_: (None, [], []) for id_ in known.keys() - now.keys()}
    for id_, blog in now.items():
        if blog != known[id_]:
            news[id_] = (blog, *since(library, blog, known[id_].head))
    return news


def since(library: Library, blog: Blog, after: int, upto: int | None = None) -> tuple[list[Frame], list[Part]]:
    """Return a blog's frames after one seq and up to another, or its head, and the parts that changed since."""
    parts = [part for part in library.parts(blog, after=after) if part.live]
    return library.frames(blog, after=after, upto=blog.head if upto is None else upto), parts


def must_reset(was: Blog, now: Blog) -> bool:
    """Say whether open pages must begin again: the log or the rendering changed, or they missed too many events."""
    moved = (now.epoch, now.render) != (was.epoch, was.render)
    return moved or not was.head <= now.head <= was.head + CATCHUP_EVENTS


def batches(epoch: str, frames: Iterable[Frame], parts: Iterable[Part]) -> list[Batch]:
    """Return frames as bytes of the stream; the parts that changed with them go with the last."""
    prefix = epoch.encode()
    made = [Batch(frame.seq, sse.event(frame.data, id_=b"%b-%d" % (prefix, frame.seq))) for frame in frames]
    if made:
        last = made.pop()
        made.append(Batch(last.seq, last.data + b"".join(sse.event(compose.message(p), name=wire.PART) for p in parts)))
    return made
