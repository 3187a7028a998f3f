"""Streams that an edge holds: only with a signature, from the end of the answer, and repaired from exactly there."""

import base64
import json
import random
import threading
from collections.abc import Iterator
from urllib.parse import quote

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import events as e
from asithappened.delivery import grip
from tests.delivery.client import Answer
from tests.delivery.edge import EDGE_KEY, PRIVATE, PUBLIC, HeldReader, seqs, signature
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served
from tests.delivery.test_streams import CURSORS, frames, state

EDGES = grip.edges(
    f"http://127.0.0.1:1/?iss=newsroom&key={quote(EDGE_KEY)}"
    f" http://127.0.0.1:2/?verify-iss=fastly:7&verify-key={quote(PUBLIC.decode())}"
)
STREAM = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}


@pytest.fixture(autouse=True)
def known(lanes: dict[str, Served]) -> Iterator[None]:
    """Have every server know the edges."""
    for served in lanes.values():
        served.delivery.streams.edges = EDGES
    yield
    for served in lanes.values():
        served.delivery.streams.edges = ()


def held(answer: Answer) -> dict[str, str]:
    """Return what an answer tells an edge."""
    return {name: value for name, value in answer.headers if name.startswith("grip")}


def channel(blog: Blog) -> str:
    """Return where a blog's events are published."""
    return f"live-{blog.id}-{blog.epoch}"


def link(site: Served, blog: Blog, last: str, path: str = "") -> Answer:
    """Ask as an edge asks for what its reader misses."""
    return site.get(path or blog.path("stream"), grip_sig=signature(), grip_last=last)


STRANGERS = {
    "nobody": "",
    "garbage": "x.y.z",
    "bytes": "\xff\xfe",
    "expired": signature(good_for=-60),
    "of another key": signature(key="another key of thirty-two bytes or more"),
    "without an end": jwt.encode({"iss": "pushpin"}, EDGE_KEY, algorithm="HS256"),
    "signed by nobody": jwt.encode({"exp": 4_000_000_000}, "", algorithm="none"),
    "of another's edge": signature(key=PRIVATE, algorithm="ES256", iss="fastly:8"),
    "with the public key as a secret": "{}.{}.{}".format(
        base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "typ": "JWT"}).encode()).decode().rstrip("="),
        base64.urlsafe_b64encode(json.dumps({"iss": "fastly:7", "exp": 4_000_000_000}).encode()).decode().rstrip("="),
        "c2lnbmVk",
    ),
    "twice": f"{signature()}, {signature()}",
}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_gets_a_stream_like_everybodys_and_learns_of_no_edge(site: Served, blog: Blog, who: str) -> None:
    headers = {"grip_sig": STRANGERS[who], "grip_last": f"{channel(blog)}; last-id={blog.epoch}-1"}
    stream = site.stream(blog.path("stream"), **headers)
    assert not held(stream.answer)
    assert stream.hello().json == state(blog)
    blog.publish(blog.post())
    assert frames(stream.up_to(blog.head)) == [blog.head], (
        "and it goes on, with nothing that was asked for by Grip-Last"
    )


def test_where_no_edge_is_set_no_signature_is_good(site: Served, blog: Blog) -> None:
    site.delivery.streams.edges = ()
    stream = site.stream(blog.path("stream"), grip_sig=signature())
    assert not held(stream.answer)
    assert stream.hello().json == state(blog)


@given(st.text(st.characters(max_codepoint=255), max_size=200))
def test_nothing_but_a_signature_is_one(token: str) -> None:
    assert not any(edge.signed(token) for edge in EDGES)
    signed, _, proof = signature().rpartition(".")
    assert not any(edge.signed(f"{signed}{token}.{proof}") for edge in EDGES if token)


@pytest.mark.parametrize("by", ["pushpin", "fastly"])
def test_an_edge_gets_a_finished_answer_and_is_told_to_hold_the_stream(site: Served, blog: Blog, by: str) -> None:
    fastly = signature(key=PRIVATE, algorithm="ES256", iss="fastly:7")
    answer = site.get(blog.path("stream"), grip_sig=fastly if by == "fastly" else signature())
    assert answer.status == 200
    assert {name: answer[name] for name in STREAM} == STREAM
    assert held(answer) == {
        "grip-hold": "stream",
        "grip-channel": f"live-{blog.id}-{blog.epoch}; prev-id={blog.epoch}-{blog.head}",
        "grip-keep-alive": r"event: beat\ndata: {}\n\n; format=cstring; timeout=15",
        "grip-link": f"</live/{blog.slug}/stream>; rel=next; timeout=10",
    }
    assert answer["content-length"] == str(len(answer.raw))
    assert answer["set-cookie"] == answer["content-encoding"] == ""
    assert answer.body.startswith(b"event: hello\nid: %b-%d\n" % (blog.epoch.encode(), blog.head))
    assert site.streams(blog.id) == 0, "nothing is held here"
    assert site.do(lambda: site.delivery.streams.admission.open) == 0


@pytest.mark.both
def test_a_held_reader_who_comes_back_with_a_cursor_gets_what_is_missing(site: Served, blog: Blog) -> None:
    back = HeldReader(site, blog.path("stream"), last_event_id=f"{blog.epoch}-1")
    assert seqs(back.text) == list(range(2, blog.head + 1))
    assert back.last == f"{blog.epoch}-{blog.head}"
    assert back.text.startswith(f"event: hello\nid: {blog.epoch}-1\n")
    lost = HeldReader(site, blog.path("stream"), last_event_id="abc-1")
    assert (seqs(lost.text), lost.text.count("event: reset"), lost.last) == ([], 1, f"{blog.epoch}-{blog.head}")


@pytest.mark.both
@pytest.mark.parametrize("seed", range(2))
def test_a_hold_begins_where_the_answer_ends_whatever_is_published_meanwhile(site: Served, seed: int) -> None:
    chance = random.Random(seed)
    blog = Blog.opened(posts=1)
    first, readers, failed = blog.head, list[tuple[int, HeldReader]](), list[BaseException]()

    def join() -> None:
        try:
            for _ in range(25):
                since = chance.randint(first, blog.head)
                back = HeldReader(site, blog.path("stream"), last_event_id=f"{blog.epoch}-{since}")
                readers.append((since, back))
                if chance.random() < 0.3:
                    readers[chance.randrange(len(readers))][1].ask()
        except BaseException as error:
            failed.append(error)

    joining = threading.Thread(target=join)
    joining.start()
    while joining.is_alive():
        blog.publish(*(blog.post() for _ in range(chance.randint(1, 3))))
    joining.join()
    assert not failed
    for since, reader in readers:
        assert seqs(reader.text) == list(range(since + 1, int(reader.last.partition("-")[2]) + 1))
        reader.ask()
        assert seqs(reader.text) == list(range(since + 1, blog.head + 1))


@pytest.mark.both
def test_a_repair_is_exactly_what_came_after_and_holds_from_there(site: Served, blog: Blog) -> None:
    blog.publish(blog.revision("p1", "Other words."), e.PostPinned(post="p2"))
    answer = link(site, blog, f"{channel(blog)}; last-id={blog.epoch}-0")
    for since in range(blog.head + 1):
        answer = link(site, blog, f"{channel(blog)}; last-id={blog.epoch}-{since}")
        assert seqs(answer.body.decode()) == list(range(since + 1, blog.head + 1))
        assert b"hello" not in answer.body
        assert b"reset" not in answer.body
        assert held(answer)["grip-channel"] == f"{channel(blog)}; prev-id={blog.epoch}-{blog.head}"
    assert answer.body == b"", "who misses nothing gets nothing"


UNPROVABLE = {
    **{name: "{channel}; last-id=" + cursor for name, cursor in CURSORS.items()},
    "of another blog": "live-999-{epoch}; last-id={epoch}-1",
    "of another log": "live-{id}-abcdef01; last-id={epoch}-1",
    "without an id": "{channel}",
    "with another parameter": "{channel}; first-id={epoch}-1",
    "of two channels": "{channel}; last-id={epoch}-1, other; last-id=7",
    "nothing": ";",
}


@pytest.mark.parametrize("name", UNPROVABLE)
def test_where_no_gap_cannot_be_proved_a_held_reader_begins_again(site: Served, blog: Blog, name: str) -> None:
    last = UNPROVABLE[name].format(channel=channel(blog), epoch=blog.epoch, id=blog.id)
    answer = link(site, blog, last)
    assert seqs(answer.body.decode()) == []
    assert answer.body.startswith(b"event: reset\nid: %b-%d\n" % (blog.epoch.encode(), blog.head))
    assert held(answer)["grip-channel"] == f"{channel(blog)}; prev-id={blog.epoch}-{blog.head}"


@pytest.mark.both
def test_rendering_anew_resets_held_streams(site: Served, blog: Blog) -> None:
    reader = HeldReader(site, blog.path("stream"))
    blog.publish(e.BlogDescribed(title="Sturm", language="de"))
    reader.ask()
    assert reader.text.count("event: reset") == 1
    blog.publish(blog.post())
    reader.ask()
    assert seqs(reader.text) == [blog.head]


@pytest.mark.both
def test_a_held_stream_goes_on_under_a_new_address(site: Served, blog: Blog) -> None:
    reader = HeldReader(site, blog.path("stream"))
    was, now = blog.slug, f"{blog.slug}-moved"
    blog.publish(e.BlogRenamed(slug=now))
    reader.ask()
    assert reader.link == f"/live/{now}/stream"
    assert site.get(f"/live/{was}/stream", grip_sig=signature()).status == 308, "a new reader is sent there as ever"


@pytest.mark.both
def test_a_closed_blog_is_held_no_more_and_its_last_words_arrive(site: Served, blog: Blog) -> None:
    reader = HeldReader(site, blog.path("stream"))
    since = blog.head
    blog.publish(blog.post("And that was all."), e.BlogClosed())
    reader.ask()
    assert reader.ended
    assert seqs(reader.text) == list(range(since + 1, blog.head + 1))
    stream = site.stream(blog.path("stream"), grip_sig=signature())
    assert not held(stream.answer)
    assert stream.hello().json == state(blog)
    blog.publish(e.BlogReopened())
    assert held(site.get(blog.path("stream"), grip_sig=signature()))


@pytest.mark.both
@pytest.mark.parametrize(
    "event", [e.AudienceSet(audience=e.Audience.MEMBERS), e.AudienceSet(audience=e.Audience.NOBODY), e.BlogTakenDown()]
)
def test_what_is_not_everyones_any_more_goes_to_no_edge(site: Served, blog: Blog, event: e.Event) -> None:
    reader = HeldReader(site, blog.path("stream"))
    before = reader.text
    blog.publish(blog.post("Between ourselves."))
    blog.publish(event)
    reader.ask()
    assert (reader.ended, reader.text) == (True, before)
    refused = site.get(blog.path("stream"), grip_sig=signature())
    assert refused.status in {404, 410}
    assert not held(refused)


def test_an_edge_that_asks_for_a_blog_that_never_was_lets_go(site: Served) -> None:
    answer = site.get("/live/never-was/stream", grip_sig=signature(), grip_last="live-1-ab; last-id=ab-1")
    assert (answer.status, answer.body, held(answer)) == (200, b"", {})


@pytest.mark.both
def test_what_was_taken_back_is_in_no_answer_to_an_edge(site: Served, blog: Blog) -> None:
    since = blog.head
    blog.publish(blog.post("canarygripx", id_="told"))
    last = f"{channel(blog)}; last-id={blog.epoch}-{since}"
    assert b"canarygripx" in link(site, blog, last).body
    blog.publish(e.PostWithdrawn(post="told"))
    said = link(site, blog, last).body
    said += site.get(blog.path("stream"), grip_sig=signature(), last_event_id=f"{blog.epoch}-{since}").body
    assert b"canarygripx" not in said


def test_only_a_stream_is_held(site: Served, blog: Blog) -> None:
    for path in (blog.path(), blog.path("log/head.json"), blog.path("p/p1/")):
        assert not held(site.get(path, grip_sig=signature(), grip_last=f"{channel(blog)}; last-id={blog.epoch}-1"))


# --- the setting


def test_edges_are_read_as_grip_urls_are_written() -> None:
    secret = base64.b64encode(bytes(range(200, 240))).decode()
    one, two, three = grip.edges(
        f" http://127.0.0.1:5561/?iss=newsroom&key={quote(EDGE_KEY)},"
        f"https://edge.example/realm/?iss=a&key=base64:{secret}\n"
        f"https://api.fastly.example/service/7?key=token&verify-iss=fastly:7&verify-key=base64:"
        + base64.b64encode(PUBLIC).decode()
    )
    assert (one.url, one.algorithm, one.signer_key) == ("http://127.0.0.1:5561/publish/", "HS256", EDGE_KEY.encode())
    assert (two.url, two.key) == ("https://edge.example/realm/publish/", bytes(range(200, 240)))
    assert (three.url, three.algorithm, three.signer) == (
        "https://api.fastly.example/service/7/publish/",
        "ES256",
        "fastly:7",
    )
    assert three.authorization() == {"authorization": "Bearer token"}
    claims = jwt.decode(one.authorization()["authorization"].removeprefix("Bearer "), EDGE_KEY, algorithms=["HS256"])
    assert claims["iss"] == "newsroom"
    assert grip.edges("  ") == ()


LONG = "s3cret-" * 6
BAD = {
    "no address": LONG,
    "another scheme": f"ftp://edge/?key={LONG}",
    "no host": f"http:///?key={LONG}",
    "a port that is none": f"http://edge:99999/?key={LONG}",
    "a bracket": f"http://[edge/?key={LONG}",
    "a password in the address": f"http://ada:{LONG}@edge/?key={LONG}",
    "no key": "http://edge/?iss=newsroom",
    "a short key": "http://edge/?iss=newsroom&key=s3cret-",
    "a short key to sign with": f"http://edge/?iss=newsroom&key=s3cret-&verify-key={LONG}",
    "a key that is not base64": f"http://edge/?key=base64:{LONG}!",
    "a key that no header can hold": "http://edge/?key=base64:" + base64.b64encode(b"\xff" * 40).decode(),
    "an unknown parameter": f"http://edge/?iss=newsroom&kye={LONG}",
    "half a public key": "http://edge/?verify-iss=x&verify-key=-----BEGIN%20PUBLIC%20KEY-----s3cret-",
    "a public key and no name": f"http://edge/?verify-key={quote(PUBLIC.decode())}",
}


@pytest.mark.parametrize("name", BAD)
def test_a_setting_that_cannot_be_is_refused_in_words_that_repeat_no_secret(name: str) -> None:
    with pytest.raises(ValueError, match=r"^ASITHAPPENED_GRIP_URL: edge 2 .+\. Write it like http://.+\.$") as refused:
        grip.edges(f"http://127.0.0.1/?key={LONG} {BAD[name]}")
    assert "s3cret-" not in str(refused.value)


def test_an_edge_shows_no_key() -> None:
    [edge] = grip.edges(f"http://127.0.0.1/?key={LONG}")
    assert "s3cret-" not in repr(edge) + str(edge) + edge.url
