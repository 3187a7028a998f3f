"""A live blog as the parts of its pages see it, by either way.

Owns two views that answer alike: `AfterAppend` reads indexed rows and lays what the append changes over them, `Whole`
has every post of a log in memory. Never renders, never writes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from asithappened.core.events import Fact, PostKind
from asithappened.core.state import BlogState, PostState
from asithappened.log import read
from asithappened.press.pages import Pages
from asithappened.published.layout import STRUCTURED_POSTS
from asithappened.render.edition import Edition, edition_of
from asithappened.render.part import Change

# Of the newest posts several parts ask for some, and one for as many as this: so all ask once.
_AT_ONCE: Final = STRUCTURED_POSTS


class AfterAppend:
    """A live blog as it is to be after an append: the rows from before it, with the changed posts laid over them."""

    whole = False

    def __init__(self, blog: int | None, change: Change, pages: Pages, *, relinked: Collection[int]) -> None:
        self.id, self.blog, self.facts = blog, change.now, change.facts
        self.edition: Edition = edition_of(change.now)
        self.newest_page, self.relinked = pages.newest_number, relinked
        self._changed = {id_: after for id_, (_, after) in change.posts.items()}
        self._read: dict[tuple[PostKind | None, bool], tuple[int, list[PostState]]] = {}

    def post(self, post: str) -> PostState | None:
        """Return a post, a withdrawn one too."""
        return self._changed.get(post) or (read.post(self.id, post) if self.id is not None else None)

    def newest(self, most: int, *, kind: PostKind | None = None, pictured: bool = False) -> Sequence[PostState]:
        """Return the newest visible posts, newest first: of one kind, or with a picture, if asked."""
        enough, found = self._read.get((kind, pictured), (0, []))
        if enough < most:
            enough = max(most, _AT_ONCE) if kind is None and not pictured else most
            found = self._newest(enough, kind, pictured)
            self._read[kind, pictured] = enough, found
        return found[:most]

    def _newest(self, most: int, kind: PostKind | None, pictured: bool) -> list[PostState]:
        stored: list[PostState] = []
        if self.id is not None:
            more = len(self._changed)
            rows = read.posts(self.id, newest=most + more, kind=kind, pictured=pictured)
            stored = [post for post in rows if post.id not in self._changed]
        wanted = _wanted(kind, pictured)
        return newest_first([*stored, *(post for post in self._changed.values() if wanted(post))])[:most]


class Whole:
    """A live blog with all of its posts and facts: what a rebuild from the log renders from."""

    whole = True

    def __init__(
        self, blog: int, state: BlogState, posts: Mapping[str, PostState], facts: Sequence[Fact], pages: Pages
    ) -> None:
        self.id, self.blog, self.facts = blog, state, facts
        self.edition: Edition = edition_of(state)
        self.newest_page, self.relinked = pages.newest_number, pages.relinked(all_of_them=True)
        self._posts, self._visible = posts, newest_first(post for post in posts.values() if post.visible)

    def post(self, post: str) -> PostState | None:
        """Return a post, a withdrawn one too."""
        return self._posts.get(post)

    def newest(self, most: int, *, kind: PostKind | None = None, pictured: bool = False) -> Sequence[PostState]:
        """Return the newest visible posts, newest first: of one kind, or with a picture, if asked."""
        return list(filter(_wanted(kind, pictured), self._visible))[:most]


def _wanted(kind: PostKind | None, pictured: bool) -> Callable[[PostState], bool]:
    return lambda post: (
        post.visible and (kind is None or post.kind is kind) and (not pictured or post.picture is not None)
    )


def newest_first(posts: Iterable[PostState]) -> list[PostState]:
    """Sort posts as a page shows them."""
    return sorted(posts, key=lambda post: post.order, reverse=True)
