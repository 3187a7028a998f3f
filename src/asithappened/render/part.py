"""Defines what packages contribute to live blogs' pages: parts, which an open page replaces, and annotations of posts.

Owns the types `Part` and `Annotating`, what they get of an append (`Change`) and of the blog (`View`), and the
registry: each name in `settings.PAGE_PARTS` is a module's attribute with a sequence of them. Templates are found in
`templates/asithappened/` beside that module.
Press decides when one is rendered. Look next: `page_parts` for those of every live blog.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from msgspec import Struct

from asithappened.core.events import Fact, PostKind, Subject
from asithappened.core.ledger_state import Row
from asithappened.core.state import BlogState, PostState, SubjectState
from asithappened.render.edition import Edition

Region = Literal["top", "rail", "feed"]
"""A place on the main page: under the standfirst, beside the posts, directly above them."""


class Change(Struct, frozen=True, kw_only=True):
    """The effect of one append on a live blog.

    `facts`: the append's. `was`, `now`: the blog before and after it. `posts`: each changed post before and after it,
    by id. `rows`: each changed row of the ledger after it. `filled`: the numbers of the older pages that it filled.
    """

    facts: Sequence[Fact]
    was: BlogState
    now: BlogState
    posts: Mapping[str, tuple[PostState | None, PostState]]
    rows: Mapping[Subject, Row] = {}
    filled: Collection[int] = ()

    def of_blog(self, seen: Callable[[BlogState], object]) -> bool:
        """Return whether a function of the blog has another value after the append."""
        return seen(self.was) != seen(self.now)

    def of_posts(self, shown: Callable[[PostState], bool]) -> bool:
        """Return whether a visible post that satisfies `shown` appeared, changed or disappeared."""
        return any(post is not None and post.visible and shown(post) for pair in self.posts.values() for post in pair)


class View(Protocol):
    """A live blog after an append, as its parts may read it.

    A package with tables of its own reads them as before the append, and applies `facts` to them. In a rebuild from the
    log (`whole`) it starts without rows, and `facts` are all facts of the blog.
    """

    @property
    def id(self) -> int | None:
        """The blog's id; None while it is being opened."""

    @property
    def blog(self) -> BlogState: ...

    @property
    def edition(self) -> Edition:
        """The edition; its language is gettext's while a part is rendered."""

    @property
    def facts(self) -> Sequence[Fact]:
        """The new facts; those that an erasure among them erases have no event."""

    @property
    def whole(self) -> bool:
        """Whether `facts` are all facts of the blog."""

    @property
    def newest_page(self) -> int:
        """The number of the newest older page; 0 if there is none."""

    @property
    def relinked(self) -> Collection[int]:
        """The numbers of the older pages whose links to other pages changed."""

    def post(self, post: str) -> PostState | None:
        """Return a post, a withdrawn one too."""

    def rows(self, about: str) -> Sequence[Row]:
        """Return the rows of the ledger of one sort (core.ledger_events.LEDGER), removed ones too, unordered."""

    def newest_rows(self, *wanted: tuple[Collection[str], int]) -> Sequence[Sequence[Row]]:
        """Return for each set of sections (published.layout) at most so many rows, the last changed first."""

    def newest(self, most: int, *, kind: PostKind | None = None, pictured: bool = False) -> Sequence[PostState]:
        """Return the newest visible posts, newest first; optionally of one kind, or with a picture."""


class Part(Struct, frozen=True, kw_only=True):
    """A part of a live blog's pages, or a family of them.

    `name`: of the slot in a layout. `live`: sent to open pages too; a page that does not know the name ignores it.
    `region`: on the main page, in the order of registration; "" if a layout names the slot.
    `touched`: whether an append may change its bytes; not called after a change of edition, when all are rendered.
    `render`: its bytes by name; a family (`pager:7`) returns those that changed. Must depend on the view only.
    """

    name: str
    live: bool
    region: Region | Literal[""] = ""
    touched: Callable[[Change], bool]
    render: Callable[[View], Mapping[str, bytes]]


class Annotating(Struct, frozen=True, kw_only=True):
    """A package's annotations in posts' slots. `about`: the kind of subjects (core.events.Subject).

    `says`: returns HTML by post id for a subject's state. Must depend on nothing else: press calls it after every fact
    of the subject, and shows the HTML as long as readers may have both the subject and the post.
    """

    about: str
    says: Callable[[Edition, SubjectState], Mapping[str, bytes]]


def registered() -> tuple[Part, ...]:
    """Return the parts that packages contribute, in order. Raises ValueError if two have one name."""
    return _imported(tuple(settings.PAGE_PARTS))[0]


def annotating() -> Mapping[str, Sequence[Annotating]]:
    """Return the annotations that packages contribute, in order, by kind of subject."""
    return _imported(tuple(settings.PAGE_PARTS))[1]


@lru_cache(maxsize=8)
def _imported(paths: tuple[str, ...]) -> tuple[tuple[Part, ...], dict[str, list[Annotating]]]:
    contributed: list[Part | Annotating] = [one for path in paths for one in import_string(path)]
    parts = [one for one in contributed if isinstance(one, Part)]
    says: dict[str, list[Annotating]] = {}
    for one in contributed:
        if isinstance(one, Annotating):
            says.setdefault(one.about, []).append(one)
    names = [part.name for part in parts]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"Two parts of a page are called {', '.join(sorted(twice))}: give one of them another name.")
    return tuple(parts), says


def modules(parts: Iterable[str]) -> list[Path]:
    """Return the files of the modules that these PAGE_PARTS name, without importing them."""
    return [Path(str(_spec(path).origin)) for path in parts]


def _spec(path: str) -> Any:
    spec = find_spec(path.rpartition(".")[0])
    if spec is None or spec.origin is None:
        raise ValueError(f"PAGE_PARTS names {path!r}, and there is no such module.")
    return spec
