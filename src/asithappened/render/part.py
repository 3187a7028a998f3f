"""What a package contributes to live blogs' pages: parts, which an open page replaces whole, and annotations of posts.

Owns the shape of a `Part`, what it is told of an append (`Change`) and shown of the blog (`View`), that of an
`Annotating`, and the lists of all that there are, which wiring makes: `settings.PAGE_PARTS` names them, each as the
attribute of a module that holds a sequence of them. A template in `templates/asithappened/` beside it is found.
Never says when one is rendered: press does. Look next: `page_parts` for those that every live blog has.
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
"""Where on the main page: under the standfirst, beside the posts, directly above them."""


class Change(Struct, frozen=True, kw_only=True):
    """What one append does to a live blog.

    `facts`: those of the append. `was`, `now`: the blog around it. `posts`: each post that it changes, before and after
    it, by id. `rows`: each row of the ledger, as it is after it. `filled`: the numbers of the older pages that became
    full by it.
    """

    facts: Sequence[Fact]
    was: BlogState
    now: BlogState
    posts: Mapping[str, tuple[PostState | None, PostState]]
    rows: Mapping[Subject, Row] = {}
    filled: Collection[int] = ()

    def of_blog(self, seen: Callable[[BlogState], object]) -> bool:
        """Say whether what is seen of the blog is another after it."""
        return seen(self.was) != seen(self.now)

    def of_posts(self, shown: Callable[[PostState], bool]) -> bool:
        """Say whether a visible post that this is true of appeared, changed or went."""
        return any(post is not None and post.visible and shown(post) for pair in self.posts.values() for post in pair)


class View(Protocol):
    """A live blog after an append, as its parts may see it.

    A package that shows rows of its own reads them as they are before the append, and applies `facts` to them. In a
    rendering from the log alone (`whole`) it starts without rows, and `facts` are all facts of the blog.
    """

    @property
    def id(self) -> int | None:
        """The blog's id; None while it is being opened."""

    @property
    def blog(self) -> BlogState:
        """The blog."""

    @property
    def edition(self) -> Edition:
        """The edition, which gettext speaks while a part is rendered."""

    @property
    def facts(self) -> Sequence[Fact]:
        """The facts that are new, those that an erasure among them takes without their events."""

    @property
    def whole(self) -> bool:
        """Whether `facts` are all there are."""

    @property
    def newest_page(self) -> int:
        """The number of the newest older page; 0 if there is none."""

    @property
    def relinked(self) -> Collection[int]:
        """The numbers of the older pages whose links to others changed."""

    def post(self, post: str) -> PostState | None:
        """Return a post, a withdrawn one too."""

    def rows(self, about: str) -> Sequence[Row]:
        """Return the rows of the ledger of one sort (core.ledger_events.LEDGER), removed ones too, in no order."""

    def newest_rows(self, *wanted: tuple[Collection[str], int]) -> Sequence[Sequence[Row]]:
        """Return those that changed last, the newest first: of each of these sets of sections at most so many.

        Sections are of the lists of all (published.layout).
        """

    def counted_rows(self) -> Mapping[str, int]:
        """Return how many rows stand in each section that has any."""

    def newest(self, most: int, *, kind: PostKind | None = None, pictured: bool = False) -> Sequence[PostState]:
        """Return the newest visible posts, newest first: of one kind, or with a picture, if asked."""


class Part(Struct, frozen=True, kw_only=True):
    """A part of a live blog's pages, or a family of them.

    `name`: of the slot in a layout. `live`: goes to open pages too; one that does not know the name skips it.
    `region`: where on the main page it stands, below those registered before it; "" where a layout names the slot.
    `touched`: whether an append may change its bytes. A change of edition needs no asking: then all are rendered.
    `render`: its bytes by name; a family (`pager:7`) returns those that changed. May depend on nothing but the view.
    """

    name: str
    live: bool
    region: Region | Literal[""] = ""
    touched: Callable[[Change], bool]
    render: Callable[[View], Mapping[str, bytes]]


class Annotating(Struct, frozen=True, kw_only=True):
    """What a package says in posts' slots: about which subjects (core.events.Subject), and what one of them says.

    `says`: of a subject as it stands, the HTML by the post's id. May depend on nothing else: press asks it again after
    every fact of the subject, and shows what is said as long as the subject and the post are readers'.
    """

    about: str
    says: Callable[[Edition, SubjectState], Mapping[str, bytes]]


def registered() -> tuple[Part, ...]:
    """Return the parts that packages contribute, in order. Raises ValueError if two have one name."""
    return _imported(tuple(settings.PAGE_PARTS))[0]


def annotating() -> Mapping[str, Sequence[Annotating]]:
    """Return what packages say in posts' slots, in order, by what it is about."""
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
    """Return the files that such PAGE_PARTS are rendered by, without importing them."""
    return [Path(str(_spec(path).origin)) for path in parts]


def _spec(path: str) -> Any:
    spec = find_spec(path.rpartition(".")[0])
    if spec is None or spec.origin is None:
        raise ValueError(f"PAGE_PARTS names {path!r}, and there is no such module.")
    return spec
