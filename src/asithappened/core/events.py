"""What can happen to a live blog: the closed set of events.

Owns their shapes. An event is a fact in the past tense; it is never renamed, only given a new version (codec.py).
Events hold what readers may know and nothing else: printed bylines, never accounts; no drafts, no schedules.
What an event does to a blog: fold.py. When one may happen: rules.py.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from asithappened.core import limits
from asithappened.core.body import Doc

PostId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]
Slug = Annotated[str, Meta(min_length=1, max_length=limits.SLUG_CHARS, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)")]
Title = Annotated[str, Meta(max_length=limits.TITLE_CHARS)]
Standfirst = Annotated[str, Meta(max_length=limits.STANDFIRST_CHARS)]
Name = Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS)]
Names = Annotated[tuple[Name, ...], Meta(max_length=limits.NAMES)]
Reason = Annotated[str, Meta(max_length=limits.REASON_CHARS)]
Language = Annotated[str, Meta(max_length=35, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$(?!\n)")]
Zone = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$(?!\n)")]
Link = Annotated[str, Meta(max_length=limits.URL_CHARS)]
Instant = Annotated[datetime, Meta(tz=True)]


class Audience(StrEnum):
    """Who may read a live blog."""

    NOBODY = "nobody"  # being prepared
    MEMBERS = "members"  # a rehearsal
    EVERYONE = "everyone"


class Origin(StrEnum):
    """How an event came about. Only live ones may ever alert, push or ping."""

    LIVE = "live"
    IMPORT = "import"
    REPLAY = "replay"


class PostKind(StrEnum):
    """What a post is to its readers; a post is exactly one of these."""

    UPDATE = "update"
    KEY_EVENT = "key_event"
    SUMMARY = "summary"


class Event(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A fact about one live blog."""

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1


class PostEvent(Event, frozen=True, kw_only=True):
    """A fact about one post. `post` stands in the log's envelope too, so that it survives an erased payload."""

    post: PostId


# --- the blog


class ReplayOf(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which live blog a replay lets happen again: its address as it was then, and when it was opened, if known."""

    slug: Slug
    opened_at: Instant | None = None


class BlogOpened(Event, frozen=True, kw_only=True):
    """A live blog was opened: always the first event of a log.

    `replay_of`: of a replay. The first replays did not say; that they are some, their origin says.
    """

    KIND = "blog.opened"
    slug: Slug
    title: Title
    standfirst: Standfirst = ""
    language: Language = "en"
    zone: Zone = "UTC"
    audience: Audience = Audience.NOBODY
    tags: Names = ()
    replay_of: ReplayOf | None = None


class BlogDescribed(Event, frozen=True, kw_only=True):
    """The headline, standfirst, language, zone or tags changed; carries all five as they are now."""

    KIND = "blog.described"
    title: Title
    standfirst: Standfirst = ""
    language: Language = "en"
    zone: Zone = "UTC"
    tags: Names = ()


class BlogRenamed(Event, frozen=True, kw_only=True):
    """The address changed; the former one leads on to it."""

    KIND = "blog.renamed"
    slug: Slug


class BlogDated(Event, frozen=True, kw_only=True):
    """An importer learned when the original ran. What it does not know stays None.

    `modified_text`: a printed clock time whose day is unknown ("06:59 PM GMT+0").
    """

    KIND = "blog.dated"
    opened_at: Instant | None = None
    modified_at: Instant | None = None
    modified_text: Annotated[str, Meta(max_length=100)] = ""


class AudienceSet(Event, frozen=True, kw_only=True):
    """Who may read the blog changed."""

    KIND = "blog.audience_set"
    audience: Audience


class BlogClosed(Event, frozen=True, kw_only=True):
    """Coverage ended: the blog stays as the record, "as it happened"."""

    KIND = "blog.closed"


class BlogReopened(Event, frozen=True, kw_only=True):
    """Coverage went on after a closing."""

    KIND = "blog.reopened"


class BlogTakenDown(Event, frozen=True, kw_only=True):
    """The whole blog was taken down: readers get 410 Gone at each of its addresses."""

    KIND = "blog.taken_down"
    reason: Reason = ""


class BlogContinued(Event, frozen=True, kw_only=True):
    """Coverage goes on in another live blog, tomorrow's."""

    KIND = "blog.continued"
    slug: Slug
    title: Title


class BlogContinuationEnded(Event, frozen=True, kw_only=True):
    """The pointer to where coverage goes on was taken back."""

    KIND = "blog.continuation_ended"


class BlogPreceded(Event, frozen=True, kw_only=True):
    """Coverage began in another live blog, yesterday's; None: in none any more."""

    KIND = "blog.preceded"
    slug: Slug | None = None
    title: Title = ""


class Related(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One piece of related coverage. `byline` and `dated` as printed; `published_at` where it is known."""

    title: Title
    standfirst: Standfirst = ""
    byline: Annotated[str, Meta(max_length=limits.TITLE_CHARS)] = ""
    dated: Annotated[str, Meta(max_length=100)] = ""
    published_at: Instant | None = None
    url: Link = ""


class RelatedSet(Event, frozen=True, kw_only=True):
    """The list of related coverage changed; carries the whole list."""

    KIND = "blog.related_set"
    items: Annotated[tuple[Related, ...], Meta(max_length=limits.RELATED)] = ()


class ContributorJoined(Event, frozen=True, kw_only=True):
    """Somebody is on."""

    KIND = "contributor.joined"
    name: Name


class ContributorLeft(Event, frozen=True, kw_only=True):
    """Somebody has handed over: named as "earlier" from now on."""

    KIND = "contributor.left"
    name: Name


# --- posts


class PostWords(PostEvent, frozen=True, kw_only=True):
    """What every event that carries a post's words says: the whole post as it is from then on.

    `published_at`: None where unknown. `position`: where it stands among the others, in microseconds on the scale of
    Unix time; left out, it is `published_at`. Of two with the same position the one first published later is newer.
    """

    title: Title = ""
    body: Doc = Doc()
    kind: PostKind = PostKind.UPDATE
    bylines: Names = ()
    published_at: Instant | None = None
    position: Annotated[int, Meta(ge=0, le=2**53)] | UnsetType = UNSET


class PostPublished(PostWords, frozen=True, kw_only=True):
    """A post appeared, or appeared again after a withdrawal, with the same words or with better ones.

    `updated`, `updated_at`: it was edited before (the original, or while it was withdrawn), and when, if that is known.
    `reason`: why it was, for readers.
    """

    KIND = "post.published"
    updated: bool = False
    updated_at: Instant | None = None
    reason: Reason = ""


class PostRevised(PostWords, frozen=True, kw_only=True):
    """A post was edited.

    `minor`: a typo, no "Updated" mark. `reason`: why, for readers. `updated_at`: when, if not the event's own time.
    """

    KIND = "post.revised"
    minor: bool = False
    reason: Reason = ""
    updated_at: Instant | None = None


class PostKindSet(PostEvent, frozen=True, kw_only=True):
    """A post became a key event, a summary, or a plain update; its words did not change."""

    KIND = "post.kind_set"
    kind: PostKind


class PostPinned(PostEvent, frozen=True, kw_only=True):
    """A post stands above all others; one pinned before it no longer does."""

    KIND = "post.pinned"


class PostUnpinned(PostEvent, frozen=True, kw_only=True):
    """The pinned post went back to its place."""

    KIND = "post.unpinned"


class PostWithdrawn(PostEvent, frozen=True, kw_only=True):
    """A post was taken back. Its text is in no byte served from now on; that it was there, and why it went, is."""

    KIND = "post.withdrawn"
    reason: Reason = ""


class PayloadErased(PostEvent, frozen=True, kw_only=True):
    """The payloads of some events of one post were erased for good: all of them, or single revisions.

    `seqs`: of publications and revisions. `whole`: the post itself is gone with them; then `seqs` name all that are
    left of these, and may name withdrawals, for their reasons. The others hold no words, and a fold needs them.
    """

    KIND = "payload.erased"
    seqs: Annotated[
        tuple[Annotated[int, Meta(ge=1, le=2**53)], ...], Meta(min_length=1, max_length=limits.ERASED_AT_ONCE)
    ]
    whole: bool = False
    reason: Reason = ""


ALL: Final[tuple[type[Event], ...]] = (
    BlogOpened,
    BlogDescribed,
    BlogRenamed,
    BlogDated,
    AudienceSet,
    BlogClosed,
    BlogReopened,
    BlogTakenDown,
    BlogContinued,
    BlogContinuationEnded,
    BlogPreceded,
    RelatedSet,
    ContributorJoined,
    ContributorLeft,
    PostPublished,
    PostRevised,
    PostKindSet,
    PostPinned,
    PostUnpinned,
    PostWithdrawn,
    PayloadErased,
)


class Fact(Struct, frozen=True, kw_only=True):
    """An event in its envelope, as the log holds it.

    `event` is None when its payload was erased or its kind is not known to this program: such a fact still counts.
    `post` and `position` are the envelope's own: which post it is about and, if it carries the post's words, where the
    post stands, so that both survive an erased payload. `at`: aware UTC, when it was appended.
    """

    epoch: str
    seq: int
    at: datetime
    origin: Origin
    kind: str
    version: int
    post: str = ""
    position: int | None = None
    event: Event | None = None
