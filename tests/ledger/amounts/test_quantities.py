"""What belongs to one quantity: ranges, shares, and the words that say how exact a number is."""

import pytest

from tests.ledger.reading_text import figures


@pytest.mark.parametrize(
    ("text", "exact", "value", "unit"),
    [
        ("Twice as many boats sailed.", "Twice", 2, ""),
        ("Cases rose at three times the rate of March.", "three times", 3, ""),
        ("Nine in 10 voters agreed.", "Nine in 10", 0.9, ""),
        ("One in 16 voters agreed.", "One in 16", 0.0625, ""),
        ("One out of every five wells is dry.", "One out of every five", 0.2, ""),
        ("About eight of 10 pupils passed.", "About eight of 10", 0.8, ""),
        ("Two of nine boats sank.", "Two", 2, ""),
        ("Less than half of 1% were hurt.", "Less than half of 1%", 0.5, "%"),
        ("The error is plus or minus 4%.", "4%", 4, "%"),
    ],
)
def test_a_share_and_a_comparison_are_one_quantity(text: str, exact: str, value: float, unit: str) -> None:
    found = figures(text)
    assert found, text
    assert (found[0].exact, found[0].unit) == (exact, unit)
    assert found[0].value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Between 20 and 30 people came.", 20, 30, ""),
        ("It takes 12 to 15 hours.", 12, 15, "hours"),
        ("Prices rose 10-15%.", 10, 15, "%"),
        ("Five or six shots were heard.", 5, 6, ""),
        ("It may cost between £2m and £3m.", 2e6, 3e6, "GBP"),
        ("It needs 2-3 million doses.", 2e6, 3e6, ""),
    ],
)
def test_a_range_is_one_figure_with_both_ends(text: str, low: float, high: float, unit: str) -> None:
    (one,) = figures(text)
    assert (one.low, one.high, one.value, one.unit) == (low, high, low, unit)


def test_a_change_from_one_number_to_another_is_two_figures() -> None:
    assert [one.value for one in figures("The toll rose from 6 to 8 overnight.")] == [6, 8]
    assert [one.value for one in figures("Gold rose $5.40 to $1,325, and shares fell 3p to 240p.")] == [
        5.4, 1325, 3, 240,
    ]  # fmt: skip
    assert [one.low for one in figures("It rose 5 to 6 per cent. It costs $5 to $6.")] == [5, 5]


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("About 200 people marched.", "about"),
        ("Nearly 200 people marched.", "nearly"),
        ("More than 200 people marched.", "more_than"),
        ("Up to 200 people marched.", "up_to"),
        ("At least 200 people marched.", "at_least"),
        ("Only 200 people marched.", "only"),
        ("A crowd of 200 or so marched.", "about"),
        ("200 or more people marched.", "at_least"),
        ("The 200 people marched.", ""),
    ],
)
def test_a_modifier_says_how_exactly_a_figure_is_meant(text: str, modifier: str) -> None:
    (one,) = figures(text)
    assert one.modifier == modifier
    assert one.low == one.high == 200


def test_a_unit_that_stands_once_is_that_of_a_whole_list() -> None:
    assert [one.unit for one in figures("It met after 15, 30 and 45 days.")] == ["days"] * 3
    assert [one.unit for one in figures("It rose from 5 to 10%.")] == ["%", "%"]
    assert [one.value for one in figures("It rose from 2 to 3 million.")] == [2e6, 3e6]
    assert [one.unit for one in figures("In 2013, 30% came.")] == ["%"]
    assert [one.unit for one in figures("It closed down 28, or 0.5%, at noon.")] == ["", "%"]
