"""The desk learns how many read, and when the last delivering process had written a fact to all of its readers."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from asithappened.core import events as e
from asithappened.delivery.grip import edges
from asithappened.desk.reach import Reach, reach
from asithappened.log import read
from asithappened.press import epochs
from asithappened.published import reached
from tests.delivery.conftest import KEY
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served, until


def now(blog: Blog) -> Reach:
    """Return what the desk of a blog is told."""
    epoch, head = read.head(blog.id)
    return reach(blog.id, epoch, head)


def once(blog: Blog, so: Callable[[Reach], bool]) -> Reach:
    """Return what the desk is told once something is so."""
    until(lambda: so(now(blog)))
    return now(blog)


@pytest.mark.both
def test_a_post_is_live_since_it_was_written_to_the_last_reader(site: Served, blog: Blog) -> None:
    streams = [site.stream(blog.path("stream")) for _ in range(3)]
    for stream in streams:
        stream.hello()
    began = datetime.now(UTC)
    seqs = [blog.publish(blog.post()) for _ in range(3)]
    for stream in streams:
        stream.up_to(blog.head)
    said = once(blog, lambda told: told.head == blog.head)
    assert said.head == blog.head
    since = [next(at for head, at in said.written if head >= seq) for seq in seqs]
    assert began.replace(microsecond=0) <= since[0] <= since[1] <= since[2] <= datetime.now(UTC)
    assert not said.at_least
    once(blog, lambda told: told.reading == 3)
    streams[0].close()
    once(blog, lambda told: told.reading == 2)


def test_the_last_process_counts_and_those_that_nobody_reads_at_hold_nothing_up(
    lanes: dict[str, Served], blog: Blog
) -> None:
    for served in lanes.values():
        served.get(blog.path())  # a room in each, and no reader
    seq = blog.publish(blog.post())
    assert once(blog, lambda told: told.head == seq).written[-1][0] == seq
    slow, quick = lanes.values()
    stream = slow.stream(blog.path("stream"))
    stream.hello()
    assert quick.streams(blog.id) == 0
    seq = blog.publish(blog.post())
    stream.up_to(seq)
    said = once(blog, lambda told: told.head == seq)
    each = reached.of(Path(settings.DOORBELLS), blog.id)
    assert len(each) == 2
    assert said.written[-1][1].timestamp() * 1000 == pytest.approx(max(one.written[-1][1] for one in each))


def test_one_that_has_not_written_it_yet_keeps_it_from_being_said(lanes: dict[str, Served], blog: Blog) -> None:
    for served in lanes.values():
        served.get(blog.path())
    slow = next(iter(lanes.values()))
    room = slow.do(lambda: slow.site.rooms[blog.id])
    before = blog.head
    assert slow.loop is not None
    # As while another broadcast is still being written.
    asyncio.run_coroutine_threadsafe(room._broadcasting.acquire(), slow.loop).result(20)
    seq = blog.publish(blog.post())
    until(lambda: any(one.written[-1][0] == seq for one in reached.of(Path(settings.DOORBELLS), blog.id)))
    assert now(blog).head == before
    slow.do(room._broadcasting.release)
    assert once(blog, lambda told: told.head == seq).written[-1][0] == seq


def test_where_nobody_ever_asked_for_it_nobody_is_waited_for(blog: Blog) -> None:
    seq = blog.publish(blog.post())
    assert now(blog) == Reach(reading=0, at_least=False, head=seq, written=())


def test_who_comes_later_does_not_change_since_when(lanes: dict[str, Served], blog: Blog) -> None:
    first, second = lanes.values()
    first.stream(blog.path("stream")).hello()
    seq = blog.publish(blog.post())
    said = once(blog, lambda told: told.head == seq)
    time.sleep(0.002)
    second.stream(blog.path("stream")).hello()
    assert once(blog, lambda told: told.reading == 2).written == said.written


def test_what_brings_readers_on_without_a_frame_counts_too(site: Served, blog: Blog) -> None:
    stream = site.stream(blog.path("stream"))
    stream.hello()
    blog.publish(e.BlogDescribed(title="Another slug's title", language="de", zone="Europe/Berlin"))
    assert once(blog, lambda told: told.head == blog.head).written[-1][0] == blog.head
    epochs.begin_anew()
    blog.publish(blog.post())
    said = once(blog, lambda told: told.head == blog.head)
    assert said.written[-1][0] == blog.head


def test_behind_an_edge_it_is_at_least_so_many(database: Path | str, blog: Blog) -> None:
    edge = edges("http://127.0.0.1:9/?iss=us&key=" + "k" * 32)
    served = Served("fast", database, Path(settings.DOORBELLS), KEY, edges=edge).start()
    try:
        served.stream(blog.path("stream")).hello()
        said = once(blog, lambda told: told.reading == 1)
        assert said.at_least
    finally:
        served.stop()
    assert now(blog).reading == 0, "a process that ended is not counted"
