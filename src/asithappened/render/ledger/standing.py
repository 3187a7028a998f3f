"""Decides a statement's standing, which readers see as a word, and a row's section in the list.

Owns the table of docs/ledger.md. The newsroom's verification comes first; without one the standing follows from how the
statement was made. That a person accepted the row is no standing, because every row here was accepted.
"""

from enum import StrEnum
from typing import Final, assert_never

from asithappened.core.ledger_events import CORRECTION, Verification
from asithappened.core.ledger_state import Correction, Row, Series, Statement
from asithappened.render.wording import gettext as _


class Standing(StrEnum):
    """In the order of a page's sections."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    DISPUTED = "disputed"
    DENIED = "denied"
    NOT_VERIFIED = "not_verified"
    FALSE = "false"
    WITHDRAWN = "withdrawn"


_KNOWN: Final = {
    Verification.VERIFIED: Standing.CONFIRMED,
    Verification.CORROBORATED: Standing.REPORTED,
    Verification.SUPERSEDED: Standing.REPORTED,
    Verification.DISPUTED: Standing.DISPUTED,
    Verification.UNABLE_TO_VERIFY: Standing.NOT_VERIFIED,
    Verification.FALSE: Standing.FALSE,
    Verification.WITHDRAWN: Standing.WITHDRAWN,
}


def standing(statement: Statement) -> Standing:
    """Return a statement's standing."""
    if statement.assessments and (known := _KNOWN.get(statement.status)):
        return known
    return Standing.DENIED if statement.cue == "deny" or "denied" in statement.hedges else Standing.REPORTED


def readable(row: Row) -> bool:
    """Return whether readers may read a row; it has no words between an erasure and the next recording."""
    words = row.text if isinstance(row, Statement) else row.label if isinstance(row, Series) else row.was
    return row.visible and bool(words)


def section_of(row: Row) -> str:
    """Return a row's section (published.layout) in the list; "" for none."""
    if not readable(row):
        return ""
    match row:
        case Statement():
            return standing(row).value
        case Series():
            return row.of if row.values else ""
        case Correction():
            return CORRECTION
        case _:
            assert_never(row)


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
