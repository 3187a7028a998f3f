"""Times in print: the blog's zone, named, with the offset of that day."""

from datetime import UTC, datetime

import pytest

from asithappened.render.edition import Edition
from asithappened.render.times import moment, zoned_iso

WINTER = datetime(2026, 1, 4, 14, 1, tzinfo=UTC)
SUMMER = datetime(2026, 7, 4, 14, 1, tzinfo=UTC)


def edition(language: str, zone: str) -> Edition:
    """Return an edition of no blog in particular."""
    return Edition(slug="s", language=language, zone=zone)


@pytest.mark.parametrize(
    ("language", "zone", "at", "clock"),
    [
        ("en", "Europe/London", WINTER, "14:01 GMT"),
        ("en", "Europe/London", SUMMER, "15:01 BST"),
        ("en", "UTC", WINTER, "14:01 UTC"),
        ("en", "America/New_York", SUMMER, "10:01 EDT"),
        ("en-US", "America/New_York", WINTER, "9:01\u00a0AM EST"),
        ("en", "Asia/Kolkata", WINTER, "19:31 IST"),
        ("en", "Asia/Kathmandu", WINTER, "19:46 GMT+5:45"),
        ("de", "Europe/Berlin", SUMMER, "16:01 MESZ"),
        ("de", "Europe/Athens", WINTER, "16:01 OEZ"),
        ("en", "America/Sao_Paulo", WINTER, "11:01 GMT-3"),
    ],
)
def test_a_time_names_its_zone_as_it_was_on_that_day(language: str, zone: str, at: datetime, clock: str) -> None:
    printed = moment(at, edition(language, zone))
    assert printed is not None
    assert printed.clock == clock


def test_days_are_those_of_the_blogs_zone() -> None:
    late = datetime(2026, 1, 4, 23, 30, tzinfo=UTC)
    printed = moment(late, edition("de", "Europe/Berlin"))
    assert printed is not None
    assert (printed.long_day, printed.iso) == ("5. Januar 2026", "2026-01-04T23:30:00Z")
    assert zoned_iso(late, edition("de", "Europe/Berlin")) == "2026-01-05T00:30:00+01:00"


def test_an_unknown_time_stays_unknown() -> None:
    assert moment(None, edition("en", "UTC")) is None


@pytest.mark.parametrize("language", ["en-GB-oxendict", "zh-Hant-TW", "xx", "abcdefgh-1", "iw"])
def test_any_language_tag_that_a_blog_may_have_prints_something(language: str) -> None:
    assert moment(WINTER, edition(language, "UTC")) is not None
