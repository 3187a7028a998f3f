"""Which unit belongs to a number, and how it is written."""

import pytest

from tests.ledger.reading_text import figures


@pytest.mark.parametrize(
    ("text", "exact", "value", "unit"),
    [
        ("Output grew (+0.2%).", "0.2%", 0.2, "%"),
        ("Output fell (-5.8%).", "-5.8%", -5.8, "%"),
        ("A bill of £3bn is due.", "£3bn", 3e9, "GBP"),
        ("Tickets cost $45.10 each.", "$45.10", 45.10, "USD"),
        ("It fetched A$12 million.", "A$12 million", 12e6, "AUD"),
        ("It fetched 12 million euros.", "12 million euros", 12e6, "EUR"),
        ("It costs 75p.", "75p", 75, "pence"),
        ("Turnout was 61.4 per cent.", "61.4 per cent", 61.4, "%"),
        ("Rates fell 25 basis points.", "25 basis points", 25, "basis points"),
        ("It gained three percentage points.", "three percentage points", 3, "percentage points"),
        ("Gusts of 90mph are forecast.", "90mph", 90, "mph"),
        ("The front is 12.5km away.", "12.5km", 12.5, "km"),
        ("Waves 7m high hit the pier.", "7m", 7, "m"),
        ("It was minus 6C at dawn.", "minus 6C", -6, "C"),
        ("He was held for six months.", "six months", 6, "months"),
        ("A 16-day strike ended.", "16-day", 16, "days"),
        ("It has rained for ten consecutive days.", "ten consecutive days", 10, "days"),
        ("They waited half an hour.", "half an hour", 0.5, "hours"),
        ("The index rose 23 points as markets opened.", "23 points", 23, "points"),
        ("It is five years' work for 12,000 hands.", "five years", 5, "years"),
        ("The shed is 30m (98ft) wide.", "30m", 30, "m"),
        ("She won the 100m in record time.", "100m", 100, "m"),
        ("It went on for 15-plus years.", "15-plus years", 15, "years"),
        ("It is 38 degrees Celsius.", "38 degrees Celsius", 38, "C"),
        ("It lost 300 million Hong Kong dollars.", "300 million Hong Kong dollars", 3e8, "HKD"),
        ("More than 3in of rain fell.", "More than 3in", 3, "inches"),
        ("A 25-basis-point cut is due.", "25-basis-point", 25, "basis points"),
    ],
)
def test_a_unit_stands_before_or_behind_its_number_and_is_kept_by_one_name(
    text: str, exact: str, value: float, unit: str
) -> None:
    found = figures(text)
    assert found, text
    assert (found[0].exact, found[0].unit) == (exact, unit)
    assert found[0].value == pytest.approx(value)
