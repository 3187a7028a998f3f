"""After a clock was set back, no new post goes below an old one, and each prints the time of the clock."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from asithappened import press
from asithappened.core import body, fold
from asithappened.core import events as e
from asithappened.log import read

pytestmark = [pytest.mark.both, pytest.mark.django_db]
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def publish(blog: int, id_: str, *, at: datetime | None = None, origin: e.Origin = e.Origin.LIVE) -> None:
    """Publish a post, as of now unless another time is said."""
    doc = body.with_ids(body.Doc(content=(body.paragraph(id_),)), seed=id_)
    event = e.PostPublished(post=id_, body=doc, published_at=at or datetime.now(UTC))
    press.publish(blog, [event], origin=origin)


def opened() -> int:
    """Open a live blog."""
    return press.publish(None, [e.BlogOpened(slug="clock", title="A day")]).blog


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(hours=1), timedelta(days=400)])
def test_posts_stand_in_the_order_in_which_they_were_published_whatever_the_clock_did(back: timedelta) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        blog = opened()
        publish(blog, "a")
        publish(blog, "b")
        clock.move_to(NOON - back)
        publish(blog, "c")
        publish(blog, "d")
        clock.move_to(NOON + timedelta(hours=2))
        publish(blog, "e")
    posts = read.posts(blog)
    assert [post.id for post in posts] == ["e", "d", "c", "b", "a"]
    assert [post.published_at for post in posts][1:3] == [NOON - back, NOON - back]
    state = fold.fold(read.facts(blog))
    assert {post.id: post.position for post in posts} == {id_: post.position for id_, post in state.posts.items()}
    before = [(post.id, post.order) for post in posts]
    press.rebuild(blog)
    assert [(post.id, post.order) for post in read.posts(blog)] == before


def test_several_posts_of_one_append_stay_in_their_order_above_all_others() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        blog = opened()
        publish(blog, "a")
        clock.move_to(NOON - timedelta(hours=1))
        docs = {id_: body.with_ids(body.Doc(content=(body.paragraph(id_),)), seed=id_) for id_ in "bcd"}
        press.publish(blog, [e.PostPublished(post=id_, body=doc) for id_, doc in docs.items()])
    assert [post.id for post in read.posts(blog)] == ["d", "c", "b", "a"]


def test_a_post_of_another_time_keeps_its_place_by_that_time() -> None:
    blog = opened()
    publish(blog, "now")
    publish(blog, "typed", at=NOON - timedelta(days=3))
    publish(blog, "brought", at=datetime.now(UTC) - timedelta(seconds=30), origin=e.Origin.IMPORT)
    assert [post.id for post in read.posts(blog)] == ["now", "brought", "typed"]
