"""A live blog that is written while a browser reads it, published by the real press and served by the real delivery.

Owns its words and its clock: an event a minute, from noon. Look next: line.py for faults of the network.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.state import PostState
from asithappened.log import read
from asithappened.press import epochs
from asithappened.published import models as published
from asithappened.published import wire
from asithappened.published.models import Frame
from tests.reader.line import Line

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def words(text: str) -> body.Doc:
    """Make a body of paragraphs, one a line."""
    doc = body.Doc(content=tuple(body.paragraph(line) for line in text.split("\n")))
    return body.with_ids(doc, seed=text)


class Newsroom(Line):
    """One live blog, and the line to it. Each call returns after the publish."""

    def __init__(self, opened: e.BlogOpened, server: str) -> None:
        done = press.publish(None, [opened])
        super().__init__(f"/live/{done.slug}/")
        self.url = server + self.base
        self.blog, self.head = done.blog, done.last
        self._marks = 0

    @property
    def at(self) -> datetime:
        """The time of the next event: a minute after the last."""
        return NOON + timedelta(minutes=self.head)

    def add(self, *events: e.Event, origin: e.Origin = e.Origin.LIVE) -> int:
        """Publish events as one append, and return the seq of the last."""
        self.head = press.publish(self.blog, events, origin=origin).last
        return self.head

    def post(self, id_: str, title: str = "", text: str = "", **more: Any) -> e.PostPublished:
        """Return the event of a post of plain paragraphs."""
        return e.PostPublished(post=id_, title=title, body=words(text or f"Text of {id_}."), **more)

    def publish(self, id_: str, title: str = "", text: str = "", **more: Any) -> int:
        """Publish a post of plain paragraphs."""
        return self.add(self.post(id_, title, text, **{"published_at": self.at} | more))

    def fill(self, posts: int, name: str = "f", title: str = "Filling", **more: Any) -> None:
        """Publish a number of posts, a minute apart, in one append."""
        at = [self.at + timedelta(minutes=n) for n in range(posts)]
        self.add(*(self.post(f"{name}{n}", f"{title} {n}", published_at=at[n], **more) for n in range(posts)))

    def revise(self, post: str, title: str = "", text: str = "", **more: Any) -> int:
        """Edit a post without moving it."""
        was = self.now(post)
        given = {"kind": was.kind, "published_at": was.published_at} | more
        return self.add(e.PostRevised(post=post, title=title, body=words(text), **given))

    def restore(self, post: str) -> int:
        """Publish a withdrawn post again, at its former position."""
        was = self.now(post)
        return self.add(e.PostPublished(post=post, title=was.title, body=was.body, published_at=was.published_at))

    def now(self, post: str) -> PostState:
        """Return a post's present state."""
        found = read.post(self.blog, post)
        assert found is not None
        return found

    def mark(self) -> str:
        """Publish a tag that no page shows yet. Of the parts that come with an event, tags are the last."""
        self._marks += 1
        now = read.blog(self.blog)
        described = {"title": now.title, "standfirst": now.standfirst, "language": now.language, "zone": now.zone}
        self.add(e.BlogDescribed(**described, tags=(f"Mark {self._marks}",)))
        return f"Mark {self._marks}"

    # --- faults and changes of the server

    def forget(self, post: str) -> None:
        """Restore a backup without a post, which begins a new epoch."""
        epochs.begin_anew()
        published.PublishedPost.objects.filter(blog=self.blog, post=post).delete()

    def render_again(self, post: str) -> None:
        """Render everything again, as a new version of the program does, and without a post."""
        press.rebuild(self.blog, anew=True)
        published.PublishedPost.objects.filter(blog=self.blog, post=post).delete()

    def beat(self) -> None:
        """Send a beat to every stream, as delivery does after 15 s of silence."""
        self.say(b"event: beat\ndata: {}\n\n")

    def repeat(self, seq: int) -> None:
        """Send a frame a second time, and the headline as it was then."""
        frame = bytes(Frame.objects.get(blog=self.blog, seq=seq).data)
        self.say(b"data: %b\n\n" % frame + _part(wire.Part(n="headline", s=seq, h="Old")))

    def add_unknown(self, ops: list[dict[str, str]]) -> None:
        """Publish something, and send it as a frame with an unknown kind and unknown ops of a newer server."""
        with self.losing(lambda: self.head):
            self.add(e.EmbeddersSet(origins=("https://paper.example",)))
        self.say(b"data: %b\n\n" % json.dumps({"s": self.head, "k": "x.y", "ops": ops, "x": 1}).encode())

    def add_unknown_part(self, name: str, html: str) -> None:
        """Send a part that the open pages do not have."""
        self.say(_part(wire.Part(n=name, s=self.head + 1, h=html)))


def _part(part: wire.Part) -> bytes:
    return b"event: part\ndata: %b\n\n" % wire.encode(part)


def opened(slug: str, title: str, **more: Any) -> e.BlogOpened:
    """Return the event that opens a blog for everyone."""
    return replace(e.BlogOpened(slug=slug, title=title, audience=e.Audience.EVERYONE), **more)
