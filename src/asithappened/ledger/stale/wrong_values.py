"""An error that can be printed in many ways: a date, an age, an amount or a nationality.

Owns telling which of them it is. Each finds where it is printed, and says whether it is of the same person or thing.
Look next: `wrong_dates`, `wrong_ages`, `wrong_amounts`, `wrong_lands`; `sweep_words`.
"""

from asithappened.ledger.changes import Corrected
from asithappened.ledger.stale import wrong_ages, wrong_amounts, wrong_dates, wrong_lands
from asithappened.ledger.stale.wrong_ages import Age
from asithappened.ledger.stale.wrong_amounts import Amount
from asithappened.ledger.stale.wrong_dates import Date
from asithappened.ledger.stale.wrong_lands import Nationality

Value = Date | Age | Amount | Nationality


def value(
    corrected: Corrected, names: frozenset[str], about: frozenset[str], beside: frozenset[str], language: str
) -> Value | None:
    """Return what was wrong as a value, None where it was none. `names`, `about`, `beside`: stems of its sentence."""
    return (
        wrong_dates.date(corrected, names, about, language)
        or wrong_ages.age(corrected, names, about, language)
        or wrong_lands.nationality(corrected, names, about, beside, language)
        or wrong_amounts.amount(corrected, names, about, language)
    )
