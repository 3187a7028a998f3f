"""What happened in live blogs since somebody last looked, and its bytes on a stream.

Owns the question to the published tables, answered of one moment, and when its answer cannot bring an open page on.
Never keeps anything: rooms do (room.py), and edges are told (publisher.py).
"""

from collections.abc import Iterable
from typing import Final

from asithappened.delivery import compose, sse
from asithappened.delivery.room import Batch
from asithappened.published.read import Blog, Frame, Library, Part

CATCHUP_EVENTS: Final = 1_000  # whoever missed more on a stream is told to begin again: the page is smaller

News = tuple[Blog | None, list[Frame], list[Part]]
"""A blog as it is now, None if it is gone from the tables; the frames since; the parts that changed since."""


def of_all(library: Library, known: dict[int, Blog]) -> dict[int, News]:
    """Return every blog that is no longer as known, and what happened in it since: all of one moment."""
    now = {blog.id: blog for blog in library.blogs(list(known))}
    news: dict[int, News] = {}
    for id_, was in known.items():
        if id_ not in now:
            news[id_] = (None, [], [])
        elif now[id_] != was:
            news[id_] = of_one(library, id_, was.head)
    return news


def of_one(library: Library, blog: int, after: int, upto: int | None = None) -> tuple[Blog, list[Frame], list[Part]]:
    """Return a blog as it is now, its frames after one seq and up to another, and the parts that changed since."""
    now = library.blogs([blog])[0]
    parts = [part for part in library.parts(blog, after=after) if part.live]
    return now, library.frames(blog, after=after, upto=now.head if upto is None else upto), parts


def anew(was: Blog, now: Blog) -> bool:
    """Say whether open pages cannot be brought on: their log or their markup is another, or they missed too much."""
    moved = (now.epoch, now.render) != (was.epoch, was.render)
    return moved or not was.head <= now.head <= was.head + CATCHUP_EVENTS


def batches(epoch: str, frames: Iterable[Frame], parts: Iterable[Part]) -> list[Batch]:
    """Return frames as bytes of the stream; the parts that changed with them go with the last."""
    prefix = epoch.encode()
    made = [Batch(frame.seq, sse.event(frame.data, id_=b"%b-%d" % (prefix, frame.seq))) for frame in frames]
    if made:
        last = made.pop()
        made.append(Batch(last.seq, last.data + b"".join(sse.event(compose.message(p), name=b"part") for p in parts)))
    return made
