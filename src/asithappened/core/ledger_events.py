"""What can happen to the ledger of a live blog: statements, series of figures and states, corrections.

Owns their shapes, and the closed vocabularies of the ledger, which suggestions use too (ledger.suggestions). A row is
recorded whole, and recorded again when it changes; a series grows by its values. Readers may see everything here:
printed names of sources, public notes. Grades, checks and who accepted a row belong to the desk, and are in no event.
"""

from enum import StrEnum
from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, Struct

from asithappened.core import limits
from asithappened.core.event_shape import (
    Erasable,
    EventShape,
    Instant,
    Link,
    Name,
    Names,
    PostId,
    PrintedRole,
    Reason,
    Slug,
    Subject,
    Title,
)

CueClass = Literal["assert", "claim", "deny", "confirm", "acknowledge", "accuse", "announce", "estimate"]
Channel = Literal[
    "telegram", "facebook", "x", "instagram", "youtube", "tiktok", "bluesky", "mastodon", "social", "tv", "radio",
    "podcast", "newspaper", "website", "blog", "email", "letter", "statement", "report", "daily_update",
    "press_release", "news_conference", "briefing", "speech", "interview", "video_address", "video",
    "phone_call", "text_message", "court", "parliament", "document", "satellite", "cctv", "survey", "other",
]  # fmt: skip
RelayMode = Literal["reports", "quotes", "told", "citing", "monitored"]
HedgeKind = Literal[
    "unverified", "unconfirmed", "purported", "reported", "claimed", "denied", "acknowledged", "confirmed",
    "not_claimed", "estimative",
]  # fmt: skip
Modifier = Literal["", "about", "nearly", "more_than", "up_to", "at_least", "only"]
FigureKind = Literal["count", "percent", "money", "measure", "multiple", "duration"]
Basis = Literal["stated", "silent"]
Quote = Literal["direct", "indirect", "mixed"]

RowId = PostId
Label = Annotated[str, Meta(max_length=limits.LABEL_CHARS)]
Said = Annotated[str, Meta(max_length=limits.STATEMENT_CHARS)]
Context = Annotated[str, Meta(max_length=limits.ANCHOR_CONTEXT)]
Offset = Annotated[int, Meta(ge=0, le=2**31)]

STATEMENT: Final = "statement"
SERIES: Final = "series"
CORRECTION: Final = "correction"
LEDGER: Final = (STATEMENT, SERIES, CORRECTION)
"""What the ledger's facts can be about (Subject.about)."""


class SourceKind(StrEnum):
    """What a source is. An anonymous one has only its printed description; who it is, is stored nowhere."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    MILITARY = "military"
    MEDIA = "media"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"
    IMAGERY = "imagery"
    CROWD = "crowd"


class Verification(StrEnum):
    """What the newsroom itself knows of a statement: never what the text says, nor whether a person accepted it."""

    UNCHECKED = "unchecked"
    CHECKING = "checking"
    CORROBORATED = "corroborated"
    VERIFIED = "verified"
    DISPUTED = "disputed"
    FALSE = "false"
    UNABLE_TO_VERIFY = "unable_to_verify"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"  # by whoever said it


class Policy(StrEnum):
    """Which of a series' values stands."""

    LATEST = "latest"
    RANGE = "range"  # all that differ, as from the lowest to the highest
    BY_SOURCE = "by_source"  # the latest of each source


class LedgerShape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The base of the pieces of a row."""


class Anchor(LedgerShape, frozen=True, kw_only=True):
    """The words of a post that a row rests on, by position and by quotation, like the W3C's Web Annotation selectors.

    `start`, `end`: code points in the text (ledger.views) of this `revision` of the post; `block`: the id of the block.
    `exact`: the words; `prefix`, `suffix`: the text around them.
    """

    post: PostId
    revision: Annotated[int, Meta(ge=1, le=2**31)] = 1
    block: Annotated[str, Meta(max_length=32)] = ""
    start: Offset = 0
    end: Offset = 0
    exact: Annotated[str, Meta(max_length=limits.ANCHOR_CHARS)] = ""
    prefix: Context = ""
    suffix: Context = ""


Anchors = Annotated[tuple[Anchor, ...], Meta(max_length=limits.ANCHORS)]


class SaidBy(LedgerShape, frozen=True, kw_only=True):
    """A source as it is printed. `source`: its id in the house's list, "" if it is not in it."""

    name: Name
    kind: SourceKind = SourceKind.PERSON
    role: PrintedRole = ""
    source: Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_-]*$(?!\n)")] = ""


class SaidOn(LedgerShape, frozen=True, kw_only=True):
    """Where something was said. `name`: which one, "Radio Mida"."""

    channel: Channel
    name: Title = ""
    url: Link = ""


class RelayedBy(LedgerShape, frozen=True, kw_only=True):
    """An outlet on whose word we have it."""

    outlet: Name
    mode: RelayMode = "reports"
    url: Link = ""


class CarriedFrom(LedgerShape, frozen=True, kw_only=True):
    """The live blog from which a row was carried over, which has its earlier history under the same id."""

    slug: Slug
    title: Title


class LedgerEvent(EventShape, frozen=True, kw_only=True):
    """A fact about a row of the ledger. It changes no post's fragment: posts show it in annotations."""


class StatementEvent(LedgerEvent, frozen=True, kw_only=True):
    """A fact about a statement."""

    statement: RowId

    @property
    def subject(self) -> Subject:
        return Subject(STATEMENT, self.statement)


class StatementRecorded(StatementEvent, frozen=True, kw_only=True):
    """A statement was recorded, or recorded again: carries all of it as it is from then on.

    `text`: what was said, as one sentence for readers. `by`: who; None if that is not certain. `relays`: on whose
    word we have it, the nearest to us first. `hedges`: how sure the text is. `stated_at`: when it was said, if known.
    `anchors`: where posts say it.
    """

    KIND = "statement.recorded"
    ERASABLE = Erasable.ALONE
    text: Said
    quote: Quote = "indirect"
    by: SaidBy | None = None
    cue: CueClass = "assert"
    on: SaidOn | None = None
    relays: Annotated[tuple[RelayedBy, ...], Meta(max_length=limits.RELAYS)] = ()
    hedges: Annotated[tuple[HedgeKind, ...], Meta(max_length=limits.HEDGES)] = ()
    stated_at: Instant | None = None
    anchors: Anchors = ()
    carried_from: CarriedFrom | None = None


class StatementAssessed(StatementEvent, frozen=True, kw_only=True):
    """The newsroom said what it knows of a statement. `note`: how it knows, for readers."""

    KIND = "statement.assessed"
    ERASABLE = Erasable.WITH_ALL
    status: Verification
    note: Reason = ""


class SeriesEvent(LedgerEvent, frozen=True, kw_only=True):
    """A fact about a series."""

    series: RowId

    @property
    def subject(self) -> Subject:
        return Subject(SERIES, self.series)


class SeriesRecorded(SeriesEvent, frozen=True, kw_only=True):
    """A series was recorded, or described again: carries all of its description; its values stay.

    `of`: figures, or states, whose values are words. `label`: what it is, for readers. For figures: what is `counted`
    ("people"), the `outcome` ("killed"), the `unit`, empty for a count.
    """

    KIND = "series.recorded"
    ERASABLE = Erasable.ALONE
    of: Literal["figure", "state"] = "figure"
    label: Label
    figure: FigureKind = "count"
    counted: Label = ""
    outcome: Label = ""
    unit: Label = ""
    places: Names = ()
    policy: Policy = Policy.LATEST
    carried_from: CarriedFrom | None = None


class SeriesMoved(SeriesEvent, frozen=True, kw_only=True):
    """A series has another value.

    For figures: `value`, and `low` and `high` if it is a range or a modifier makes it one. For states: `words`.
    `as_of`: since when it is so, if that is known. `by`: on whose word; `statement`: the row that says so. `basis`:
    "stated" if a text says that the figure moved, "silent" if it only has another one. If a value is recorded again,
    `place` is the seq of its first fact, by which it keeps its place, and `first_at` the time of that; 0 and None for a
    new value.
    """

    KIND = "series.moved"
    ERASABLE = Erasable.ALONE
    value: float | None = None
    low: float | None = None
    high: float | None = None
    modifier: Modifier = ""
    words: Label = ""
    as_of: Instant | None = None
    by: SaidBy | None = None
    statement: Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_-]*$(?!\n)")] = ""
    basis: Basis = "stated"
    anchors: Anchors = ()
    place: Annotated[int, Meta(ge=0, le=2**53)] = 0
    first_at: Instant | None = None


class SeriesValueRemoved(SeriesEvent, frozen=True, kw_only=True):
    """A value of a series was a mistake of ours; no response has it from now on. `value`: its fact's seq."""

    KIND = "series.value_removed"
    value: Annotated[int, Meta(ge=1, le=2**53)]


class CorrectionRecorded(LedgerEvent, frozen=True, kw_only=True):
    """The newsroom corrected itself: carries all of the correction as it is from then on.

    `of`: what was wrong, and `post` which post, if it was one. `was`: the wrong words. `now`: the right ones, empty
    if there are none. `reason`: why. `at`: when, if not the event's own time.
    """

    KIND = "correction.recorded"
    ERASABLE = Erasable.ALONE
    correction: RowId
    of: Literal["post", "headline", "standfirst"] = "post"
    post: Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_-]*$(?!\n)")] = ""
    was: Said
    now: Said = ""
    reason: Reason = ""
    at: Instant | None = None

    @property
    def subject(self) -> Subject:
        return Subject(CORRECTION, self.correction)


class LedgerRemoved(LedgerEvent, frozen=True, kw_only=True):
    """A row was taken back; no response has it from now on. It may be recorded again."""

    KIND = "ledger.removed"
    ERASABLE = Erasable.WITH_ALL
    of: Subject
    reason: Reason = ""

    @property
    def subject(self) -> Subject:
        return self.of


LedgerChange: TypeAlias = (
    StatementRecorded
    | StatementAssessed
    | SeriesRecorded
    | SeriesMoved
    | SeriesValueRemoved
    | CorrectionRecorded
    | LedgerRemoved
)
"""What can happen to the ledger."""
