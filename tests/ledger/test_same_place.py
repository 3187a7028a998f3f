"""Whether a sentence is about another place than a series."""

import pytest

from tests.ledger.sweeping import stale


@pytest.mark.parametrize(
    "words",
    [
        "In Bristol, 63 people were killed.",
        "A fire broke out in Bristol. 63 people were killed.",
        "Bristol: 63 people were killed.",
    ],
)
def test_what_is_said_of_another_place_is_not_listed(words: str) -> None:
    assert stale(words) == []


def test_a_sentence_without_a_place_is_about_what_was_spoken_of_before() -> None:
    assert len(stale("A shaft fell in at Hollin. 63 people were killed.")) == 1
