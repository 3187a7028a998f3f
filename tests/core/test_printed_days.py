"""Promises of `core.printed_days`: an unambiguous day is read, and no other."""

from datetime import date

import pytest

from asithappened.core.printed_days import printed_day


@pytest.mark.parametrize(
    "words",
    [
        "03, Jun, 2023 @5:26 PM",
        "3 June 2023",
        "June 3, 2023",
        "Jun 3, 2023, 17:26",
        "2023-06-03",
        "03 Jun 2023 @ 5:26 pm",
        "June 3, 2023, 05:26 PM GMT+0",
    ],
)
def test_a_day_is_read_as_its_source_prints_it(words: str) -> None:
    assert printed_day(words) == date(2023, 6, 3)


@pytest.mark.parametrize(
    "words", ["03/06/2023", "31 June 2023", "June 2023", "Yesterday", "", "3 June 2023 or so", "3 Juni 2023", "5:26 PM"]
)
def test_what_leaves_a_doubt_is_no_day(words: str) -> None:
    assert printed_day(words) is None
