"""Promises of telling counts: roughly, nothing of a few, and of the hours that were asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from asithappened.delivery.readership import HOUR_S, OTHERS, Count
from asithappened.jobs.clock import CLOCK
from asithappened.readership import keeping, models, reading

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 12, 14, 20, tzinfo=UTC)
HOUR = int(NOW.timestamp() // HOUR_S)
BLOG = 7


@pytest.fixture(autouse=True)
def then(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    del settings
    monkeypatch.setattr(CLOCK, "now", lambda: NOW)
    monkeypatch.setattr(keeping, "key_events", lambda blog, posts: set(posts))


def at_once(**by_hour: int) -> None:
    models.Count.objects.bulk_create(
        models.Count(blog=BLOG, hour=HOUR - int(ago[1:]), kind="at once", key="", n=n) for ago, n in by_hour.items()
    )


@pytest.mark.parametrize(
    ("n", "told"), [(0, 0), (1, 0), (9, 0), (10, 10), (99, 99), (104, 100), (105, 110), (999, 1000), (12_345, 12_000)]
)
def test_a_count_is_told_in_two_digits_and_below_ten_not_at_all(n: int, told: int) -> None:
    assert reading.rounded(n) == told


def test_of_a_live_blog_that_nobody_counted_there_is_nothing_to_tell() -> None:
    assert reading.told(BLOG) is None


def test_an_hour_in_which_nobody_read_stands_between_the_others() -> None:
    at_once(h3=123, h1=9, h0=47)
    told = reading.told(BLOG)
    assert told is not None
    assert [(at.hour, n) for at, n in told.hours] == [(11, 120), (12, 0), (13, 0), (14, 47)]
    assert (told.most, told.most_at) == (120, datetime(2026, 11, 12, 11, tzinfo=UTC))


def test_no_more_hours_are_told_than_a_page_shows() -> None:
    at_once(h500=50, h0=47)
    told = reading.told(BLOG)
    assert told is not None
    assert len(told.hours) == reading.SHOWN_HOURS
    assert told.most == 50


def test_who_came_down_to_the_tenth_post_came_down_to_the_fifth() -> None:
    keeping.keep({Count(BLOG, HOUR, "read", step): n for step, n in (("0", 20), ("1", 30), ("10", 41), ("50", 9))})
    told = reading.told(BLOG)
    assert told is not None
    assert told.left == 100
    assert told.read == ((1, 80), (5, 50), (10, 50), (25, 0), (50, 0))


def test_a_host_that_few_came_from_is_one_of_the_others() -> None:
    said = {"search.example": 31, "small.example": 9, "one.example": 1, OTHERS: 2, "": 44}
    keeping.keep(
        {Count(BLOG, HOUR, "from", host): n for host, n in said.items()} | {Count(BLOG, HOUR, "read", "1"): 87}
    )
    told = reading.told(BLOG)
    assert told is not None
    assert (told.hosts, told.others, told.nowhere) == ((("search.example", 31),), 12, 44)


def test_a_shift_is_told_of_its_own_hours() -> None:
    keeping.keep({Count(BLOG, HOUR - 9, "read", "1"): 500, Count(BLOG, HOUR, "read", "1"): 20})
    keeping.keep({Count(BLOG, HOUR, "opened", "breach"): 12, Count(BLOG, HOUR, "opened", "flood"): 3})
    told = reading.told(BLOG, since=NOW - timedelta(hours=8))
    assert told is not None
    assert told.left == 20
    assert told.opened == (("breach", 12), ("flood", 0))
    assert told.hours == ()
