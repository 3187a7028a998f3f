"""Promises of counting votes: as many of an address as may be, and after a day nothing of any address."""

from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from asithappened.jobs.clock import CLOCK
from asithappened.polls import counting
from asithappened.polls.models import Count, Day, Voted
from tests.polls.newsroom import asked

pytestmark = pytest.mark.django_db


def vote(blog: int, option: str = "yes") -> bool:
    """Vote from one address."""
    return counting.vote(blog, post="p1", poll="dyke", option=option, network="203.0.113.7")


def test_a_newsroom_may_give_an_address_more_votes_than_one(settings: Settings) -> None:
    settings.POLL_VOTES = 2
    blog = asked()
    assert [vote(blog) for _ in range(3)] == [True, True, False]
    assert counting.votes(blog, post="p1", poll="dyke") == {"yes": 2}


def test_nothing_that_is_kept_says_whose_vote_it_was_and_after_a_day_nothing_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blog = asked()
    vote(blog)
    with connection.cursor() as cursor:
        for table in (Voted, Count, Day):
            cursor.execute(f"SELECT * FROM {table._meta.db_table}")
            assert "203.0.113" not in str(cursor.fetchall())
    keys = {bytes(one.key) for one in Day.objects.all()}
    tomorrow = CLOCK.now() + timedelta(days=1)
    monkeypatch.setattr(CLOCK, "now", lambda: tomorrow)
    assert vote(blog)  # a new day, whether the worker has been or not
    assert Voted.objects.count() == 1
    assert not keys & {bytes(one.key) for one in Day.objects.all()}
    later = tomorrow + timedelta(days=1)
    monkeypatch.setattr(CLOCK, "now", lambda: later)
    counting.forget()
    assert not Voted.objects.exists()
    assert not Day.objects.exists()
    assert Count.objects.get().votes == 2
