"""A time of day is read however it is printed, and a number that counts something is none."""

import pytest

from asithappened.ledger.language.clock_times import clock_times
from asithappened.ledger.language.tokens import read


def times(words: str, language: str) -> list[list[str]]:
    found = clock_times(read(words).tokens, language)
    return [[f"{minutes // 60}:{minutes % 60:02}" for minutes in sorted(one.minutes)] for one in found]


@pytest.mark.parametrize(
    ("language", "words", "read_as"),
    [
        ("en", "at 2pm", ["14:00"]),
        ("en", "2.30 p.m.", ["14:30"]),
        ("en", "half past two", ["2:30", "14:30"]),
        ("en", "a quarter to nine tonight", ["20:45"]),
        ("en", "until nine in the evening", ["21:00"]),
        ("en", "12.15am", ["0:15"]),
        ("en", "from noon", ["12:00"]),
        ("en", "by midnight", ["0:00"]),
        ("de", "um 14 Uhr", ["14:00"]),
        ("de", "halb drei", ["2:30", "14:30"]),
        ("de", "acht Uhr abends", ["20:00"]),
        ("de", "Viertel nach acht", ["8:15", "20:15"]),
        ("de", "um Mitternacht", ["0:00"]),
        ("es", "a las 14.00", ["14:00"]),
        ("es", "a las dos de la tarde", ["14:00"]),
        ("es", "las dos y media", ["2:30", "14:30"]),
        ("es", "las ocho menos cuarto", ["7:45", "19:45"]),
        ("es", "a medianoche", ["0:00"]),
    ],
)
def test_a_time_of_day_is_read(language: str, words: str, read_as: list[str]) -> None:
    assert times(words, language) == [read_as]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "At 24, Boone is the youngest."),
        ("en", "12.5 per cent of two to nine"),
        ("en", "at nine hospitals"),
        ("de", "am 14. Mai"),
        ("es", "las dos mujeres y las 14 víctimas"),
    ],
)
def test_a_number_that_counts_something_is_no_time(language: str, words: str) -> None:
    assert times(words, language) == []
