"""A newsroom in a few words: opens blogs, posts canaries, takes them back; all through the real press."""

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e

_numbers = itertools.count(1)
AT = datetime(2026, 11, 12, 14, 0, tzinfo=UTC)


@dataclass
class Blog:
    """A live blog being covered."""

    id: int
    slug: str
    epoch: str
    head: int
    posts: int = 0

    @classmethod
    def opened(cls, *, posts: int = 0, audience: e.Audience = e.Audience.EVERYONE) -> Self:
        """Open a blog with so many posts, p1 the oldest."""
        slug = f"storm-{next(_numbers)}"
        done = press.publish(None, [e.BlogOpened(slug=slug, title=f"Storm {slug}", audience=audience)])
        self = cls(id=done.blog, slug=slug, epoch=done.epoch, head=done.last)
        for start in range(0, posts, 100):
            self.publish(*(self.post() for _ in range(min(100, posts - start))))
        return self

    def publish(self, *events: e.Event) -> int:
        """Publish events as one append and return the new head."""
        self.head = press.publish(self.id, list(events)).last
        return self.head

    def post(self, words: str = "", *, id_: str = "", at: int | None = None) -> e.PostPublished:
        """Return the event of a new post, above all others unless `at` says another minute."""
        self.posts += 1
        words = words or f"Post number {self.posts}."
        doc = body.with_ids(body.Doc(content=(body.paragraph(words),)), seed=f"{self.slug}{self.posts}")
        published = AT + timedelta(minutes=self.posts if at is None else at)
        return e.PostPublished(post=id_ or f"p{self.posts}", title=words[:80], body=doc, published_at=published)

    def revision(self, id_: str, words: str) -> e.PostRevised:
        doc = body.with_ids(body.Doc(content=(body.paragraph(words),)), seed=f"{self.slug}{words}")
        return e.PostRevised(post=id_, title=words[:80], body=doc, published_at=AT)

    def path(self, rest: str = "") -> str:
        return f"/live/{self.slug}/{rest}"
