"""Who is here is seen by colleagues, by name and place, and ends by itself."""

import pytest

from asithappened.desk.drafts import presence
from asithappened.desk.drafts.presence import Tab
from tests.desk.drafts.test_leases import ANA, TOM, after

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_who_is_here_is_seen_by_name_and_place_until_they_are_not() -> None:
    presence.beat(ANA, at="p1", active=True, now=after(0))
    [ana, tom] = presence.beat(TOM, at="", active=True, now=after(1))
    assert (ana.name, ana.at, ana.since, ana.away) == ("Ana", "p1", after(0), False)
    assert (tom.name, tom.at) == ("Tom", "")
    presence.beat(ANA, at="p1", active=True, now=after(5))
    assert presence.here(1, after(6))[0].since == after(0), "since when she is there, and not since she last said so"
    assert presence.beat(ANA, at="new", active=True, now=after(8))[0].since == after(8)
    assert [one.name for one in presence.here(1, after(21.5))] == ["Ana"]
    assert presence.here(1, after(30)) == []
    assert presence.here(2, after(8)) == [], "of another live blog"


def test_a_tab_out_of_view_is_away_and_stays_for_longer() -> None:
    presence.beat(ANA, at="p1", active=False, now=after(0))
    assert [one.away for one in presence.here(1, after(60))] == [True]
    assert presence.here(1, after(presence.AWAY_S + 1)) == []


def test_a_person_with_several_tabs_is_one_person() -> None:
    other = Tab(blog=1, user=ANA.user, tab="tab-ana-2", name="Ana")
    presence.beat(ANA, at="p1", active=True, now=after(0))
    [ana] = presence.beat(other, at="", active=True, now=after(1))
    assert ana.at == "p1"
    [ana] = presence.beat(ANA, at="p1", active=False, now=after(2))
    assert (ana.at, ana.away) == ("", False)
    presence.leave(other)
    [ana] = presence.here(1, after(2))
    assert (ana.at, ana.away) == ("p1", True)
    presence.leave(ANA)
    assert presence.here(1, after(2)) == []
