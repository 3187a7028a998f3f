"""What can happen to a live blog: the closed set of events, and what each is about.

Owns the events about the blog and its posts, and `Event`, the union of all, so that the type checker names every place
that has to handle a new one. An event is a fact in the past tense; it is never renamed, only given a new version
(codec.py). Events hold what readers may know and nothing else: printed bylines, never accounts; no drafts, no
schedules. Look next: event_shape.py for their base, ledger_events.py for those of the ledger, fold.py for what an event
does to its subject and the blog, rules.py for when one may happen.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final, TypeAlias, get_args

from msgspec import UNSET, Meta, Struct, UnsetType

from asithappened.core import limits
from asithappened.core.body import Doc
from asithappened.core.event_shape import (
    POST,
    THE_BLOG,
    Erasable,
    EventShape,
    Instant,
    Language,
    Link,
    Name,
    Names,
    PostId,
    PrintedRole,
    ProfileLink,
    Reason,
    Slug,
    Standfirst,
    Subject,
    Title,
    WebOrigin,
    Zone,
    post,
)
from asithappened.core.ledger_events import (
    CORRECTION,
    LEDGER,
    SERIES,
    STATEMENT,
    Anchor,
    CarriedFrom,
    CorrectionRecorded,
    LedgerChange,
    LedgerEvent,
    LedgerRemoved,
    LedgerShape,
    Policy,
    RelayedBy,
    SaidBy,
    SaidOn,
    SeriesMoved,
    SeriesRecorded,
    SeriesValueRemoved,
    SourceKind,
    StatementAssessed,
    StatementRecorded,
    Verification,
)


class Audience(StrEnum):
    """Who may read a live blog."""

    NOBODY = "nobody"  # being prepared
    MEMBERS = "members"  # a rehearsal
    EVERYONE = "everyone"


class Alerting(StrEnum):
    """Whether readers may have a live blog's key events sent to their devices, and how each is sent."""

    OFF = "off"
    ASKED = "asked"  # an editor decides about each
    BY_ITSELF = "by_itself"


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


class BlogEvent(EventShape, frozen=True, kw_only=True):
    """A fact about the live blog itself."""

    @property
    def subject(self) -> Subject:
        return THE_BLOG


class PostEvent(EventShape, frozen=True, kw_only=True):
    """A fact about one post."""

    post: PostId

    @property
    def subject(self) -> Subject:
        return post(self.post)


class SilentPostEvent(PostEvent, frozen=True, kw_only=True):
    """A fact about one post that changes neither its fragment nor its history: no open page is told."""


# --- the blog


class ReplayOf(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The live blog that a replay repeats: its address at that time, and when it was opened, if known."""

    slug: Slug
    opened_at: Instant | None = None


class BlogOpened(BlogEvent, frozen=True, kw_only=True):
    """A live blog was opened: always the first event of a log.

    `replay_of`: for a replay. The first replays lack it, and are known by their origin alone.
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


class BlogDescribed(BlogEvent, frozen=True, kw_only=True):
    """The headline, standfirst, language, zone or tags changed; carries all five as they are now."""

    KIND = "blog.described"
    title: Title
    standfirst: Standfirst = ""
    language: Language = "en"
    zone: Zone = "UTC"
    tags: Names = ()


class BlogRenamed(BlogEvent, frozen=True, kw_only=True):
    """The address changed; the former one redirects to it."""

    KIND = "blog.renamed"
    slug: Slug


class BlogDated(BlogEvent, frozen=True, kw_only=True):
    """An importer learned when the original ran. What it does not know stays None.

    `modified_text`: a printed clock time whose day is unknown ("06:59 PM GMT+0").
    """

    KIND = "blog.dated"
    opened_at: Instant | None = None
    modified_at: Instant | None = None
    modified_text: Annotated[str, Meta(max_length=100)] = ""


class AudienceSet(BlogEvent, frozen=True, kw_only=True):
    """Who may read the blog changed."""

    KIND = "blog.audience_set"
    audience: Audience


class BlogClosed(BlogEvent, frozen=True, kw_only=True):
    """Coverage ended: the blog stays as the record, "as it happened". `ended_at`: when it did, if not just then."""

    KIND = "blog.closed"
    ended_at: Instant | None = None


class BlogReopened(BlogEvent, frozen=True, kw_only=True):
    """Coverage went on after a closing."""

    KIND = "blog.reopened"


class BlogTakenDown(BlogEvent, frozen=True, kw_only=True):
    """The whole blog was taken down: readers get 410 Gone at each of its addresses."""

    KIND = "blog.taken_down"
    reason: Reason = ""


class BlogContinued(BlogEvent, frozen=True, kw_only=True):
    """Coverage goes on in another live blog, tomorrow's."""

    KIND = "blog.continued"
    slug: Slug
    title: Title


class BlogContinuationEnded(BlogEvent, frozen=True, kw_only=True):
    """The pointer to where coverage goes on was taken back."""

    KIND = "blog.continuation_ended"


class BlogPreceded(BlogEvent, frozen=True, kw_only=True):
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


class RelatedSet(BlogEvent, frozen=True, kw_only=True):
    """The list of related coverage changed; carries the whole list."""

    KIND = "blog.related_set"
    items: Annotated[tuple[Related, ...], Meta(max_length=limits.RELATED)] = ()


class EmbeddersSet(BlogEvent, frozen=True, kw_only=True):
    """Which other sites' pages may show the blog in a frame changed; carries the whole list of their origins."""

    KIND = "blog.embedders_set"
    origins: Annotated[tuple[WebOrigin, ...], Meta(max_length=limits.EMBEDDERS)] = ()


class ContributorJoined(BlogEvent, frozen=True, kw_only=True):
    """A contributor began to cover the day."""

    KIND = "contributor.joined"
    name: Name


class ContributorLeft(BlogEvent, frozen=True, kw_only=True):
    """A contributor handed over, and is listed as "earlier" from now on."""

    KIND = "contributor.left"
    name: Name


class Portrait(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A picture of somebody, one of ours: `media`, and the SHA-256 `digest` of the file as it was taken in."""

    media: Annotated[str, Meta(pattern=r"^[a-z0-9]{4,32}$(?!\n)")]
    digest: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
    width: Annotated[int, Meta(ge=1, le=20_000)]
    height: Annotated[int, Meta(ge=1, le=20_000)]


class ContributorDescribed(BlogEvent, frozen=True, kw_only=True):
    """What readers are told of a contributor changed; carries all of it as it is now.

    `role`: what they do, as printed. `url`: a page about them.
    """

    KIND = "contributor.described"
    name: Name
    role: PrintedRole = ""
    url: ProfileLink = ""
    picture: Portrait | None = None


class ContributionsSet(BlogEvent, frozen=True, kw_only=True):
    """Readers may write to the newsroom about the live blog from now on, or no longer."""

    KIND = "blog.contributions_set"
    open: bool


class AlertsSet(BlogEvent, frozen=True, kw_only=True):
    """Readers may have key events sent to their devices from now on, or no longer."""

    KIND = "blog.alerts_set"
    mode: Alerting


class LiveVideoSet(BlogEvent, frozen=True, kw_only=True):
    """Where readers can watch live, beside what they read, changed: a film of a provider or a file; "" for nowhere."""

    KIND = "blog.live_video_set"
    url: Link = ""


# --- posts


class Signature(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is printed with a byline of this name: the person's role on that day, and a page about them."""

    name: Name
    role: PrintedRole = ""
    url: ProfileLink = ""


class PostWords(PostEvent, frozen=True, kw_only=True):
    """The base of the events that carry a post's words: the whole post as it is from then on.

    `published_at`: None where unknown. `position`: where it stands among the others, in microseconds on the scale of
    Unix time; left out, it is `published_at`. Of two with the same position the one first published later is newer.
    `graphic`: its body is covered until a reader asks for it. `signed`: for the bylines with which more than the name
    is printed; if it is empty, press takes it from the contributors (core.signing).
    """

    ERASABLE = Erasable.ALONE

    title: Title = ""
    body: Doc = Doc()
    kind: PostKind = PostKind.UPDATE
    bylines: Names = ()
    signed: Annotated[tuple[Signature, ...], Meta(max_length=limits.NAMES)] = ()
    published_at: Instant | None = None
    position: Annotated[int, Meta(ge=0, le=2**53)] | UnsetType = UNSET
    graphic: bool = False


class PostPublished(PostWords, frozen=True, kw_only=True):
    """A post appeared, or appeared again after a withdrawal, with the same words or with better ones.

    `updated`, `updated_at`: it was edited before (the original, or while it was withdrawn), and when, if that is known.
    `reason`: why it was edited, for readers.
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


class PostPinned(SilentPostEvent, frozen=True, kw_only=True):
    """A post was pinned, or a pinned post moved to another place among the pinned ones.

    `place`: its index among them, 0 for the topmost; it becomes the last if there are fewer. `alone`: all others are
    unpinned, as version 1 always did.
    """

    KIND = "post.pinned"
    VERSION = 2
    place: Annotated[int, Meta(ge=0, lt=limits.PINS)] = 0
    alone: bool = False


class PostUnpinned(SilentPostEvent, frozen=True, kw_only=True):
    """A pinned post went back to its place."""

    KIND = "post.unpinned"


class PostWithdrawn(PostEvent, frozen=True, kw_only=True):
    """A post was taken back. No response has its text from now on; readers still learn that it existed, and the reason.

    `noted`: a note about it stands in its place among the posts too, not only at its own address.
    """

    KIND = "post.withdrawn"
    ERASABLE = Erasable.WITH_ALL
    reason: Reason = ""
    noted: bool = False


class PayloadErased(EventShape, frozen=True, kw_only=True):
    """The payloads of some events of one subject were erased for good: all of them, or single revisions.

    `of`: the subject. `seqs`: of events that carry its words. `whole`: the subject itself is erased; then `seqs` name
    all of these that are left, and may name its events that are `Erasable.WITH_ALL`. Its other events have no words,
    and a fold needs them. Version 1 had the id of a post.
    """

    KIND = "payload.erased"
    VERSION = 2
    of: Subject
    seqs: Annotated[
        tuple[Annotated[int, Meta(ge=1, le=2**53)], ...], Meta(min_length=1, max_length=limits.ERASED_AT_ONCE)
    ]
    whole: bool = False
    reason: Reason = ""

    @property
    def subject(self) -> Subject:
        return self.of


BlogChange: TypeAlias = (
    BlogDescribed
    | BlogRenamed
    | BlogDated
    | AudienceSet
    | BlogClosed
    | BlogReopened
    | BlogTakenDown
    | BlogContinued
    | BlogContinuationEnded
    | BlogPreceded
    | RelatedSet
    | EmbeddersSet
    | ContributorJoined
    | ContributorLeft
    | ContributorDescribed
    | ContributionsSet
    | AlertsSet
    | LiveVideoSet
)
"""What can happen to a blog that was opened."""

PostChange: TypeAlias = PostRevised | PostKindSet | PostPinned | PostUnpinned | PostWithdrawn
"""What can happen to a post that readers have."""

Event: TypeAlias = BlogOpened | BlogChange | PostPublished | PostChange | LedgerChange | PayloadErased
"""Everything that can happen."""

ALL: Final[tuple[type[Event], ...]] = get_args(Event)
CARRY_WORDS: Final = frozenset(event.KIND for event in ALL if event.ERASABLE is Erasable.ALONE)
"""The kinds of event that carry a subject's words: each can be erased alone, and those of a post are its revisions."""


class Fact(Struct, frozen=True, kw_only=True):
    """An event in its envelope, as the log holds it.

    `event` is None when its payload was erased or its kind is not known to this program: such a fact still counts.
    `subject` and `position` are the envelope's own: what it is about and, if it carries a post's words, where the
    post stands, so that both survive an erased payload. `at`: aware UTC, when it was appended.
    """

    epoch: str
    seq: int
    at: datetime
    origin: Origin
    kind: str
    version: int
    subject: Subject = THE_BLOG
    position: int | None = None
    event: Event | None = None

    @property
    def post(self) -> str:
        """The id of the post that it is about; "" if it is about none."""
        return self.subject.id if self.subject.about == POST else ""

    @property
    def carries_words(self) -> bool:
        """Whether it carries its subject's words, or did before they were erased."""
        return self.kind in CARRY_WORDS
