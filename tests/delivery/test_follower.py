"""docs/delivery.md is complete: a client that was written from it alone ends up with the contents of a fresh page."""

import random
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest

from asithappened import press
from asithappened.core import events as e
from scenarios.follower import Follower, Post
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served, until

pytestmark = pytest.mark.both


@pytest.fixture
def annotated(settings: Any) -> None:
    """Have posts say something in one another's slots."""
    settings.PAGE_PARTS = (*settings.PAGE_PARTS, "tests.press.annotating.PARTS")


@pytest.fixture
def covered(database: object, annotated: None) -> Blog:
    """Return a live blog with sixty posts, more than the page holds."""
    del database, annotated
    return Blog.opened(posts=60)


@pytest.fixture
def follower(site: Served, covered: Blog) -> Iterator[Follower]:
    """A client that follows it by stream."""
    made = Follower(f"http://127.0.0.1:{site.port}{covered.path()}", hurry=100)
    made.start()
    until(lambda: site.streams(covered.id) == 1)
    yield made
    made.stopped.set()
    cut(site, covered)
    made.join(20)
    assert not made.is_alive()


def cut(site: Served, blog: Blog) -> None:
    """End the streams of a live blog."""
    room = site.site.rooms[blog.id]
    site.do(lambda: [sink.end() for sink in list(room.sinks)])


def fresh(follower: Follower) -> tuple[dict[str, Post], dict[str, str]]:
    """Return the contents of the page and the older ones as they are now."""
    address = str(follower.http.base_url)
    main = loaded(address)
    posts = dict(main.posts)
    for number in range(1, 4):
        with suppress(httpx.HTTPStatusError):
            posts |= loaded(f"{address}page/{number}/").posts
    return posts, {name: html for name, (_, html) in main.parts.items()}


def loaded(address: str) -> Follower:
    """Return a client that has loaded a page, and does no more."""
    made = Follower(address)
    with made.http:
        made.load()
    return made


def settled(follower: Follower, blog: Blog) -> None:
    """Wait until a client has everything, and compare it with the pages as they are now."""
    until(lambda: follower.have == blog.head)
    posts, parts = fresh(follower)
    assert follower.posts == {id_: posts[id_] for id_ in follower.posts}
    assert {id_ for id_, (place, _, _) in posts.items() if place >= follower.last} == follower.posts.keys()
    until(lambda: {name: html for name, (_, html) in follower.parts.items()} == parts)


def happen(blog: Blog, chance: random.Random, times: int) -> None:
    """Publish something of every kind, so many times."""
    for number in range(times):
        id_ = f"p{chance.randint(30, blog.posts)}"
        wishes: list[e.Event] = [
            blog.post(f"Another {number}"),
            blog.post(f"Above {number}"),
            blog.revision(id_, f"Edited {number}"),
            e.PostWithdrawn(post=id_),
            e.PostKindSet(post=id_, kind=chance.choice(list(e.PostKind))),
            e.PostPinned(post=id_, alone=True),
            e.BlogDescribed(title=f"Storm {number}"),
        ]
        try:
            blog.publish(wishes[number % 7])
        except press.Refused:
            continue


def test_a_client_that_was_written_from_the_document_has_in_the_end_what_a_fresh_page_has(
    site: Served, covered: Blog, follower: Follower
) -> None:
    chance = random.Random(3)
    happen(covered, chance, 30)
    settled(follower, covered)
    assert any(said for _, _, said in follower.posts.values()), "something was said in a slot"
    assert follower.asked.count(covered.path()) == 1, "the stream alone brought it"
    site.delivery.streams.admission.shut = True
    cut(site, covered)
    happen(covered, chance, 120)
    settled(follower, covered)  # by polls
    site.delivery.streams.admission.shut = False
    assert any(f"/log/{covered.epoch}/" in path for path in follower.asked), "what it missed it fetched"
    post = next(id_ for id_, (_, _, said) in follower.posts.items() if said)
    covered.publish(e.PostWithdrawn(post=post))
    settled(follower, covered)
    assert post not in follower.posts


def test_it_begins_again_where_everything_was_rendered_anew(covered: Blog, follower: Follower) -> None:
    covered.publish(covered.post("Before"))
    settled(follower, covered)
    press.rebuild(covered.id, anew=True)
    covered.publish(covered.post("After"))
    until(lambda: follower.asked.count(covered.path()) == 2)
    settled(follower, covered)
