"""What changed in a live blog's ledger, the texts that may still say the old thing, and what is found in them.

Owns plain shapes, so that whoever keeps series, corrections and posts connects them in a few lines. Offsets are code
points of a text's own words (`views.PostView.text`). Look next: `sweep` for the finding.
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

    Of a figure: `value`; `low`, `high` where it is a range, else left out; `modifier`. Of a state: `words` ("closed"),
    which of a figure are how it was printed, or empty. `since`: when it was first held, if that is known.
    """

    value: float = 0.0
    low: float | None = None
    high: float | None = None
    modifier: Modifier = ""
    words: str = ""
    since: datetime | None = None

    @property
    def bottom(self) -> float:
        """Return the lowest that it means."""
        return self.value if self.low is None else self.low

    @property
    def top(self) -> float:
        """Return the highest that it means."""
        return self.value if self.high is None else self.high


class Moved(Struct, frozen=True, kw_only=True):
    """A series of figures, at its newest value. `old`: the values before it, none of which stands any more.

    `unit` as in `suggestions.Figure`; `places`: where those counted are, empty for anywhere. Where each source has a
    value of its own, that is one of these for each.
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
    """A state at its newest value ("over"). `label`: what is on or off ("air alert", "Lenn Bridge")."""

    key: str
    label: str
    places: tuple[str, ...] = ()
    old: tuple[Value, ...] = ()
    new: Value


class Corrected(Struct, frozen=True, kw_only=True):
    """Words that were wrong, and the right ones. `sentence`: what they stood in, wrong, where that is known.

    A word or a number alone says little: without its sentence every text that has it is found.
    """

    key: str
    was: str
    now: str
    sentence: str = ""
    since: datetime | None = None


Change = Moved | Switched | Corrected


class Text(Struct, frozen=True, kw_only=True):
    """A text of a live blog that readers have: a post, a headline, an alert that was sent.

    `key`: what the caller knows it by ("post:01J…"). `view`: its words (`views.of_post`, or `views.of_text` for plain
    ones). `at`: when it was published or sent, which dates are counted from; None if nobody knows.
    """

    key: str
    view: PostView
    place: Place = "post"
    at: datetime | None = None


def plain(key: str, words: str, *, place: Place = "other", at: datetime | None = None) -> Text:
    """Return plain words as a text, their offsets kept."""
    return Text(key=key, view=views.of_text(words), place=place, at=at)


class Stale(Struct, frozen=True, kw_only=True):
    """A place in a text that says what no longer stands, as if it did.

    `text`, `change`: their keys. `start`, `end`, `exact`: the words to replace, `replacement` those to put there.
    `sentence` begins at `sentence_start`. `asserts`: "superseded", an older value or the wrong words; "differs", a
    value that the series never had. `says`, `stands`: both in words ("63 killed", "89"), for a person.
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
