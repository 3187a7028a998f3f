"""An error that is a value is known to be one, by itself and by its sentence."""

import pytest

from asithappened.ledger.changes import Corrected
from asithappened.ledger.stale.wrong_ages import Age
from asithappened.ledger.stale.wrong_amounts import Amount
from asithappened.ledger.stale.wrong_dates import Date
from asithappened.ledger.stale.wrong_lands import Nationality
from asithappened.ledger.stale.wrong_values import Value, value

NONE = frozenset[str]()


@pytest.mark.parametrize(
    ("was", "now", "sentence", "kind"),
    [
        ("3 June", "13 June", "The fares rise on 3 June.", Date),
        ("24", "42", "Ann Voss, 24, has won.", Age),
        ("24", "42", "The 24-year-old has won.", Age),
        ("24 miles", "42 miles", "The boat is 24 miles away.", Amount),
        ("6-3", "5-4", "The court ruled 6-3.", Amount),
        ("Dutch", "Danish", "The Dutch sailor is safe.", Nationality),
    ],
)
def test_a_wrong_value_is_known(was: str, now: str, sentence: str, kind: type[Value]) -> None:
    one = value(Corrected(key="v", was=was, now=now, sentence=sentence), NONE, NONE, NONE, "en")
    assert isinstance(one, kind)


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [("Voss", "Foss", "Ann Voss has won."), ("arson", "theft", "He is charged with arson.")],
)
def test_other_errors_are_no_values(was: str, now: str, sentence: str) -> None:
    assert value(Corrected(key="v", was=was, now=now, sentence=sentence), NONE, NONE, NONE, "en") is None
