"""Blogs that are not everyone's: opened by signed, expiring tickets, cached nowhere, and unknown to all others."""

import time

import pytest

from asithappened.core import events as e
from asithappened.published import tickets
from tests.delivery.conftest import KEY
from tests.delivery.newsroom import Blog
from tests.delivery.serving import InProcess, Served
from tests.delivery.wire import Answer

pytestmark = pytest.mark.both
Anywhere = Served | InProcess
RESTS = ("", "p/p1/", "page/1/", "log/head.json", "stream", "log/ab/0-0.json")


@pytest.fixture
def rehearsal(database: object) -> Blog:
    """Return a blog for members only."""
    del database
    return Blog.opened(posts=3, audience=e.Audience.MEMBERS)


def ticket(blog: Blog, *, good_for: int = 60, key: bytes = KEY) -> str:
    """Return a ticket as the desk gives it."""
    return tickets.sign(key, blog.id, int(time.time()) + good_for, "ines")


def cookie(value: str) -> str:
    """Return the header that brings it."""
    return f"theme=dark; asithappened_ticket={value}; x"


def without_date(answer: Answer) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return all of an answer that could tell two apart."""
    return answer.status, [h for h in answer.headers if h[0] != "date"], answer.raw


@pytest.mark.parametrize("audience", [e.Audience.NOBODY, e.Audience.MEMBERS])
def test_who_may_not_read_a_blog_cannot_tell_that_it_is_there(anywhere: Anywhere, audience: e.Audience) -> None:
    blog = Blog.opened(posts=2, audience=audience)
    for rest in RESTS:
        for headers in ({}, {"cookie": cookie("x.y.z.w")}, {"if_none_match": "*"}, {"accept_encoding": "br"}):
            hidden = anywhere.get(blog.path(rest), **headers)
            assert hidden.status == 404
            assert without_date(hidden) == without_date(anywhere.get(f"/live/never-was/{rest}", **headers))


def test_a_ticket_opens_its_own_blog_while_it_is_good(anywhere: Anywhere, rehearsal: Blog) -> None:
    other = Blog.opened(audience=e.Audience.MEMBERS)
    good = anywhere.get(rehearsal.path(), cookie=cookie(ticket(rehearsal)))
    assert good.status == 200
    assert b"Post number 3." in good.body
    refused = {
        "of another blog": ticket(other),
        "expired": ticket(rehearsal, good_for=-1),
        "signed by another": ticket(rehearsal, key=b"x" * 32),
        "shortened": ticket(rehearsal)[:-1],
        "lengthened": ticket(rehearsal) + "A",
        "made to last": ticket(rehearsal).replace(".", ".9", 1),
        "empty": "",
        "made of dots": "." * 20,
        "endless": "a" * 5_000,
    }
    for why, value in refused.items():
        for rest in RESTS:
            assert anywhere.get(rehearsal.path(rest), cookie=cookie(value)).status == 404, why


def test_a_hidden_blog_opens_to_no_ticket(anywhere: Anywhere) -> None:
    blog = Blog.opened(audience=e.Audience.NOBODY)
    assert anywhere.get(blog.path(), cookie=cookie(ticket(blog))).status == 404
    assert anywhere.get(blog.path(f"enter?ticket={ticket(blog)}")).status == 404


def test_what_members_read_is_cached_nowhere(anywhere: Anywhere, rehearsal: Blog) -> None:
    for rest in ("", "p/p1/", "log/head.json"):
        for _ in range(2):
            answer = anywhere.get(rehearsal.path(rest), cookie=cookie(ticket(rehearsal)), accept_encoding="br")
            assert (answer.status, answer["cache-control"]) == (200, "private, no-store")
        assert anywhere.get(rehearsal.path(rest)).status == 404, "though it is kept finished for the next member"


def test_the_fast_lane_keeps_nothing_that_is_not_everyones(lanes: dict[str, Served], rehearsal: Blog) -> None:
    site = lanes["fast"]
    good = cookie(ticket(rehearsal))
    assert site.warm(rehearsal.path(), cookie=good).status == 200
    assert rehearsal.path().encode() not in site.do(lambda: site.site.hot)
    rehearsal.publish(e.AudienceSet(audience=e.Audience.EVERYONE))
    assert site.warm(rehearsal.path()).status == 200
    assert rehearsal.path().encode() in site.do(lambda: site.site.hot)
    rehearsal.publish(e.AudienceSet(audience=e.Audience.MEMBERS))
    assert site.get(rehearsal.path()).status == 404
    assert rehearsal.path().encode() not in site.do(lambda: site.site.hot)


def test_entering_gives_a_cookie_for_this_blogs_path_and_takes_the_ticket_out_of_the_address(
    anywhere: Anywhere, rehearsal: Blog
) -> None:
    given = ticket(rehearsal)
    answer = anywhere.get(rehearsal.path(f"enter?ticket={given}"))
    assert (answer.status, answer["location"], answer["cache-control"]) == (303, rehearsal.path(), "no-store")
    parts = [part.strip() for part in answer["set-cookie"].split(";")]
    assert parts[0] == f"asithappened_ticket={given}"
    assert set(parts[1:]) == {f"Path={rehearsal.path()}", "HttpOnly", "SameSite=Lax"}
    assert anywhere.get(rehearsal.path(), cookie=parts[0]).status == 200
    for bad in ("enter", "enter?ticket=", "enter?ticket=a.b.c.d", f"enter?ticket={given}%0d%0aSet-Cookie:%20a=b"):
        refused = anywhere.get(rehearsal.path(bad))
        assert (refused.status, refused["set-cookie"], refused["cache-control"]) == (404, "", "no-store")


def test_members_have_streams_too(site: Served, rehearsal: Blog) -> None:
    stream = site.stream(rehearsal.path("stream"), cookie=cookie(ticket(rehearsal)))
    stream.hello()
    rehearsal.publish(rehearsal.post())
    assert stream.up_to(rehearsal.head)[-1].json["s"] == rehearsal.head
    assert site.get(rehearsal.path("stream")).status == 404
    rehearsal.publish(e.AudienceSet(audience=e.Audience.NOBODY))
    assert {event.name for event in stream.rest()} <= {"part"}


def test_the_redirect_of_a_members_blog_is_kept_by_nobody(anywhere: Anywhere, rehearsal: Blog) -> None:
    was = rehearsal.slug
    rehearsal.publish(e.BlogRenamed(slug=f"{was}-moved"))
    assert anywhere.get(f"/live/{was}/").status == 404
    moved = anywhere.get(f"/live/{was}/", cookie=cookie(ticket(rehearsal)))
    assert (moved.status, moved["cache-control"]) == (308, "private, no-store")
