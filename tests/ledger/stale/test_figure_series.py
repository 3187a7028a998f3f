"""How a series is recognised: by its outcome as somebody typed it, and whether it is a forecast."""

import pytest

from asithappened.ledger.changes import Moved, Value
from asithappened.ledger.stale.figure_series import series
from tests.ledger.sweeping import stale

TYPED = Moved(key="typed", label="Homes in the valley", counted="homes", outcome="flooded",
              old=(Value(value=340),), new=Value(value=520))  # fmt: skip
PROJECTED = Moved(key="projected", label="Seats projected for Labour", counted="seats",
                  old=(Value(value=240),), new=Value(value=251))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words", "listed"),
    [
        (TYPED, "Some 340 homes have been flooded.", True),
        (TYPED, "Some 340 homes have been destroyed.", False),
        (PROJECTED, "Labour is projected to win 240 seats.", True),
        (PROJECTED, "Labour will have 240 of the 650 seats.", True),
        (PROJECTED, "Labour could win 240 seats.", False),
    ],
)
def test_a_series_is_told_by_its_outcome_and_a_forecast_by_its_label(change: Moved, words: str, listed: bool) -> None:
    assert bool(stale(words, change)) == listed


def test_an_outcome_that_no_list_has_is_a_word_of_the_label() -> None:
    one = Moved(key="v", label="Cats", counted="cats", outcome="microchipped", new=Value(value=3))
    assert series(one, "en").outcome == ""
    assert "micro" in series(one, "en").words
