"""Promises of counting how pages are read: only numbers, only from our own pages, and nothing about a person."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from asithappened.core import events as e
from asithappened.delivery import readership
from asithappened.delivery.readership import A_MINUTE, HOSTS, OTHERS, Count, Message, Readership, message_in
from tests.delivery.client import Answer, request
from tests.delivery.conftest import KEY
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served, until
from tests.delivery.test_members import cookie, ticket

SAID: dict[str, Any] = {"read": 5, "opened": ["p1"], "host": "news.example.org"}


class Kept(list[Mapping[Count, int]]):
    """Keeps counts in memory, unless it fails."""

    fails = False

    def keep(self, counts: Mapping[Count, int]) -> None:
        if self.fails:
            raise OSError("the disk is full")
        self.append(dict(counts))


@pytest.fixture(scope="module")
def counting(database: Path | str) -> Iterator[Served]:
    """Yield a server that counts."""
    served = Served("fast", database, Path(settings.DOORBELLS), KEY, readership=Readership(Kept().keep))
    served.start()
    yield served
    served.stop()


def counts_of(served: Served) -> Readership:
    assert served.delivery.readership is not None
    return served.delivery.readership


@pytest.fixture(autouse=True)
def anew(request: pytest.FixtureRequest) -> None:
    """Have each test begin with nothing counted, and nobody heard."""
    if "counting" in request.fixturenames:
        counts = counts_of(request.getfixturevalue("counting"))
        counts.counts.clear()
        counts._heard.clear()
        counts._told_apart.clear()


def leave(served: Served, slug: str, said: Any = SAID, **headers: str) -> Answer:
    """Leave a page, as its script says so."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    sent = {"origin": f"http://127.0.0.1:{served.port}", "content_length": str(len(body))} | headers
    sent["content_length"] = str(len(body))
    path = f"/readership/{slug}/"
    with served.connect() as connection:
        head = request(path, method="POST", host=f"127.0.0.1:{served.port}", **sent)
        return connection.ask(head + body)


def counted(served: Served, blog: Blog) -> dict[tuple[str, str], int]:
    return {(count.kind, count.key): n for count, n in counts_of(served).counts.items() if count.blog == blog.id}


def test_a_page_that_is_left_is_three_numbers_that_are_one_larger(counting: Served, blog: Blog) -> None:
    answer = leave(counting, blog.slug)
    assert (answer.status, answer.raw, answer["cache-control"]) == (202, b"", "no-store")
    assert not answer["set-cookie"]
    leave(counting, blog.slug, {"read": 50})
    assert counted(counting, blog) == {
        ("read", "5"): 1, ("read", "50"): 1, ("opened", "p1"): 1, ("from", "news.example.org"): 1, ("from", ""): 1,
    }  # fmt: skip


@pytest.mark.parametrize("asks", ["sec_gpc", "dnt"])
def test_whoever_asks_not_to_be_tracked_is_not_counted(counting: Served, blog: Blog, asks: str) -> None:
    assert leave(counting, blog.slug, **{asks: "1"}).status == 202
    assert counted(counting, blog) == {}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"{}", b'{"read":5,"who":"me"}', b'{"read":7}', b'{"read":"5"}',
        b'{"read":-1}',
        b'{"read":5,"opened":["../x"]}', b'{"read":5,"opened":["a\\n"]}', b'{"read":5,"opened":"p1"}',
        b'{"read":5,"opened":[%b]}' % b",".join([b'"p"'] * 13), b'{"read":5,"host":"%b"}' % (b"a" * 254),
        b'{"read":5,"host":7}', b'\xff\xfe', b'{"read":5}' + b" " * 2048, b"[" * 2000,
    ],
)  # fmt: skip
def test_what_no_page_of_ours_says_is_refused_and_not_counted(counting: Served, blog: Blog, body: bytes) -> None:
    assert leave(counting, blog.slug, body).status == 400
    assert counted(counting, blog) == {}


def test_a_body_that_is_too_long_is_not_even_read(counting: Served, blog: Blog) -> None:
    assert leave(counting, blog.slug, b'{"read":5,"host":"' + b"a" * 100_000).status == 413
    assert counted(counting, blog) == {}


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://127.0.0.1"])
def test_another_sites_page_counts_nothing(counting: Served, blog: Blog, origin: str) -> None:
    assert leave(counting, blog.slug, origin=origin).status == 403
    assert counted(counting, blog) == {}


def test_a_live_blog_that_is_not_everyones_answers_as_one_that_is_not_there_and_is_not_counted(
    counting: Served, database: Path | str
) -> None:
    nowhere = leave(counting, "no-such-blog")
    assert nowhere.status == 404
    rehearsal, hidden, gone = (
        Blog.opened(posts=1, audience=e.Audience.MEMBERS), Blog.opened(posts=1, audience=e.Audience.NOBODY),
        Blog.opened(posts=1),
    )  # fmt: skip
    gone.publish(e.BlogTakenDown())
    for blog, headers in (
        (rehearsal, {}),
        (rehearsal, {"cookie": cookie(ticket(rehearsal))}),
        (hidden, {}),
        (gone, {}),
    ):
        assert leave(counting, blog.slug, **headers).alike == nowhere.alike
        assert counted(counting, blog) == {}


def test_nothing_is_read_there_and_where_nothing_is_counted_there_is_no_such_place(
    counting: Served, lanes: dict[str, Served], blog: Blog
) -> None:
    for path in (f"/readership/{blog.slug}/", f"/readership/{blog.slug}", "/readership/", "/readership/%2e%2e/"):
        assert counting.get(path).status == 404
    off = lanes["fast"]
    assert leave(off, blog.slug).status == 404
    assert b"readership" not in off.get(blog.path()).body


def test_one_network_is_heard_so_often_a_minute_and_no_more(counting: Served, blog: Blog) -> None:
    told = [leave(counting, blog.slug, x_forwarded_for=f"2001:db8:1:2::{n:x}").status for n in range(A_MINUTE + 2)]
    assert told == [202] * A_MINUTE + [429] * 2
    assert leave(counting, blog.slug, x_forwarded_for="203.0.113.9").status == 202
    assert counted(counting, blog)["read", "5"] == A_MINUTE + 1


def test_whom_a_message_is_from_stands_beside_no_count_and_in_no_log(
    counting: Served, blog: Blog, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    leave(
        counting, blog.slug, {"read": 1, "host": "Search.Example"}, x_forwarded_for="203.0.113.77",
        user_agent="Canary/1", referer="https://news.example.org/secret?who=me", cookie="who=canary",
    )  # fmt: skip
    assert counted(counting, blog) == {("read", "1"): 1, ("from", "search.example"): 1}
    said = f"{counts_of(counting).counts} {caplog.text}"
    for canary in ("203.0.113", "Canary", "secret", "who="):
        assert canary not in said


@pytest.mark.parametrize(
    ("named", "counted_as"),
    [
        ("News.Example.org", "news.example.org"), ("xn--80ak6aa92e.example", "xn--80ak6aa92e.example"), ("", ""),
        ("192.0.2.7", OTHERS), ("[2001:db8::1]", OTHERS), ("intranet", OTHERS), ("a b.example", OTHERS),
        ("https://a.example/?q=1", OTHERS), ("a.example:8000", OTHERS), ("me@a.example", OTHERS), ("*", OTHERS),
        ("<b>.example", OTHERS), (".example", OTHERS), ("a..example", OTHERS), ("a.example\n", OTHERS),
    ],
)  # fmt: skip
def test_of_where_a_reader_came_from_nothing_but_a_public_name_is_counted(named: str, counted_as: str) -> None:
    assert readership.host(named) == counted_as


def test_names_that_somebody_makes_up_take_no_more_than_their_share() -> None:
    counts = Readership(Kept().keep)
    for n in range(5 * HOSTS):
        counts.count(7, Message(read=1, opened=(f"p{n}",), host=f"h{n}.example"))
    kinds = [count.kind for count in counts.counts]
    assert kinds.count("from") == HOSTS + 1  # the others are one
    assert kinds.count("opened") == readership.POSTS
    assert counts.counts.total() == 2 * 5 * HOSTS + readership.POSTS


def test_what_could_not_be_kept_is_counted_on() -> None:
    kept = Kept()
    counts = Readership(kept.keep, now=lambda: 7 * readership.HOUR_S + 1.0)
    asyncio.run(counts.flush())
    assert kept == []
    counts.count(7, Message(read=1))
    kept.fails = True
    asyncio.run(counts.flush())
    counts.count(7, Message(read=1))
    kept.fails = False
    asyncio.run(counts.flush())
    assert kept == [{Count(7, 7, "read", "1"): 2, Count(7, 7, "from", ""): 2}]
    asyncio.run(counts.flush())
    assert len(kept) == 1


def test_what_was_counted_is_kept_as_the_server_stops(database: Path | str, blog: Blog) -> None:
    kept = Kept()
    served = Served("fast", database, Path(settings.DOORBELLS), KEY, readership=Readership(kept.keep)).start()
    leave(served, blog.slug)
    served.stop()
    until(lambda: bool(kept))
    assert {count.blog for count in kept[0]} == {blog.id}


def test_the_page_names_the_script_only_where_it_counts_and_is_everyones(database: Path | str, blog: Blog) -> None:
    served = Served("fast", database, Path(settings.DOORBELLS), KEY, at_its_address=True, counts=True).start()
    try:
        page = served.get(blog.path()).body.decode()
        assert page.count('<script type="module" src="/static/reader-readership.') == 1
        assert "readership" not in served.get(blog.path("embed/")).body.decode()
        rehearsal = Blog.opened(posts=1, audience=e.Audience.MEMBERS)
        answer = served.get(rehearsal.path(), cookie=cookie(ticket(rehearsal)))
        assert (answer.status, "readership" in answer.body.decode()) == (200, False)
    finally:
        served.stop()


def test_a_message_is_read_as_it_was_sent() -> None:
    assert message_in(json.dumps(SAID).encode()) == Message(read=5, opened=("p1",), host="news.example.org")
