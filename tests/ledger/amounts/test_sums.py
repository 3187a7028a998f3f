"""Which words are added up to one number, and which begin another."""

import pytest

from asithappened.ledger.amounts.sums import Sum
from tests.ledger.reading_text import numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sixty-three", 63),
        ("two hundred and five", 205),
        ("twelve hundred", 1200),
        ("three hundred thousand", 300_000),
        ("two thousand five hundred", 2500),
        ("two and a half", 2.5),
        ("two and a half million", 2.5e6),
        ("a million and a half", 1.5e6),
        ("three dozen", 36),
    ],
)
def test_words_of_one_number_are_added_up(text: str, value: float) -> None:
    (number,) = numbers(text)
    assert number.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("two, three and four", [2, 3, 4]),
        ("between two and twenty", [2, 20]),
        ("five six", [5, 6]),
        ("63 and 89", [63, 89]),
        ("twenty five-year plans", [25]),
        ("sixty 5", [60, 5]),
    ],
)
def test_two_numbers_are_not_taken_for_one(text: str, values: list[float]) -> None:
    assert [number.value for number in numbers(text)] == values


def test_a_word_that_cannot_follow_is_not_taken_and_changes_nothing() -> None:
    made = Sum()
    assert made.take("number", 20)
    assert not made.take("number", 20)
    assert made.take("number", 3)
    assert not made.take("digits", 5)
    assert made.value == 23
