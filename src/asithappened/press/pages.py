"""The division of posts into the main page and older pages.

Owns one rule, applied after every fact, so that a rebuild from the log draws the same boundaries: when the main page
has twice PAGE_POSTS, its older half becomes an older page. A boundary is the order of a page's newest post, and never
moves.
"""

from collections.abc import Collection, Iterable

from asithappened.core.state import PostState
from asithappened.published.layout import PAGE_POSTS

Order = tuple[int, int]


class Pages:
    """The main page, and the older pages that were split off while posts were added."""

    def __init__(self, newest: tuple[int, Order] | None, on_main: Iterable[tuple[str, Order]]) -> None:
        """Start from the newest older page (number and boundary) and the ids and orders of the posts above it."""
        self.newest = newest
        self.filled: dict[int, Order] = {}
        self._open = dict(on_main)

    def feed(self, post: PostState) -> None:
        """Add, move or remove a post, as it is after a fact."""
        if post.visible and (self.newest is None or post.order > self.newest[1]):
            self._open[post.id] = post.order
        else:
            self._open.pop(post.id, None)
        if len(self._open) >= 2 * PAGE_POSTS:
            self._freeze()

    @property
    def newest_number(self) -> int:
        """The number of the newest older page, 0 if there is none."""
        return self.newest[0] if self.newest else 0

    def relinked(self, *, all_of_them: bool) -> Collection[int]:
        """Return the numbers of the older pages whose links to others changed, or of all."""
        if all_of_them:
            return range(1, self.newest_number + 1)
        # The page before the first new one was the newest: its link "newer" was to the main page.
        return {number for new in self.filled for number in (new - 1, new) if number > 0}

    def _freeze(self) -> None:
        older = sorted(self._open.items(), key=lambda item: item[1])[:PAGE_POSTS]
        self.newest = (self.newest_number + 1, older[-1][1])
        self.filled[self.newest[0]] = self.newest[1]
        for post, _ in older:
            del self._open[post]
