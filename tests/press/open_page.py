"""An open page, in Python: the state of a reader's script, and how it applies frames and parts.

Owns the model by which "page at N plus frames after N equals the page now" is proved. It knows the wire and the
published tables, and nothing of how they are made.
"""

import json
import re
from typing import Self

from asithappened.published.layout import annotated
from asithappened.published.models import Frame, Page, Part, PublishedBlog, PublishedPost

Order = tuple[int, int]


class OpenPage:
    """The main page as it was loaded, and as frames have changed it since."""

    def __init__(self, blog: int) -> None:
        """Load it from the published tables."""
        row = PublishedBlog.objects.get(pk=blog)
        self.blog, self.seq, self.epoch, self.render = blog, row.head, row.epoch, row.render
        newest = Page.objects.filter(blog=blog).order_by("-number").first()
        self.above: Order = (newest.position, newest.first_seq) if newest else (-1, -1)
        self.posts = posts_above(blog, self.above)
        self.parts = live_parts(blog)
        self.changes = 0

    def catch_up(self) -> Self:
        """Apply every frame after the one it has, then the parts that changed meanwhile; an unknown op is skipped."""
        assert not self.outdated
        since = self.seq
        for frame in Frame.objects.filter(blog=self.blog, seq__gt=since).order_by("seq"):
            message = json.loads(bytes(frame.data))
            assert message["s"] == frame.seq == self.seq + 1, "a gap"
            self.seq = frame.seq
            for op in message.get("ops", ()):
                self._apply(op)
        for part in Part.objects.filter(blog=self.blog, seq__gt=since, live=True):
            self.changes += self.parts.get(part.name) != bytes(part.data)
            self.parts[part.name] = bytes(part.data)
        return self

    def _apply(self, op: dict[str, str]) -> None:
        match op:
            case {"op": "put", "post": post, "html": html}:
                self.changes += 1
                self.posts.pop(post, None)
                order = order_of(html)
                if order > self.above:  # older ones stand on pages of their own
                    self.posts[post] = (order, html.encode())
            case {"op": "drop", "post": post}:
                self.changes += 1
                self.posts.pop(post, None)
            case {"op": "annotate", "by": by}:
                for post in [op["post"]] if "post" in op else list(self.posts):
                    if post in self.posts:
                        order, shown = self.posts[post]
                        self.posts[post] = (order, annotate(shown, by, op.get("html", "")))
            case _:
                pass

    @property
    def outdated(self) -> bool:
        """Whether the stream would send a `reset`: everything was rendered again, so the page is loaded again."""
        row = PublishedBlog.objects.get(pk=self.blog)
        return (row.epoch, row.render) != (self.epoch, self.render)

    def expected(self) -> tuple[list[tuple[Order, bytes]], dict[str, bytes]]:
        """Return what the page would show if it were loaded now, in the range that it had."""
        return in_order(posts_above(self.blog, self.above)), live_parts(self.blog)

    def shown(self) -> tuple[list[tuple[Order, bytes]], dict[str, bytes]]:
        """Return what it shows."""
        return in_order(self.posts), self.parts


def annotate(shown: bytes, by: str, html: str) -> bytes:
    """Return a post with another annotation by this subject, or with none."""
    fragment, slot, held = shown.decode().partition('<div class="annotations">')
    said = {who: (int(number), whole) for whole, who, number in _ANNOTATION.findall(held) if who != by}
    if html:
        found = _ANNOTATION.fullmatch(html)
        assert found
        assert found[2] == by
        said[by] = int(found[3]), html
    empty = f"{fragment}{slot}</div></article>".encode()
    return annotated(empty, "".join(whole for _, whole in sorted(said.values())).encode())


_ANNOTATION = re.compile(r'(<div class="annotation" data-by="([^"]+)" data-n="(\d+)">.*?</div>)')


def in_order(posts: dict[str, tuple[Order, bytes]]) -> list[tuple[Order, bytes]]:
    """Sort posts as a page shows them: newest first."""
    return sorted(posts.values(), reverse=True)


def order_of(fragment: str) -> Order:
    """Read a fragment's place."""
    found = re.match(r'<article[^>]* data-o="(\d+)-(\d+)"', fragment)
    assert found, fragment[:200]
    return int(found[1]), int(found[2])


def posts_above(blog: int, above: Order) -> dict[str, tuple[Order, bytes]]:
    """Return the contents of the main page: posts, and notes in the place of withdrawn ones."""
    rows = PublishedPost.objects.filter(blog=blog, placed=True)
    posts = {
        row.post: ((row.position, row.first_seq), annotated(bytes(row.fragment), bytes(row.annotations)))
        for row in rows
    }
    return {post: (order, fragment) for post, (order, fragment) in posts.items() if order > above}


def live_parts(blog: int) -> dict[str, bytes]:
    """Return the parts that open pages replace."""
    return {part.name: bytes(part.data) for part in Part.objects.filter(blog=blog, live=True)}
