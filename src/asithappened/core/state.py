"""The state of a live blog.

Owns the shapes that fold.py fills: the blog, the subjects of its facts, and both together. Immutable. The log keeps the
first two as current-state rows, so that rules and rendering never read a whole log.
"""

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from asithappened.core.body import Doc, Image, ImageAttrs, blocks
from asithappened.core.events import (
    Alerting,
    Audience,
    Portrait,
    PostKind,
    Related,
    ReplayOf,
    Signature,
    Subject,
)
from asithappened.core.ledger_state import Row
from asithappened.core.urls import is_url


class Status(StrEnum):
    """Where a live blog is in its life."""

    LIVE = "live"
    CLOSED = "closed"
    GONE = "gone"


class PostStatus(StrEnum):
    """How a post stands with its readers. PUBLISHED: as it first appeared."""

    PUBLISHED = "published"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class Contributor(Struct, frozen=True, kw_only=True):
    """Somebody who covers the day; `on` now, or earlier. `role`, `url`, `picture`: what readers are told of them."""

    name: str
    on: bool
    role: str = ""
    url: str = ""
    picture: Portrait | None = None

    @property
    def described(self) -> bool:
        """Whether readers are told more of them than the name."""
        return bool(self.role or self.url or self.picture)


class Successor(Struct, frozen=True, kw_only=True):
    """Where coverage goes on."""

    slug: str
    title: str


class Predecessor(Struct, frozen=True, kw_only=True):
    """Where coverage began."""

    slug: str
    title: str


class LiveVideo(Struct, frozen=True, kw_only=True):
    """Where readers can watch live. `since`: when that was said, if it is known."""

    url: str
    since: datetime | None = None


class BlogState(Struct, frozen=True, kw_only=True):
    """A live blog without its posts.

    `updated_at`: the newest public change, of an imported blog the original's; None while unknown.
    `replay`: it repeats an earlier one and is no news; `replay_of`: which, if that is known. `contributions`: readers
    may write to the newsroom about it, while it runs. `alerts`: whether they may have its key events sent to their
    devices.
    `pins`: the ids of visible posts, the topmost first. `posts`, `key_events`: how many are visible; `rows`: the
    number of rows in each section of the ledger (core.standing) that has any. `seq`: of the last event folded in.
    """

    slug: str
    title: str
    seq: int
    former_slugs: tuple[str, ...] = ()
    standfirst: str = ""
    language: str = "en"
    zone: str = "UTC"
    audience: Audience = Audience.NOBODY
    status: Status = Status.LIVE
    tags: tuple[str, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    pins: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    embedders: tuple[str, ...] = ()
    successor: Successor | None = None
    predecessor: Predecessor | None = None
    opened_at: datetime | None = None
    updated_at: datetime | None = None
    updated_text: str = ""
    closed_at: datetime | None = None
    posts: int = 0
    key_events: int = 0
    rows: dict[str, int] = {}
    replay: bool = False
    replay_of: ReplayOf | None = None
    contributions: bool = False
    alerts: Alerting = Alerting.OFF
    live_video: LiveVideo | None = None

    @property
    def everyones(self) -> bool:
        """Whether everyone may read it."""
        return self.audience is Audience.EVERYONE

    @property
    def public(self) -> bool:
        """Whether everyone may read it, and it was not taken down."""
        return self.everyones and self.status is not Status.GONE

    @property
    def listed(self) -> bool:
        """Whether pages of several live blogs, feeds and search show it: it is public, and no replay."""
        return self.public and not self.replay

    @property
    def takes_contributions(self) -> bool:
        """Whether readers may write to the newsroom about it now: while it runs, for everyone, and is no replay."""
        return self.contributions and self._is_news

    @property
    def offers_alerts(self) -> bool:
        """Whether readers may have its key events sent to their devices now."""
        return self.alerts is not Alerting.OFF and self._is_news

    @property
    def shown_video(self) -> LiveVideo | None:
        """Where readers can watch live now; None if the live blog is closed or a replay."""
        return self.live_video if self.status is Status.LIVE and not self.replay else None

    @property
    def _is_news(self) -> bool:
        return self.status is Status.LIVE and self.listed

    @property
    def pinned(self) -> str | None:
        """The topmost pinned post."""
        return self.pins[0] if self.pins else None


class GivenReason(Struct, frozen=True, kw_only=True):
    """Why a post was changed, as its readers were told. `seq`: of the event; `at`: when, if that is known."""

    seq: int
    text: str
    at: datetime | None = None


class PostState(Struct, frozen=True, kw_only=True):
    """A post as it is now.

    `first_seq`: of its first publication; `content_seq`: of the event that its words come from; `last_seq`: of any.
    `revision`: 1 when published, one more with every edit. `updated`: carries the mark "Updated", `updated_at` since
    when, if that is known. A withdrawn post keeps its words here, for the desk alone; an erased one has none.
    `reasons`: of all its changes, oldest first; `reason`: of the last one, or why readers do not have it.
    `withdrawn_at`: since when they do not, if that is known; `noted`: a note in its place says so.
    """

    id: str
    position: int
    first_seq: int
    content_seq: int
    last_seq: int
    title: str = ""
    body: Doc = Doc()
    kind: PostKind = PostKind.UPDATE
    bylines: tuple[str, ...] = ()
    signed: tuple[Signature, ...] = ()
    published_at: datetime | None = None
    revision: int = 1
    updated: bool = False
    updated_at: datetime | None = None
    reasons: tuple[GivenReason, ...] = ()
    reason: str = ""
    withdrawn: bool = False
    withdrawn_at: datetime | None = None
    noted: bool = False
    erased: bool = False
    graphic: bool = False

    @property
    def visible(self) -> bool:
        """Whether readers may have it."""
        return not (self.withdrawn or self.erased)

    @property
    def placed(self) -> bool:
        """Whether something stands in its place among the posts: itself, or the note that it was withdrawn."""
        return self.visible or self.noted

    @property
    def status(self) -> PostStatus:
        """How it stands with its readers."""
        if not self.visible:
            return PostStatus.ERASED if self.erased else PostStatus.WITHDRAWN
        return PostStatus.EDITED if self.updated or self.revision > 1 else PostStatus.PUBLISHED

    @property
    def order(self) -> tuple[int, int]:
        """What posts are sorted by: later is newer."""
        return (self.position, self.first_seq)

    @property
    def picture(self) -> ImageAttrs | None:
        """Its first picture that may represent it elsewhere: one that has a file or an address, and is not covered."""
        images = (block.attrs for block in blocks(self.body) if isinstance(block, Image) and not self.graphic)
        there = (image for image in images if image.media or (image.src and is_url(image.src)))
        return next((image for image in there if not image.graphic), None)


SubjectState: TypeAlias = PostState | Row
"""The state of a fact's subject, if that is not the blog itself: of a post, or of a row of the ledger."""


class State(Struct, frozen=True, kw_only=True):
    """A whole live blog. `blog` is None before it was opened; `seq` counts every fact, known kind or not."""

    seq: int = 0
    blog: BlogState | None = None
    subjects: dict[Subject, SubjectState] = {}

    @property
    def posts(self) -> dict[str, PostState]:
        """Its posts by id, withdrawn ones too."""
        return {subject.id: state for subject, state in self.subjects.items() if isinstance(state, PostState)}

    @property
    def rows(self) -> dict[Subject, Row]:
        """The rows of its ledger, removed ones too."""
        return {subject: state for subject, state in self.subjects.items() if not isinstance(state, PostState)}
