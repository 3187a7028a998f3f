"""The view of a live blog from which the parts of its pages are rendered: after an append, or in a rebuild.

Owns two views with the same interface and results: `AfterAppend` reads indexed rows and overlays the append's changes,
`WholeBlog` has every post of a log in memory. Never renders, never writes.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from asithappened.core.events import LEDGER, Fact, PostKind, Subject
from asithappened.core.ledger_state import Row
from asithappened.core.state import BlogState, PostState, SubjectState
from asithappened.log import read
from asithappened.press.pages import Pages
from asithappened.published import write
from asithappened.published.layout import STRUCTURED_POSTS
from asithappened.render.edition import Edition, edition_of
from asithappened.render.ledger.standing import section_of
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
        listed = list[list[Subject]]()
        for (sections, most), stored in zip(wanted, self._stored(wanted), strict=True):
            changed = [(row.last_seq, of) for of, row in self._changed_rows.items() if self._sections[of] in sections]
            newest = sorted([*changed, *stored], key=lambda one: one[0], reverse=True)[:most]
            listed.append([of for _, of in newest])
        before = [of for newest in listed for of in newest if of not in self._changed_rows]
        found = read.subjects(self.id, before) if self.id is not None and before else {}
        rows = [[self._changed_rows.get(of) or found[of] for of in newest] for newest in listed]
        return [[row for row in newest if not isinstance(row, PostState)] for newest in rows]

    def _stored(self, wanted: Sequence[tuple[Collection[str], int]]) -> Sequence[Sequence[tuple[int, Subject]]]:
        """Return, for each set of sections, enough rows that the append does not change."""
        count = Counter(self._sections.values())
        # Rows that the append changes are newer than all others.
        short = [
            {section for section in sections if section in self._counted}
            if sum(count[section] for section in sections) < most
            else set[str]()
            for sections, most in wanted
        ]
        if self.id is None or not any(short):
            return [[] for _ in wanted]
        most = max(most for _, most in wanted) + len(self._before)
        found = write.newest_rows(self.id, sorted(set().union(*short)), most)
        return [
            [
                (seq, of)
                for section in sections
                for seq, about, id_ in found.get(section, ())
                if (of := Subject(about, id_)) not in self._changed_rows
            ]
            for sections in short
        ]

    @cached_property
    def _sections(self) -> Mapping[Subject, str]:
        """The section of each row that the append changes."""
        return {of: section_of(row) for of, row in self._changed_rows.items()}

    @cached_property
    def _before(self) -> Sequence[Subject]:
        """The rows that the append changes and that existed before."""
        first = self.facts[0].seq
        return [of for of, row in self._changed_rows.items() if row.first_seq < first]

    @cached_property
    def _counted(self) -> Mapping[str, int]:
        """The number of rows in each section, without those that the append changes."""
        if self.id is None:
            return {}
        return write.counted_rows(self.id, without=[(of.about, of.id) for of in self._before])

    def counted_rows(self) -> Mapping[str, int]:
        """Return the number of rows in each section that has any."""
        count = dict(self._counted)
        for section in filter(None, self._sections.values()):
            count[section] = count.get(section, 0) + 1
        return count

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
        newest = sorted(self._every_row, key=lambda row: row.last_seq, reverse=True)
        return [[row for row in newest if section_of(row) in sections][:most] for sections, most in wanted]

    def counted_rows(self) -> Mapping[str, int]:
        """Return the number of rows in each section that has any."""
        return Counter(section for row in self._every_row if (section := section_of(row)))

    @cached_property
    def _every_row(self) -> Sequence[Row]:
        return [row for about in LEDGER for row in self.rows(about)]

    def newest(self, most: int, *, kind: PostKind | None = None, pictured: bool = False) -> Sequence[PostState]:
        """Return the newest visible posts, newest first: of one kind, or with a picture, if asked."""
        return list(filter(_wanted(kind, pictured), self._visible))[:most]


def _wanted(kind: PostKind | None, pictured: bool) -> Callable[[PostState], bool]:
    return lambda post: (
        post.visible and (kind is None or post.kind is kind) and (not pictured or post.picture is not None)
    )


def newest_first(posts: Iterable[PostState]) -> list[PostState]:
    """Sort posts, the newest first."""
    return sorted(posts, key=lambda post: post.order, reverse=True)
