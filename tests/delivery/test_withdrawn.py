"""Nothing taken back is in a response after the answer, at any resource, on any lane, without waiting."""

import pytest

from asithappened.core import events as e
from asithappened.log import read
from tests.delivery.client import Connection, request
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served

pytestmark = pytest.mark.both
ENCODINGS = ("", "gzip", "br")


def canary_of(blog: Blog, word: str) -> str:
    """Return a word that stands nowhere else."""
    return f"canary{word}{blog.slug.replace('-', '')}x"


def resources(served: Served, blog: Blog, post: str) -> list[str]:
    """Return every address at which the post has stood or may stand."""
    head = served.get(blog.path("log/head.json")).json
    paths = [blog.path(rest) for rest in ("", "page/1/", "oldest/", f"p/{post}/", "log/head.json")]
    for number, generation in enumerate(head["segments"]):
        paths += [blog.path(f"log/{blog.epoch}/{number}-{g}.json") for g in range(generation + 2)]
    return paths


def every_byte(served: Served, paths: list[str], connection: Connection | None = None) -> bytes:
    """Return all that a server says at these addresses, in every encoding."""
    said = b""
    for path in paths:
        for encoding in ENCODINGS:
            headers = {"accept_encoding": encoding} if encoding else {}
            answer = connection.ask(request(path, **headers)) if connection else served.get(path, **headers)
            said += answer.body + repr(answer.headers).encode()
    return said


@pytest.mark.parametrize("how", ["withdrawn", "erased", "edited and erased"])
def test_a_word_taken_back_is_in_no_byte_served_after_the_answer(lanes: dict[str, Served], how: str) -> None:
    blog = Blog.opened(posts=60)  # an older page, and a closed segment
    canary = canary_of(blog, how[:2])
    seq = blog.publish(blog.post(canary, id_="told", at=5))  # among the oldest, so on the older page
    newest = blog.publish(blog.post(canary, id_="news"))
    served = list(lanes.values())
    kept_alive = [each.connect() for each in served]
    warmed = [*resources(served[0], blog, "told"), blog.path("p/news/")]
    for _ in range(2):
        for each, connection in zip(served, kept_alive, strict=True):
            assert canary.encode() in every_byte(each, warmed, connection), "the search finds what is there"
    for each in served:
        cursor = f"{blog.epoch}-{seq - 1}"
        assert canary in each.stream(blog.path("stream"), last_event_id=cursor).up_to(newest)[-2].data
    taken: list[e.Event]
    match how:
        case "withdrawn":
            taken = [e.PostWithdrawn(post="told", noted=True), e.PostWithdrawn(post="news")]
        case "erased":
            taken = [e.PayloadErased(of=e.post("told"), seqs=(seq,), whole=True)]
            taken += [e.PayloadErased(of=e.post("news"), seqs=(newest,), whole=True)]
        case _:
            blog.publish(blog.revision("told", "Better words."), blog.revision("news", "Better words."))
            taken = [
                e.PayloadErased(of=e.post("told"), seqs=(seq,)),
                e.PayloadErased(of=e.post("news"), seqs=(newest,)),
            ]
    blog.publish(*taken)
    for each, connection in zip(served, kept_alive, strict=True):
        said = every_byte(each, warmed, connection)  # first of all at the addresses, and on the sockets, that were warm
        said += every_byte(each, resources(each, blog, "told"))
        for since in (0, seq - 1, newest - 1):
            stream = each.stream(blog.path("stream"), last_event_id=f"{blog.epoch}-{since}")
            said += b"".join(event.raw for event in stream.up_to(blog.head))
        assert canary.encode() not in said


def test_a_note_stands_in_a_withdrawn_posts_place_until_it_is_erased(anywhere: Served) -> None:
    blog = Blog.opened(posts=60)
    blog.publish(blog.post("Wrong.", id_="old", at=5), blog.post("Wrong too.", id_="new"))
    since = blog.publish(
        e.PostWithdrawn(post="old", reason="Misheard.", noted=True), e.PostWithdrawn(post="new", noted=True)
    )
    main, older = (anywhere.get(blog.path(path)).body.decode() for path in ("", "page/1/"))
    assert 'id="p-new"' in main
    assert 'id="p-old"' in older
    assert "Misheard." in older
    assert anywhere.get(blog.path("p/old/")).status == 410
    seqs = tuple(fact.seq for fact in read.facts(blog.id, subject=e.post("old")) if fact.carries_words)
    blog.publish(e.PayloadErased(of=e.post("old"), seqs=(*seqs, since - 1), whole=True))
    assert 'id="p-old"' not in anywhere.get(blog.path("page/1/")).body.decode()
    blog.publish(blog.post("Right.", id_="new"))
    assert anywhere.get(blog.path()).body.decode().count('id="p-new"') == 1


def test_a_withdrawn_permalink_says_so_and_not_a_word_more(anywhere: Served, blog: Blog) -> None:
    canary = canary_of(blog, "gone")
    blog.publish(blog.post(canary, id_="told"))
    assert canary.encode() in anywhere.warm(blog.path("p/told/")).body
    blog.publish(e.PostWithdrawn(post="told", reason="Not confirmed"))
    answer = anywhere.get(blog.path("p/told/"))
    assert (answer.status, answer["cache-control"]) == (410, "no-store")
    assert canary.encode() not in answer.body
    assert b"Not confirmed" in answer.body


def test_an_edit_is_on_page_and_permalink_as_soon_as_it_was_answered(anywhere: Served, blog: Blog) -> None:
    for number in range(5):
        blog.publish(blog.revision("p1", f"Version {number} of this."))
        for path in (blog.path(), blog.path("p/p1/"), blog.path("log/head.json")):
            assert f"Version {number} of this.".encode() in anywhere.warm(path).body


def test_a_taken_down_blog_is_gone_at_each_of_its_addresses(anywhere: Served) -> None:
    blog = Blog.opened(posts=55)
    paths = [blog.path(rest) for rest in ("", "page/1/", "p/p1/", "log/head.json", f"log/{blog.epoch}/0-0.json")]
    assert [anywhere.warm(path).status for path in paths] == [200] * 5
    blog.publish(e.BlogTakenDown(reason="A court's order"))
    for path in [*paths, blog.path("stream")]:
        answer = anywhere.get(path)
        assert (answer.status, answer["cache-control"]) == (410, "no-store")
        assert b"Post number" not in answer.body


def test_of_a_segment_only_the_newest_generation_is_answered(anywhere: Served) -> None:
    blog = Blog.opened(posts=60)
    name = blog.path(f"log/{blog.epoch}/0-%d.json")
    assert [anywhere.warm(name % g).status for g in (0, 1)] == [200, 404]
    blog.publish(e.PostWithdrawn(post="p2"))
    now = anywhere.get(blog.path("log/head.json")).json["segments"][0]
    assert now > 0
    assert [anywhere.get(name % g).status for g in (now - 1, now, now + 1)] == [410, 200, 404]
    assert b"Post number 2." not in anywhere.get(name % now).body
