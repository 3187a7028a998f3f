"""The view of a live blog from which the parts of its pages are rendered: after an append, or in a rebuild.

Owns two views with the same interface and results: `AfterAppend` reads indexed rows and overlays the append's changes,
`WholeBlog` has every post of a log in memory. Never renders, never writes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Final

from asithappened.core.events import LEDGER, Fact, PostKind, Subject
from asithappened.core.ledger_state import Row
from asithappened.core.standing import section_of
from asithappened.core.state import BlogState, PostState, SubjectState
from asithappened.log import read
from asithappened.press.pages import Pages
from asithappened.published.layout import STRUCTURED_POSTS
from asithappened.render.edition import Edition, edition_of
from asithappened.render.part import Change

# Several parts need the newest posts, and one needs this many: they share one query of that size.
_AT_ONCE: Final = STRUCTURED_POSTS


class AfterAppend:
    """A live blog after an append that is not written yet: the stored rows, with the changes over them."""

    whole = False

    def __init__(self, blog: int | None, change: Change, pages: Pages, *, relinked: Collection[int]) -> None:
        self.id, self.blog, self.facts = blog, change.now, change.facts
        self.edition: Edition = edition_of(change.now)
        self.newest_page, self.relinked = pages.newest_number, relinked
        self._changed = {id_: after for id_, (_, after) in change.posts.items()}
        self._changed_rows, self._rows = change.rows, dict[str, Sequence[Row]]()
        self._read: dict[tuple[PostKind | None, bool], tuple[int, list[PostState]]] = {}

    def post(self, post: str) -> PostState | None:
        """Return a post, a withdrawn one too."""
        return self._changed.get(post) or (read.post(self.id, post) if self.id is not None else None)

    def rows(self, about: str) -> Sequence[Row]:
        """Return the rows of the ledger of one kind, removed ones too, unordered."""
        if about not in self._rows:
            stored = {row.id: row for row in read.rows(self.id, about)} if self.id is not None else {}
            changed = {subject.id: row for subject, row in self._changed_rows.items() if subject.about == about}
            self._rows[about] = list((stored | changed).values())
        return self._rows[about]

    def newest_rows(self, *wanted: tuple[Collection[str], int]) -> Sequence[Sequence[Row]]:
        """Return the rows that changed last, the newest first: for each set of sections at most so many."""
        rows: dict[str, list[Row]] = {}
        for row in self._changed_rows.values():
            rows.setdefault(section_of(row), []).append(row)
        first = self.facts[0].seq
        before = sum(row.first_seq < first for row in self._changed_rows.values())
        lacking: dict[str, int] = {}
        for sections, most in wanted:
            # Rows that the append changes are newer than all others; those that existed before are found again.
            more = most - sum(len(rows.get(section, ())) for section in sections)
            for section in sections:
                if more > 0 and self.blog.rows.get(section, 0) > len(rows.get(section, ())):
                    lacking[section] = max(lacking.get(section, 0), more + before)
        if lacking and self.id is not None:
            for subject, row in read.newest_rows(self.id, lacking).items():
                if subject not in self._changed_rows:
                    rows.setdefault(section_of(row), []).append(row)
        return [newest_of(chain.from_iterable(rows.get(one, ()) for one in of), most) for of, most in wanted]

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


class WholeBlog:
    """A live blog with all of its posts and facts, for a rebuild from the log."""

    whole = True

    def __init__(
        self, blog: int, state: BlogState, subjects: Mapping[Subject, SubjectState], facts: Sequence[Fact], pages: Pages
    ) -> None:
        self.id, self.blog, self.facts = blog, state, facts
        self.edition: Edition = edition_of(state)
        self.newest_page, self.relinked = pages.newest_number, pages.relinked(all_of_them=True)
        self._posts = {one.id: one for one in subjects.values() if isinstance(one, PostState)}
        self._visible = newest_first(post for post in self._posts.values() if post.visible)
        self._subjects = subjects

    def post(self, post: str) -> PostState | None:
        """Return a post, a withdrawn one too."""
        return self._posts.get(post)

    def rows(self, about: str) -> Sequence[Row]:
        """Return the rows of the ledger of one kind, removed ones too, unordered."""
        rows = (row for subject, row in self._subjects.items() if subject.about == about)
        return [row for row in rows if not isinstance(row, PostState)]

    def newest_rows(self, *wanted: tuple[Collection[str], int]) -> Sequence[Sequence[Row]]:
        """Return the rows that changed last, the newest first: for each set of sections at most so many."""
        rows = [row for about in LEDGER for row in self.rows(about)]
        return [newest_of((row for row in rows if section_of(row) in sections), most) for sections, most in wanted]

    def newest(self, most: int, *, kind: PostKind | None = None, pictured: bool = False) -> Sequence[PostState]:
        """Return the newest visible posts, newest first: of one kind, or with a picture, if asked."""
        return list(filter(_wanted(kind, pictured), self._visible))[:most]


def _wanted(kind: PostKind | None, pictured: bool) -> Callable[[PostState], bool]:
    return lambda post: (
        post.visible and (kind is None or post.kind is kind) and (not pictured or post.picture is not None)
    )


def newest_of(rows: Iterable[Row], most: int) -> list[Row]:
    """Return the rows that changed last, the newest first: at most so many."""
    return sorted(rows, key=lambda row: row.last_seq, reverse=True)[:most]


def newest_first(posts: Iterable[PostState]) -> list[PostState]:
    """Sort posts, the newest first."""
    return sorted(posts, key=lambda post: post.order, reverse=True)
