"""The shapes of a sweep: changes of a live blog's ledger, texts that may still say the old thing, and places that do.

Owns these plain shapes, so that the desk, which stores series, corrections and posts, needs few lines to connect them.
Offsets are code points of a text (`views.PostView.text`). Look next: `sweep`.
"""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from asithappened.ledger import views
from asithappened.ledger.suggestions import Confidence, FigureKind, Modifier
from asithappened.ledger.views import PostView

Place = Literal["post", "summary", "key_event", "headline", "standfirst", "caption", "card", "alert", "other"]
Assertion = Literal["superseded", "differs"]


class Value(Struct, frozen=True, kw_only=True):
    """A value that a series has or had.

    A figure has `value`, `modifier`, and `low` and `high` if it is a range; its `words` are how it was printed, or "".
    A state has `words` ("closed"). `since`: since when the series has this value, if that is known.
    """

    value: float = 0.0
    low: float | None = None
    high: float | None = None
    modifier: Modifier = ""
    words: str = ""
    since: datetime | None = None

    @property
    def bottom(self) -> float:
        """Return the lowest number that it may mean."""
        return self.value if self.low is None else self.low

    @property
    def top(self) -> float:
        """Return the highest number that it may mean."""
        return self.value if self.high is None else self.high


class Moved(Struct, frozen=True, kw_only=True):
    """A series of figures, at its newest value. `old`: its earlier values, none of which holds any more.

    `unit` as in `suggestions.Figure`; `places`: where the counted are, empty for anywhere. If each source has a value
    of its own, there is one of these for each source.
    """

    key: str
    label: str
    figure: FigureKind = "count"
    unit: str = ""
    counted: str = ""
    outcome: str = ""
    places: tuple[str, ...] = ()
    old: tuple[Value, ...] = ()
    new: Value


class Switched(Struct, frozen=True, kw_only=True):
    """A state at its newest value ("over"). `label`: the thing whose state it is ("air alert", "Lenn Bridge")."""

    key: str
    label: str
    places: tuple[str, ...] = ()
    old: tuple[Value, ...] = ()
    new: Value


class Corrected(Struct, frozen=True, kw_only=True):
    """Words that were wrong, and the right ones. `sentence`: the one that contained the error, if it is known.

    A single word or number says little: without its sentence, every text that contains it is found.
    """

    key: str
    was: str
    now: str
    sentence: str = ""
    since: datetime | None = None


Change = Moved | Switched | Corrected


class Text(Struct, frozen=True, kw_only=True):
    """A text of a live blog that readers have: a post, a headline, an alert that was sent.

    `key`: the caller's name for it ("post:01J…"). `view`: its words (`views.of_post`, or `views.of_text` for plain
    ones). `at`: when it was published or sent, by which dates in it are understood; None if that is unknown.
    """

    key: str
    view: PostView
    place: Place = "post"
    at: datetime | None = None


def plain(key: str, words: str, *, place: Place = "other", at: datetime | None = None) -> Text:
    """Return plain words as a text with the same offsets."""
    return Text(key=key, view=views.of_text(words), place=place, at=at)


class Stale(Struct, frozen=True, kw_only=True):
    """A place in a text that asserts something that no longer holds.

    `text`, `change`: their keys. `start`, `end`, `exact`: the words to replace; `replacement`: the words to put there.
    `sentence` begins at `sentence_start`. `asserts`: "superseded", an older value or the wrong words; "differs", a
    value that the series never had. `says`, `stands`: the asserted and the present value in words ("63 killed", "89"),
    for a person.
    """

    text: str
    change: str
    start: int
    end: int
    exact: str
    sentence: str
    sentence_start: int
    asserts: Assertion = "superseded"
    says: str
    stands: str
    replacement: str
    confidence: Confidence
    rule: str
