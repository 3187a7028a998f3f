"""The values of numbers, in digits and in words."""

import pytest

from asithappened.ledger.amounts.numbers import worth
from tests.ledger.reading_text import numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("63", 63),
        ("1,234", 1234),
        ("12,345,678.5", 12_345_678.5),
        ("2.5m", 2.5e6),
        ("2.9 mln", 2.9e6),
        ("£3bn", 3e9),
        ("45k", 45_000),
        ("10 000", 10_000),
        ("2½", 2.5),
        ("nineteen", 19),
        ("one million", 1e6),
        ("half a million", 5e5),
        ("a quarter of a million", 2.5e5),
        ("one-and-a-half", 1.5),
        ("half a dozen", 6),
        ("two-thirds", 2 / 3),
        ("three quarters", 0.75),
    ],
)
def test_a_number_is_worth_what_it_says(text: str, value: float) -> None:
    (number,) = numbers(text)
    assert number.value == pytest.approx(value)


@pytest.mark.parametrize("text", ["1.2.3", "10:30", "4,5", "1,2345", "9" * 30, "12,34,567"])
def test_digits_that_are_no_one_number_are_worth_nothing(text: str) -> None:
    assert worth(text, "point") is None


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "1.234,5", 1234.5),
        ("de", "dreiundsechzig", 63),
        ("de", "zweihundertfünfzig", 250),
        ("de", "fünf Millionen", 5e6),
        ("de", "2,5 Mrd", 2.5e9),
        ("de", "3,5 Mio. Euro", 3.5e6),
        ("de", "siebzehn Komma vier", 17.4),
        ("de", "drei Komma zwei fünf Millionen", 3.25e6),
        ("de", "ein halbes Dutzend", 6),
        ("de", "viereinhalb", 4.5),
        ("es", "1.234,5", 1234.5),
        ("es", "dos coma cuatro millones", 2.4e6),
        ("es", "una treintena", 30),
        ("es", "medio centenar", 50),
        ("es", "un millar", 1000),
        ("es", "sesenta y tres", 63),
        ("es", "dos mil quinientos", 2500),
        ("es", "medio millón", 5e5),
        ("es", "cinco millones", 5e6),
    ],
)
def test_german_and_spanish_write_numbers_otherwise(language: str, text: str, value: float) -> None:
    (number,) = numbers(text, language)
    assert number.value == pytest.approx(value)
