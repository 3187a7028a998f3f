"""What the items of a list share: an outcome, and the noun that only the last of them has."""

import pytest

from tests.ledger.reading_text import figures


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("12 tanks, 30 lorries and two bridges were destroyed.", ["destroyed"] * 3),
        ("The blast killed 12 soldiers and nine civilians.", ["killed", "killed"]),
        ("Ten men were hurt, and 12 women and three children killed.", ["injured", "killed", "killed"]),
        ("There was one death and 432 new cases.", ["killed", ""]),
        ("12 men were hurt. Nine women sang.", ["injured", ""]),
        ("12 men died in two cars.", ["killed", ""]),
    ],
)
def test_an_outcome_is_that_of_every_item_of_its_list(text: str, outcomes: list[str]) -> None:
    assert [one.outcome for one in figures(text)] == outcomes


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("218 in Mida, 61 in Kern, and the remaining 191 cases are in Porth.", ["cases", "cases", "cases"]),
        ("It had 63 in Mida. The other 12 boats sank.", ["", "boats"]),
        ("It fell by 63, and another 12 boats sank.", ["", "boats"]),
    ],
)
def test_the_noun_of_the_rest_is_that_of_the_items_before_it(text: str, counted: list[str]) -> None:
    assert [one.counted for one in figures(text)] == counted
