"""A zone's short name means one offset to readers of the language, or it is not used."""

import unicodedata
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from asithappened.render.edition import Edition
from asithappened.render.times import moment
from asithappened.render.zones import zone_name

WINTER = datetime(2026, 1, 25, 14, 44, tzinfo=UTC)
SUMMER = datetime(2026, 7, 25, 14, 44, tzinfo=UTC)
ZONES = sorted(zone for zone in available_timezones() if zone not in ("localtime", "Factory"))
# Odd years: Britain was on summer time all through 1970, Moscow at +4 in 2012, Samoa west of the date line in 2010,
# Liberia 44 minutes and a half behind in 1950, and 1900 is local mean time, to the second.
_MONTHS = ((1900, 1), (1950, 1), (1970, 1), (1999, 7), (2010, 1), (2012, 7), (2026, 1), (2026, 7))
INSTANTS = [datetime(year, month, 25, 14, 44, tzinfo=UTC) for year, month in _MONTHS]


@pytest.mark.parametrize(
    ("language", "zone", "at", "clock"),
    [
        ("en", "Asia/Shanghai", WINTER, "22:44 GMT+8"),
        ("en", "America/Chicago", WINTER, "08:44 GMT-6"),
        ("en-US", "America/Chicago", WINTER, "8:44\u00a0AM CST"),
        ("en-IN", "Asia/Kolkata", WINTER, "8:14\u00a0pm IST"),
        ("en", "Asia/Kolkata", WINTER, "20:14 GMT+5:30"),
        ("en", "Asia/Jerusalem", WINTER, "16:44 GMT+2"),
        ("en", "Asia/Manila", WINTER, "22:44 GMT+8"),
        ("en-PH", "Asia/Manila", WINTER, "10:44\u00a0PM GMT+8"),
        ("en", "America/Havana", WINTER, "09:44 GMT-5"),
        ("en", "Europe/London", SUMMER, "15:44 BST"),
        ("en", "Asia/Dhaka", SUMMER, "20:44 GMT+6"),
        ("en", "Europe/London", datetime(1970, 1, 25, 14, 44, tzinfo=UTC), "15:44 BST"),
        ("en-IE", "Europe/Dublin", SUMMER, "15:44 IST"),
        ("en-IE", "Asia/Kolkata", SUMMER, "20:14 GMT+5:30"),
        ("en", "Europe/Dublin", SUMMER, "15:44 GMT+1"),
        ("de", "Europe/Berlin", WINTER, "15:44 MEZ"),
        ("fr", "Europe/Paris", WINTER, "15:44 CET"),
        ("fr", "Africa/Casablanca", WINTER, "15:44 UTC+1"),
        ("fr-CA", "America/Toronto", WINTER, "09 h 44 HNE"),
        ("en", "Australia/Sydney", WINTER, "01:44 GMT+11"),
        ("en-AU", "Australia/Sydney", WINTER, "1:44\u00a0am AEDT"),
        ("en", "America/Halifax", WINTER, "10:44 GMT-4"),
        ("en-CA", "America/Halifax", WINTER, "10:44\u00a0a.m. AST"),
        ("en", "Asia/Riyadh", WINTER, "17:44 GMT+3"),
        ("id", "Asia/Jakarta", WINTER, "21.44 WIB"),
        ("en", "Pacific/Chatham", WINTER, "04:29 GMT+13:45"),
        ("en", "Pacific/Marquesas", WINTER, "05:14 GMT-9:30"),
        ("ru", "Europe/Moscow", datetime(2012, 7, 25, 14, 44, tzinfo=UTC), "18:44 GMT+4"),
        ("fa", "Asia/Tehran", WINTER, "۱۸:۱۴ \u200e+۳:۳۰ گرینویچ"),
        ("he", "Asia/Jerusalem", WINTER, "16:44 GMT+2\u200e"),
    ],
)
def test_a_name_that_means_several_offsets_is_no_name(language: str, zone: str, at: datetime, clock: str) -> None:
    printed = moment(at, Edition(slug="s", language=language, zone=zone))
    assert printed is not None
    assert printed.clock == clock


NAMING = ("en_GB", "en_US", "en_AU", "en_IN", "en_CA", "de", "fr", "fr_CA", "es", "id", "pt_BR")


@pytest.mark.parametrize("language", NAMING)
def test_no_name_of_a_language_stands_for_two_offsets(language: str) -> None:
    locale, meant = Locale.parse(language), defaultdict(set)
    for zone in ZONES:
        for at in INSTANTS:
            local = at.astimezone(ZoneInfo(zone))
            meant[zone_name(local, zone, locale)].add(local.utcoffset())
    assert len(meant) > 100
    assert {name: offsets for name, offsets in meant.items() if len(offsets) > 1} == {}


def digits(text: str) -> str:
    """Return a text with every script's digits as Latin ones."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def offset_of(name: str) -> timedelta | None:
    """Read an offset as any language writes it; None for a name of letters only."""
    kept = "".join(char for char in digits(name) if char in "+-:0123456789")
    if not kept:
        return None
    sign = -1 if kept[0] == "-" else 1
    hours, minutes, seconds = (int(part) for part in (*kept[1:].split(":"), "0", "0")[:3])
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def test_the_offset_of_any_zone_in_any_language_reads_back() -> None:
    # Each of some thousand locales with another few of the zones, and each of those at another time.
    read = 0
    for at_locale, identifier in enumerate(sorted(locale_identifiers())):
        locale = Locale.parse(identifier)
        for at_zone, zone in enumerate(ZONES[at_locale % 60 :: 60]):
            at = INSTANTS[(at_locale + at_zone) % len(INSTANTS)]
            local = at.astimezone(ZoneInfo(zone))
            offset = offset_of(zone_name(local, zone, locale))
            assert offset in (None, local.utcoffset()), (identifier, zone, at)
            read += offset is not None
    assert read > 5000
