"""An author's page has their posts in public live blogs, newest first, and who they are, until it is taken back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.front.authors import consume as authors
from asithappened.log import follow
from tests.front.told import opened, told

pytestmark = [pytest.mark.both, pytest.mark.django_db]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def post(id_: str, minute: int = 0, by: tuple[str, ...] = ("Ada Fox",), **more: Any) -> e.PostPublished:
    at = NOON + timedelta(minutes=minute)
    return e.PostPublished(post=id_, title=f"Title of {id_}", bylines=by, published_at=at, **more)


def followed(path: str = "/authors/ada-fox/") -> list[str]:
    follow.catch_up(authors)
    return told(path)


def titles(entries: list[str]) -> list[str]:
    return [entry.partition("Title of ")[2].partition("<")[0] for entry in entries]


def test_posts_of_all_live_blogs_stand_newest_first_with_whose_they_are() -> None:
    storm, flood = opened("storm", post("a"), post("b", 5)), opened("flood", post("c", 3, ("Tom", "Ada Fox")))
    opened("secret", post("x"), audience=e.Audience.MEMBERS)
    assert titles(followed()) == ["b", "c", "a"]
    assert ">Flood<" in told("/authors/tom/")[0]
    press.publish(storm, [post("d", 9)])
    press.publish(storm, [e.PostRevised(post="b", title="Title of better", bylines=("Tom",), published_at=NOON)])
    assert titles(followed()) == ["d", "c", "a"], "an edit may say that somebody else wrote it"
    assert "better" in titles(told("/authors/tom/"))
    press.publish(flood, [e.BlogDescribed(title="Deluge", language="en", zone="UTC")])
    assert ">Deluge<" in followed("/authors/tom/")[0]


def test_what_is_taken_back_is_gone_before_anybody_follows() -> None:
    storm = opened("storm", post("a"), post("b", 5))
    followed()
    press.publish(storm, [e.PostWithdrawn(post="b")])
    assert titles(told("/authors/ada-fox/")) == ["a"]
    assert titles(followed()) == ["a"]
    press.publish(storm, [e.AudienceSet(audience=e.Audience.MEMBERS)])
    assert told("/authors/ada-fox/") == []
    assert followed() == []


def test_who_somebody_is_is_told_once_as_the_newest_live_blog_has_it() -> None:
    def described(blog: int, role: str) -> None:
        press.publish(blog, [e.ContributorDescribed(name="Ada Fox", role=role)])

    joined = e.ContributorJoined(name="Ada Fox")
    storm, flood = opened("storm", joined, post("a")), opened("flood", joined, post("b"))
    described(storm, "Reporter")
    assert "Reporter" in followed()[0]
    described(flood, "Editor")
    assert ("Editor" in followed()[0], "Reporter" in "".join(told("/authors/ada-fox/"))) == (True, False)
    described(storm, "Chief reporter")
    assert len([entry for entry in followed() if "profile-of" in entry]) == 1
