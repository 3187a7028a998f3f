"""Decides a statement's standing, which readers see as a word, and a row's section in the list of all.

Owns the table of docs/ledger.md. The newsroom's verification comes first; without one the standing follows from how the
statement was made. That a person accepted the row is no standing, because every row here was accepted.
"""

from enum import StrEnum
from typing import Final, assert_never

from asithappened.core.ledger_events import CORRECTION, Verification
from asithappened.core.ledger_state import Correction, Row, Series, Statement


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
