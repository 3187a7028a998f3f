"""A wrong age is found where somebody is called by it, and the same number of anything else is not."""

import pytest

from asithappened.ledger.changes import Corrected
from tests.ledger.sweeping import stale

AGE = Corrected(
    key="a", was="24", now="34", sentence="Tyler Boone, 24, was found on the second floor shortly before midnight."
)


@pytest.mark.parametrize(
    "words",
    [
        "At 24, Boone is the youngest to die.",
        "Boone grew up here. The 24-year-old leaves a wife, Kayla.",
        "Firefighter identified as Tyler Boone, 24",
    ],
)
def test_a_wrong_age_is_found(words: str) -> None:
    assert [one.exact for one in stale(words, AGE)] == ["24"]


@pytest.mark.parametrize(
    "words",
    [
        "Boone’s name is the 24th on the wall.",
        "Luis Arce, 24, is in hospital. He knew Boone.",
        "Boone fought 24 fires.",
    ],
)
def test_the_same_number_of_something_else_is_not_listed(words: str) -> None:
    assert stale(words, AGE) == []
