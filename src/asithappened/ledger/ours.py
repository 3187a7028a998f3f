"""Our own suggesters, in the order in which they are heard where two are as sure.

Owns the list. Look next: `suggester` for what one is.
"""

from typing import Final

from asithappened.ledger.amounts.figures import Figures
from asithappened.ledger.amounts.revisions import Revisions
from asithappened.ledger.geography.places import Places
from asithappened.ledger.repetition import Repetitions
from asithappened.ledger.speech.attribution import Attributions
from asithappened.ledger.speech.hedges import Hedges
from asithappened.ledger.states import States
from asithappened.ledger.suggester import Suggester

OURS: Final[tuple[Suggester, ...]] = (
    Attributions(),
    Hedges(),
    Figures(),
    Revisions(),
    States(),
    Places(),
    Repetitions(),
)
