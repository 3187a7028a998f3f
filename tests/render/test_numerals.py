"""The digits that a live blog is printed with are those of its language, for the server and for the browser."""

import unicodedata
from datetime import UTC, datetime

import pytest

from asithappened.render.edition import Edition
from asithappened.render.times import moment


def edition(language: str, zone: str) -> Edition:
    """Return an edition of no blog in particular."""
    return Edition(slug="s", language=language, zone=zone)


@pytest.mark.parametrize(
    ("language", "zone", "clock"),
    [
        ("fa", "Asia/Tehran", "۱۸:۱۴"),
        ("ps", "Asia/Kabul", "۱۹:۱۴"),
        ("bn", "Asia/Dhaka", "৮:৪৪ PM"),
        ("ne", "Asia/Kathmandu", "२०:२९"),
        ("mr", "Asia/Kolkata", "८:१४ PM"),
        ("my", "Asia/Yangon", "၂၁:၁၄"),
        ("ckb", "Asia/Baghdad", "٥:٤٤ د.ن"),
        ("ar", "Asia/Riyadh", "5:44 م"),
        ("ar-EG", "Africa/Cairo", "٤:٤٤ م"),
        ("ur", "Asia/Karachi", "7:44 PM"),
        ("hi", "Asia/Kolkata", "8:14 pm"),
    ],
)
def test_times_and_days_are_in_the_digits_of_the_language(language: str, zone: str, clock: str) -> None:
    printed = moment(datetime(2026, 11, 25, 14, 44, tzinfo=UTC), edition(language, zone))
    assert printed is not None
    assert printed.time.replace("\u00a0", " ") == clock
    assert len({ord(char) - unicodedata.decimal(char) for char in printed.full if char.isdecimal()}) == 1
