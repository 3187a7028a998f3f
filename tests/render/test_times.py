"""Times in print: the blog's zone, named, with the offset of that day."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from babel import localedata
from babel.localedata import locale_identifiers

from asithappened.render import times
from asithappened.render.edition import Edition, locale_of
from asithappened.render.times import Moment, moment, zoned_iso

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
        ("en", "America/New_York", SUMMER, "10:01 GMT-4"),
        ("en-US", "America/New_York", WINTER, "9:01\u00a0AM EST"),
        ("en", "Asia/Kolkata", WINTER, "19:31 GMT+5:30"),
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
    assert (printed.full, printed.iso) == ("5. Januar 2026, 00:30 MEZ", "2026-01-04T23:30:00Z")
    assert zoned_iso(late, edition("de", "Europe/Berlin")) == "2026-01-05T00:30:00+01:00"


def test_an_unknown_time_stays_unknown() -> None:
    assert moment(None, edition("en", "UTC")) is None


def test_a_date_is_wholly_in_the_blogs_language_even_where_the_interface_is_not() -> None:
    printed = moment(WINTER, edition("fa", "Asia/Tehran"))
    assert printed is not None
    assert printed.full == "۴ ژانویهٔ ۲۰۲۶،\u200f ۱۷:۳۱ \u200e+۳:۳۰ گرینویچ"


# A language in ten, another tenth for each part: all of them are read in `make walk`.
@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.data) for part in range(1, 10))])
def test_the_clock_reads_back_in_every_language(part: int) -> None:
    for at_locale, identifier in list(enumerate(sorted(locale_identifiers())))[part::10]:
        at = WINTER + timedelta(minutes=61 * at_locale)
        printed, half_a_day_on = (
            moment(then, edition(identifier.replace("_", "-"), "UTC")) for then in (at, at + timedelta(hours=12))
        )
        assert printed is not None
        assert half_a_day_on is not None
        hour, minute = (
            int("".join(str(unicodedata.decimal(digit)) for digit in number))
            for number in re.findall(r"\d+", printed.time)
        )
        assert (hour % 12, minute) == (at.hour % 12, at.minute), identifier
        assert printed.time != half_a_day_on.time, identifier


@pytest.mark.data
def test_what_was_printed_before_changes_no_date() -> None:
    languages = [tag.replace("_", "-") for tag in sorted(locale_identifiers())][::3]

    def printed(language: str) -> Moment | None:
        times._printed_moment.cache_clear()
        return moment(WINTER, edition(language, "UTC"))

    def alone(language: str) -> Moment | None:
        locale_of.cache_clear()
        localedata._cache.clear()  # as in a process that has printed nothing yet
        return printed(language)

    last = ("ckb", "ckb-IR", "gsw", "vai-Latn", "zh-Hant-TW")
    expected = {language: alone(language) for language in last}
    localedata._cache.clear()
    for language in languages:
        printed(language)
    assert {language: printed(language) for language in last} == expected
