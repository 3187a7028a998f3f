"""The archive has each public live blog on the days on which it ran, in its own zone, and in their months and years."""

from datetime import UTC, date, datetime

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.core.state import BlogState, Status
from asithappened.front.archive import consume as archive
from asithappened.log import follow
from asithappened.published.models import Document
from tests.front.told import opened, told

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def state(opened_at: datetime | None, closed_at: datetime | None = None, zone: str = "UTC") -> BlogState:
    return BlogState(
        slug="a", title="A", seq=1, zone=zone, status=Status.CLOSED, opened_at=opened_at, closed_at=closed_at
    )


def test_a_live_blog_stands_on_every_day_on_which_it_ran_where_it_was() -> None:
    late = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    assert archive.days_of(state(late, datetime(2026, 2, 2, 1, tzinfo=UTC))) == [
        date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 2),
    ]  # fmt: skip
    assert archive.days_of(state(late, zone="Asia/Tokyo")) == [date(2026, 2, 1)]
    assert archive.days_of(state(None)) == []
    assert len(archive.days_of(state(late, datetime(2027, 1, 1, tzinfo=UTC)))) == archive.MOST_DAYS
    assert archive.days_of(state(late, datetime(2025, 1, 1, tzinfo=UTC))) == [date(2026, 1, 31)], (
        "a clock that was wrong"
    )


def test_years_months_and_days_lead_to_it_and_it_leaves_all_of_them_at_once() -> None:
    dated = e.BlogDated(opened_at=datetime(2014, 3, 4, 9, tzinfo=UTC))
    storm = press.publish(
        None,
        [e.BlogOpened(slug="storm", title="Storm <b>", audience=e.Audience.EVERYONE), e.BlogClosed(), dated],
        origin=e.Origin.IMPORT,
    ).blog
    opened("secret", audience=e.Audience.MEMBERS)
    follow.catch_up(archive)
    paths = ("/archive/2014/", "/archive/2014/03/", "/archive/2014/03/04/")
    assert told("/archive/") == ['<li><a href="/archive/2014/">2014</a></li>']
    assert all("Storm &lt;b&gt;" in told(path)[0] for path in paths)
    assert Document.objects.filter(path="/archive/2014/12/").exists(), "every month of a year has a calendar"
    press.publish(storm, [e.BlogTakenDown(reason="A court's order")])
    assert not any(told(path) for path in ("/archive/", *paths))
