"""Our own suggesters, in the order in which they are heard where two are as sure.

Owns the list. Look next: `suggester` for what one is.
"""

from typing import Final

from asithappened.ledger.attribution import Attributions
from asithappened.ledger.figures import Figures
from asithappened.ledger.hedges import Hedges
from asithappened.ledger.places import Places
from asithappened.ledger.repetition import Repetitions
from asithappened.ledger.revisions import Revisions
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
