"""Promises of related coverage by itself: what is about the same stands there, as it is now, and nothing else."""

from typing import Any

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.log import follow
from asithappened.published.layout import related_path
from asithappened.published.models import Document, Entry
from asithappened.search import consume as index
from asithappened.search.related import consume as related

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def opened(slug: str, title: str, *tags: str, origin: e.Origin = e.Origin.LIVE, **fields: Any) -> int:
    about = {"title": title, "tags": tags, "audience": e.Audience.EVERYONE} | fields
    return press.publish(None, [e.BlogOpened(slug=slug, **about)], origin=origin).blog


def work() -> None:
    """Do what the worker does."""
    for follower in (index, related):
        follow.catch_up(follower)


def shown(blog: int) -> list[str]:
    return [state.slug for state in related.shown(blog)]


def entries(blog: int) -> str:
    """Return the bytes of what stands there."""
    found = Entry.objects.filter(document__in=Document.objects.filter(path=related_path(blog)).values("pk"))
    return b"".join(bytes(one.data) for one in found.order_by("-rank")).decode()


def storm_and_floods() -> tuple[int, int]:
    storm = opened("storm", "Storm Isolde reaches the coast", "Weather", standfirst="A red warning.")
    floods = opened("floods", "Floods after Isolde", "Weather")
    opened("strike", "Rail strike", "Transport")
    work()
    return storm, floods


def test_an_old_live_blog_leads_on_to_a_new_one_and_back() -> None:
    storm, floods = storm_and_floods()
    assert (shown(storm), shown(floods)) == (["floods"], ["storm"])
    press.publish(storm, [e.BlogClosed()])
    third = opened("aftermath", "Isolde: the aftermath on the coast", "Weather")
    work()
    assert set(shown(storm)) == {"aftermath", "floods"}
    assert set(shown(third)) == {"storm", "floods"}


def test_it_stands_there_with_headline_standfirst_who_covers_it_and_when_it_began_and_every_word_is_escaped() -> None:
    storm, floods = storm_and_floods()
    press.publish(storm, [e.ContributorJoined(name="Ada <b>Fox"), e.ContributorJoined(name="Ines Faro")])
    work()
    said = entries(floods)
    assert '<a href="/live/storm/">Storm Isolde reaches the coast</a>' in said
    assert all(one in said for one in ("A red warning.", "Ada &lt;b&gt;Fox, Ines Faro", "<time datetime="))


def test_what_is_said_of_another_one_anew_is_said_of_it_there() -> None:
    storm, floods = storm_and_floods()
    described = e.BlogDescribed(title="Isolde leaves the coast", language="en", zone="UTC", tags=("Weather",))
    press.publish(storm, [described])
    work()
    assert "Isolde leaves the coast" in entries(floods)


TAKEN: dict[str, e.Event] = {
    "for members": e.AudienceSet(audience=e.Audience.MEMBERS),
    "for nobody": e.AudienceSet(audience=e.Audience.NOBODY),
    "taken down": e.BlogTakenDown(reason="x"),
    "renamed": e.BlogRenamed(slug="elsewhere"),
}


@pytest.mark.parametrize("how", TAKEN)
def test_what_is_taken_back_stands_there_no_more_from_the_answer_on(how: str) -> None:
    storm, floods = storm_and_floods()
    press.publish(floods, [TAKEN[how]])
    assert entries(storm) == ""
    work()
    assert shown(storm) == (["elsewhere"] if how == "renamed" else [])


def test_a_rehearsal_and_a_replay_stand_nowhere_and_have_nothing_beside_them() -> None:
    storm = opened("storm", "Storm Isolde reaches the coast", "Weather")
    rehearsal = opened("rehearsal", "Storm Isolde reaches the coast", "Weather", audience=e.Audience.NOBODY)
    replay = opened("again", "Storm Isolde reaches the coast", "Weather", origin=e.Origin.REPLAY)
    work()
    assert [shown(one) for one in (storm, rehearsal, replay)] == [[], [], []]
    press.publish(rehearsal, [e.AudienceSet(audience=e.Audience.EVERYONE)])
    work()
    assert (shown(storm), shown(rehearsal)) == (["rehearsal"], ["storm"])


def test_it_is_found_anew_as_the_live_blog_grows_by_its_key_events() -> None:
    opened("levees", "Levees of Port Tavell break")
    storm = opened("storm", "Storm Isolde")
    work()
    assert shown(storm) == []
    told = e.PostPublished(post="k", title="Levees break in Port Tavell", kind=e.PostKind.KEY_EVENT)
    press.publish(storm, [told])
    work()
    assert shown(storm) == [], "not with every fact"
    press.publish(storm, [e.PostPublished(post=f"p{n}", title="More") for n in range(related.EVERY)])
    work()
    assert shown(storm) == ["levees"]


def test_a_live_blog_that_wants_none_has_none_until_it_wants_some_and_others_may_have_it() -> None:
    storm, floods = storm_and_floods()
    related.want(storm, False)
    assert (shown(storm), related.is_wanted(storm), shown(floods)) == ([], False, ["storm"])
    press.publish(storm, [e.ContributorJoined(name="Ada")])
    work()
    assert shown(storm) == []
    related.want(storm, True)
    assert (shown(storm), related.is_wanted(storm)) == (["floods"], True)


def test_a_list_that_stays_as_it_is_changes_no_version() -> None:
    storm, _ = storm_and_floods()
    before = Document.objects.get(path=related_path(storm)).version
    press.publish(storm, [e.ContributorJoined(name="Ada")])
    work()
    assert Document.objects.get(path=related_path(storm)).version == before
