"""What can be suggested of a post's words: a closed set of kinds, each with spans of that revision's text.

Owns the shapes and their values. `start`, `end`: code points in the post's text (`views`); `exact`: what stands there.
Names from PARC and PolNeAR (source, cue, content) and UCDP (low, high). Says nothing of how one is found.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from asithappened.core.ledger_events import Basis, Channel, CueClass, FigureKind, HedgeKind, Modifier, Quote, RelayMode

PlaceRole = Literal["event", "origin", "metonym", "reference"]
Relation = Literal["restates", "updates", "contradicts", "differs"]
Confidence = Annotated[int, Meta(ge=0, le=100)]


class Suggestion(Struct, frozen=True, kw_only=True, tag_field="kind", tag=str.lower, forbid_unknown_fields=True):
    """What every kind says: where it stands, how sure the rule is, and which rule made it ("figures.counted")."""

    post: int
    start: int
    end: int
    exact: str
    confidence: Confidence
    rule: str


class Relay(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An outlet on whose word we have it. `start`, `end`: where its name stands. In order from the nearest to us."""

    outlet: str
    mode: RelayMode
    start: int
    end: int


class Attribution(Suggestion, frozen=True, kw_only=True):
    """Somebody's words. The span is what was said (content).

    `source`: the speaker's name, resolved ("Kyrylo Budanov" for "he"), empty where it is not certain; `source_start`,
    `source_end`: the words as printed, both 0 where none are. `cue`: what makes it an attribution ("told"), both 0 and
    empty where structure does. `quote`: how the words are given.
    """

    source: str = ""
    source_start: int = 0
    source_end: int = 0
    source_exact: str = ""
    cue: str = ""
    cue_start: int = 0
    cue_end: int = 0
    cue_class: CueClass = "assert"
    quote: Quote = "indirect"
    channel: Channel | Literal[""] = ""
    relays: tuple[Relay, ...] = ()


class Hedge(Suggestion, frozen=True, kw_only=True):
    """How sure the text itself is. The span is the words that say so."""

    hedge: HedgeKind


class Figure(Suggestion, frozen=True, kw_only=True):
    """A number and what it counts. The span: modifier, number, unit. `counted`: what is counted, as printed.

    `value`: as printed, words read and scaled ("2.5m" is 2,500,000); `low`, `high`: what is meant where that is a range
    or a modifier says so, else both the value. `unit`: "%", "km", "USD" …, empty for a count. `outcome`: what became of
    the counted ("killed"), empty where nothing did.
    """

    figure: FigureKind = "count"
    value: float
    low: float
    high: float
    modifier: Modifier = ""
    unit: str = ""
    counted: str = ""
    counted_start: int = 0
    counted_end: int = 0
    outcome: str = ""


class Place(Suggestion, frozen=True, kw_only=True):
    """A place. `name`: its usual spelling ("Makiivka" for Makiyivka)."""

    name: str
    role: PlaceRole


class Repetition(Suggestion, frozen=True, kw_only=True):
    """Words that stand in an older post too, there at `other_start` to `other_end`. `differs`: what is new in these."""

    other_post: int
    other_start: int
    other_end: int
    relation: Relation
    score: Annotated[float, Meta(ge=0, le=1)]
    differs: tuple[str, ...] = ()


class Revision(Suggestion, frozen=True, kw_only=True):
    """A figure that moved, from `old` to `new`. The span is the new figure's; `other_…` where the old one stands.

    `basis`: "stated" only where the text itself says that it moved; two posts that differ are "silent", never revised.
    """

    old: float
    new: float
    basis: Basis
    counted: str = ""
    outcome: str = ""
    places: tuple[str, ...] = ()
    other_post: int = 0
    other_start: int = 0
    other_end: int = 0


class State(Suggestion, frozen=True, kw_only=True):
    """Something that is on or over, open or closed: a series whose values are words."""

    label: str
    value: str
    places: tuple[str, ...] = ()


AnySuggestion = Attribution | Hedge | Figure | Place | Repetition | Revision | State
