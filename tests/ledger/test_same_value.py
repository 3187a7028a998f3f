"""Whether a printed figure is an old value of a series or its newest, by its modifier and its rounding."""

import pytest

from asithappened.ledger.changes import Moved, Value
from tests.ledger.sweeping import stale


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("At least 63 miners were killed.", True),  # what was known then, though 89 are at least 63 too
        ("More than 60 miners were killed.", True),
        ("About 60 miners were killed.", True),
        ("More than 80 miners were killed.", False),
        ("Nearly 90 miners were killed.", False),
        ("More than 20 miners were killed.", False),
    ],
)
def test_a_round_number_is_listed_where_it_rounds_the_old_value_and_not_the_newest(words: str, listed: bool) -> None:
    assert bool(stale(words)) == listed


def test_a_value_within_a_range_that_stands_is_not_listed() -> None:
    ranged = Moved(key="r", label="Miners killed", counted="miners", outcome="killed", old=(Value(value=63),),
                   new=Value(value=65, low=60, high=70))  # fmt: skip
    assert stale("63 miners were killed.", ranged) == []
