"""Puts a statement's standing (core.standing) and its number of sources into words.

Look next: `core.standing`, which decides it.
"""

from typing import assert_never

from asithappened.core.ledger_events import Verification
from asithappened.core.ledger_state import Statement
from asithappened.core.standing import Standing
from asithappened.render.wording import gettext as _


def in_words(stands: Standing) -> str:
    """Return the word for a standing. Call inside `edition.speaking()`."""
    match stands:
        case Standing.CONFIRMED:
            return _("Confirmed by us")
        case Standing.REPORTED:
            return _("Reported")
        case Standing.DISPUTED:
            return _("Disputed")
        case Standing.DENIED:
            return _("Denied")
        case Standing.NOT_VERIFIED:
            return _("Could not be verified")
        case Standing.FALSE:
            return _("False")
        case Standing.WITHDRAWN:
            return _("Withdrawn by its source")
        case _:
            assert_never(stands)


def sources(statement: Statement) -> str:
    """Return how many sources a statement has, or that it was superseded. Call inside `edition.speaking()`.

    A chain of outlets counts as one source, because each cites the next.
    """
    if statement.status is Verification.SUPERSEDED:
        return _("since superseded")
    if statement.status is Verification.CORROBORATED:
        return _("more than one source")
    return _("one source") if statement.by else _("source not named")
