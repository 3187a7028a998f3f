"""Where a wrong value stands, for who asks whether it is of the same: its part, sentence and title.

Owns this record. Look next: `wrong_values`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.stale.around import Spot
from asithappened.ledger.views import PartView


class Standing(NamedTuple):
    """A spot in sentence `number` of a part. `over`: stems of its text's title; `top`: it is in a headline or the like;
    `titled`: its text is about what the error was about.
    """

    part: PartView
    sentences: Sequence[Sentence]
    number: int
    spot: Spot
    over: frozenset[str]
    top: bool
    titled: bool

    @property
    def sentence(self) -> Sentence:
        return self.sentences[self.number]
