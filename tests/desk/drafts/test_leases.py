"""Who is here and who edits what is seen by colleagues, ends by itself, and a take-over is told to who had the post."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asithappened.desk.drafts import leases, presence
from asithappened.desk.drafts.models import Lease, Notice, Presence
from asithappened.desk.drafts.presence import Tab

pytestmark = [pytest.mark.both, pytest.mark.django_db]

NOW = datetime(2026, 11, 3, 23, 0, tzinfo=UTC)
ANA, TOM = (Tab(blog=1, user=number, tab=f"tab-{name}", name=name) for number, name in ((1, "Ana"), (2, "Tom")))


def after(seconds: float) -> datetime:
    """Return an instant of the night."""
    return NOW + timedelta(seconds=seconds)


def holder(post: str, now: datetime) -> str:
    """Return who holds a post, as Ana sees it."""
    return next(
        (one.name for one in leases.held(Tab(blog=1, user=9, tab="tab-of-x", name=""), now) if one.post == post), ""
    )


def test_one_edits_a_post_until_it_is_given_back() -> None:
    assert leases.take(ANA, "p1", after(0))
    assert not leases.take(TOM, "p1", after(1))
    assert leases.take(TOM, "p2", after(1))
    [first, second] = leases.held(ANA, after(2))
    assert (first.post, first.name, first.mine, first.since) == ("p1", "Ana", True, after(0))
    assert (second.post, second.name, second.mine) == ("p2", "Tom", False)
    assert leases.take(ANA, "p1", after(3))
    assert leases.held(TOM, after(3))[0].since == after(0)
    leases.release(TOM, "p1")
    assert holder("p1", after(4)) == "Ana", "nobody gives back what another has"
    leases.release(ANA, "p1")
    assert leases.take(TOM, "p1", after(5))
    leases.release(TOM)
    assert leases.held(ANA, after(6)) == []
    assert leases.told(ANA, after(6), heard=0) == [], "nothing was taken from anybody"


def test_a_lease_ends_without_a_beat_and_goes_on_with_one() -> None:
    leases.take(ANA, "p1", after(0))
    leases.held(ANA, after(15))
    assert holder("p1", after(30)) == "Ana"
    assert not leases.take(TOM, "p1", after(34))
    assert holder("p1", after(36)) == ""
    assert leases.take(TOM, "p1", after(36))
    assert holder("p1", after(36)) == "Tom"
    [told] = leases.told(ANA, after(60), heard=0)
    assert (told.what, told.name) == ("taken", "Tom"), "she may come back, and thinks that it is hers"
    assert [one.mine for one in leases.held(ANA, after(40))] == [False]


def test_who_has_slept_through_it_has_it_again_if_nobody_else_does() -> None:
    leases.take(ANA, "p1", after(0))
    assert leases.held(ANA, after(600)) == []
    assert leases.take(ANA, "p1", after(600))
    assert holder("p1", after(601)) == "Ana"


def test_a_take_over_is_told_to_that_tab_once_and_again_until_it_has_heard() -> None:
    leases.take(ANA, "p1", after(0))
    assert leases.take(TOM, "p1", after(5), over=True)
    assert holder("p1", after(5)) == "Tom"
    [told] = leases.told(ANA, after(6), heard=0)
    assert (told.what, told.name, told.post, told.at) == ("taken", "Tom", "p1", after(5))
    assert leases.told(ANA, after(7), heard=0) == [told], "the answer may have been lost"
    assert leases.told(ANA, after(8), heard=told.pk) == []
    assert leases.told(ANA, after(9), heard=0) == []
    assert leases.told(TOM, after(9), heard=0) == []
    assert leases.told(Tab(blog=1, user=ANA.user, tab="tab-ana-2", name="Ana"), after(6), heard=0) == []


def test_who_takes_what_is_theirs_already_tells_nobody() -> None:
    leases.take(ANA, "p1", after(0))
    assert leases.take(ANA, "p1", after(1), over=True)
    assert leases.told(ANA, after(2), heard=0) == []


def test_who_asks_for_a_post_is_heard_once_however_often() -> None:
    leases.take(ANA, "p1", after(0))
    for second in range(1, 5):
        leases.ask(TOM, "p1", after(second))
    leases.ask(ANA, "p1", after(2))
    leases.ask(TOM, "p9", after(2))
    [told] = leases.told(ANA, after(6), heard=0)
    assert (told.what, told.name, told.at) == ("asked", "Tom", after(1))
    assert leases.told(ANA, after(7), heard=told.pk) == []
    leases.ask(TOM, "p1", after(60))
    assert len(leases.told(ANA, after(61), heard=told.pk)) == 1


def test_what_is_old_is_told_to_nobody_and_forgotten() -> None:
    leases.take(ANA, "p1", after(0))
    leases.take(TOM, "p1", after(1), over=True)
    presence.beat(ANA, at="p1", active=True, now=after(0))
    assert leases.told(ANA, after(presence.FORGOTTEN_S + 2), heard=0) == []
    presence.forget(after(presence.FORGOTTEN_S - 1))
    assert (Presence.objects.count(), Lease.objects.count(), Notice.objects.count()) == (1, 1, 1)
    presence.forget(after(presence.FORGOTTEN_S + 2))
    assert (Presence.objects.count(), Lease.objects.count(), Notice.objects.count()) == (0, 0, 0)


STEPS = st.lists(
    st.tuples(st.sampled_from(["take", "over", "beat", "release", "ask"]), st.integers(0, 2), st.integers(0, 25)),
    max_size=25,
)


@settings(max_examples=60)
@given(STEPS)
def test_a_post_is_never_edited_by_two_and_who_loses_it_is_told(steps: list[tuple[Any, ...]]) -> None:
    Lease.objects.all().delete()
    Notice.objects.all().delete()
    people = [Tab(blog=1, user=number, tab=f"tab-{number:04}", name=f"P{number}") for number in range(3)]
    had, clock, heard = None, 0, [0, 0, 0]
    for what, who, later in steps:
        clock += later
        tab, now = people[who], after(clock)
        match what:
            case "take":
                leases.take(tab, "p1", now)
            case "over":
                assert leases.take(tab, "p1", now, over=True)
            case "release":
                leases.release(tab, "p1")
            case "ask":
                leases.ask(tab, "p1", now)
            case _:
                pass  # time goes by
        holding = [one.mine for one in leases.held(tab, now)]
        assert len(holding) <= 1
        row = Lease.objects.first()
        has = row.user if row else None
        if had is not None and has is not None and has != had:
            told = leases.told(people[had], now, heard=heard[had])
            assert [one.what for one in told if one.what == "taken" and one.name == f"P{has}"] == ["taken"]
            heard[had] = told[-1].pk
        had = has
