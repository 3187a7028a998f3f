"""A typed time is what the clock on the wall there says; one that it skips or says twice is asked about."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from asithappened.desk.forms import moments

ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "UTC",
         "Asia/Kolkata", "Pacific/Apia", "America/St_Johns", "Africa/Casablanca", "Pacific/Chatham")  # fmt: skip
QUARTERS = st.integers(0, 27 * 365 * 96).map(lambda n: local("2010-01-01 00:00") + timedelta(minutes=15 * n))


def local(at: str) -> datetime:
    """Return a time of no zone."""
    return datetime.fromisoformat(at)


def near_a_change(zone: str, year: int) -> list[datetime]:
    """Return local times around each change of a zone's clocks in a year."""
    tz, found = ZoneInfo(zone), []
    for hour in range(366 * 24):
        at = datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
        if at.astimezone(tz).utcoffset() != (at + timedelta(hours=1)).astimezone(tz).utcoffset():
            there = at.astimezone(tz).replace(tzinfo=None, minute=0)
            found += [there + timedelta(minutes=30 * n) for n in range(-4, 8)]
    return found


def check(at_: datetime, zone: str) -> None:
    """Say what the law says of a local time, by counting the instants that show it there."""
    tz = ZoneInfo(zone)
    around = at_.replace(tzinfo=UTC)
    steps = (around + timedelta(minutes=15 * n) for n in range(-4 * 27, 4 * 27))
    meant = [at for at in steps if at.astimezone(tz).replace(tzinfo=None, fold=0) == at_]
    typed = f"{at_:%Y-%m-%dT%H:%M}"
    if len(meant) == 1:
        assert moments.instant(typed, zone) == meant[0]
        return
    with pytest.raises(moments.NotOneTime) as asked:
        moments.instant(typed, zone)
    offers = [offer.astimezone(UTC) for offer in asked.value.offers]
    assert asked.value.skipped is (not meant)
    assert offers[0] < offers[1]
    if meant:
        assert offers == meant
    for offer, said in zip(offers, asked.value.offers, strict=True):  # and whichever is chosen is taken as it is
        assert moments.instant(said.isoformat(), zone) == offer


@given(QUARTERS, st.sampled_from(ZONES))
@example(local("2026-03-29 02:30"), "Europe/Berlin")
@example(local("2026-10-25 02:30"), "Europe/Berlin")
@example(local("2011-12-30 12:00"), "Pacific/Apia")  # a day that was not
def test_a_typed_time_is_the_one_instant_that_shows_it_or_is_asked_about(at: datetime, zone: str) -> None:
    check(at, zone)


@pytest.mark.parametrize("zone", ZONES)
def test_it_is_so_across_every_change_of_the_clocks(zone: str) -> None:
    for at in near_a_change(zone, 2026):
        check(at, zone)


@pytest.mark.parametrize("typed", [
    "", "soon", "18:00", "2026-11-26", "2026-13-01 06:00", "2026-02-30 06:00", "2026-11-26 25:00", "26.11.2026 06:00",
    "2026-11-26 06:00+99:00", "0001-01-01 06:00", "2026-11-26 06:00 tomorrow",
])  # fmt: skip
def test_what_is_no_time_is_not_taken_for_one(typed: str) -> None:
    with pytest.raises(moments.CannotRead):
        moments.instant(typed, "Europe/London")


def test_an_offset_says_which_instant_whatever_the_zone() -> None:
    for typed in ("2026-11-26T06:00+01:00", "2026-11-26 06:00 +0100", "2026-11-26 05:00Z", "2026-11-26 05:00 UTC"):
        assert moments.instant(typed, "America/New_York") == datetime(2026, 11, 26, 5, tzinfo=UTC)
