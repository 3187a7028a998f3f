"""Streams: every reader gets every event once and in order, or a reset; and slow readers harm no others."""

import math
import os
import random
import resource
import socket
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.delivery import admission, news, socket_sink
from asithappened.delivery import room as delivery_room
from asithappened.delivery.room import Room
from asithappened.published.read import Library
from asithappened.published.tickets import Ticket
from tests.delivery.client import Closed, Event, Stream, request
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served, until


def frames(events: list[Event]) -> list[int]:
    """Return the seqs of the frames among events."""
    return [event.json["s"] for event in events if event.name == ""]


def state(blog: Blog) -> dict[str, object]:
    """Return what a hello says now."""
    from asithappened.published.models import PublishedBlog

    row = PublishedBlog.objects.get(pk=blog.id)
    return {"epoch": row.epoch, "head": row.head, "g": row.generation, "r": row.render}


@pytest.mark.both
def test_a_stream_begins_with_where_the_log_stands_and_goes_on_in_order(site: Served, blog: Blog) -> None:
    stream = site.stream(blog.path("stream"))
    assert stream.status == 200
    assert stream.answer["content-type"] == "text/event-stream; charset=utf-8"
    assert stream.answer["cache-control"] == "no-store, no-transform"
    assert stream.answer["x-accel-buffering"] == "no"
    assert stream.answer["set-cookie"] == stream.answer["content-encoding"] == ""
    hello = stream.hello()
    assert hello.json == state(blog)
    assert hello.id == f"{blog.epoch}-{blog.head}"
    since = blog.head
    for _ in range(5):
        blog.publish(blog.post(), blog.post())
    events = stream.up_to(blog.head)
    assert frames(events) == list(range(since + 1, blog.head + 1))
    assert [event.id for event in events if not event.name] == [f"{blog.epoch}-{s}" for s in frames(events)]


@pytest.mark.both
def test_the_parts_that_changed_come_after_their_frames_in_the_same_write(site: Served, blog: Blog) -> None:
    stream = site.stream(blog.path("stream"))
    stream.hello()
    seq = blog.publish(e.BlogDescribed(title="The storm has passed"), blog.post())
    assert frames(stream.up_to(seq)) == [seq - 1, seq]
    batch = site.do(lambda: site.site.rooms[blog.id]._recent[-1])
    assert batch.seq == seq
    parts: list[Event] = []
    while b"headline" not in b"".join(part.raw for part in parts):
        parts.append(stream.event())
    assert {part.name for part in parts} == {"part"}
    assert {part.id for part in parts} == {""}, "a part moves no cursor: before it stands no frame it could follow"
    assert batch.data.endswith(parts[-1].raw + b"\n\n") or b"event: part" in batch.data
    headline = next(part.json for part in parts if part.json["n"] == "headline")
    assert headline["s"] == seq
    assert "The storm has passed" in headline["h"]


def test_the_events_of_a_tick_leave_in_one_write(site: Served, blog: Blog) -> None:
    stream = site.stream(blog.path("stream"))
    stream.hello()
    room = site.do(lambda: site.site.rooms[blog.id])
    writes: list[bytes] = []

    class Pen:
        """A reader who notes each write."""

        ends_at = written_at = float("inf")
        ticket: Ticket | None = None
        queued = 0
        at_desk = False

        def push(self, data: bytes) -> None:
            writes.append(data)

        def end(self) -> None: ...

        def cut(self) -> None: ...

        def stuck(self, now: float) -> bool:
            return now < 0

    pen = Pen()
    site.do(lambda: room.join(pen))
    released = threading.Event()
    site.loop.call_soon_threadsafe(released.wait, 20)  # the loop is late by some publishes
    for _ in range(6):
        blog.publish(blog.post())
    released.set()
    stream.up_to(blog.head)
    site.do(lambda: room.leave(pen))
    assert len(writes) <= 2
    assert sum(data.count(b'"k":"post.published"') for data in writes) == 6


@pytest.mark.both
def test_a_reader_who_comes_back_with_a_cursor_gets_what_is_missing_and_no_more(anyblog: Blog, site: Served) -> None:
    blog = anyblog
    floor = 0
    for since in range(floor, blog.head + 1):
        stream = site.stream(blog.path("stream"), last_event_id=f"{blog.epoch}-{since}")
        hello = stream.hello()
        assert hello.id == f"{blog.epoch}-{since}", "should it break now, nothing is skipped"
        assert hello.json == state(blog)
        if since < blog.head:
            assert frames(stream.up_to(blog.head)) == list(range(since + 1, blog.head + 1))
        stream.close()
    stream = site.stream(blog.path("stream"), last_event_id=f"{blog.epoch}-{blog.head}")
    stream.hello()
    blog.publish(blog.post())
    assert frames(stream.up_to(blog.head)) == [blog.head]


@pytest.fixture
def anyblog(database: object) -> Blog:
    """Return a blog in which most kinds of things have happened."""
    del database
    blog = Blog.opened(posts=4)
    blog.publish(blog.revision("p1", "Other words."), e.PostPinned(post="p2"))
    blog.publish(e.PostWithdrawn(post="p3"))
    blog.publish(e.PostKindSet(post="p4", kind=e.PostKind.KEY_EVENT), e.ContributorJoined(name="Ines"))
    return blog


CURSORS = {
    "of another epoch": "abcdef01-2",
    "from the future": "{epoch}-9999",
    "not a number": "{epoch}-x",
    "with a nought": "{epoch}-02",
    "a superscript": "{epoch}-²",
    "negative": "{epoch}--1",
    "no seq": "{epoch}",
    "empty seq": "{epoch}-",
    "endless": "{epoch}-" + "9" * 400,
    "garbage": "\xff\xfe; drop table",
    "signed": "{epoch}-+1",
    "two": "{epoch}-1,{epoch}-2",
}


@pytest.mark.parametrize("name", CURSORS)
def test_a_cursor_that_proves_nothing_is_answered_with_a_reset(name: str, site: Served, blog: Blog) -> None:
    stream = site.stream(blog.path("stream"), last_event_id=CURSORS[name].format(epoch=blog.epoch))
    hello, reset = stream.event(), stream.event()
    assert (hello.name, reset.name) == ("hello", "reset")
    assert reset.id == hello.id == f"{blog.epoch}-{blog.head}"
    assert reset.json == state(blog)
    blog.publish(blog.post())
    assert frames(stream.up_to(blog.head)) == [blog.head]


def test_who_missed_more_than_is_worth_it_begins_again(
    site: Served, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "CATCHUP_EVENTS", 2)
    for since, name in ((blog.head - 2, ""), (blog.head - 3, "reset")):
        stream = site.stream(blog.path("stream"), last_event_id=f"{blog.epoch}-{since}")
        stream.hello()
        assert stream.event().name == name


@pytest.mark.both
def test_rendering_anew_resets_open_streams_and_old_cursors(site: Served, blog: Blog) -> None:
    stream = site.stream(blog.path("stream"))
    stream.hello()
    since = blog.head
    blog.publish(e.BlogDescribed(title="Sturm", language="de"))
    reset = stream.event()
    assert (reset.name, reset.json) == ("reset", state(blog))
    blog.publish(blog.post())
    assert frames(stream.up_to(blog.head)) == [blog.head]
    old = site.stream(blog.path("stream"), last_event_id=f"{blog.epoch}-{since}")
    assert [old.event().name, old.event().name] == ["hello", "reset"]


@pytest.mark.both
def test_after_a_restore_open_streams_and_whoever_returns_are_told_to_begin_again(site: Served, blog: Blog) -> None:
    stream, page = site.stream(blog.path("stream")), site.get(blog.path())
    stream.hello()
    was, segment = blog.epoch, blog.path(f"log/{blog.epoch}/0-0.json")
    assert blog.id in press.begin_anew()
    reset = stream.event()
    assert (reset.name, reset.json["epoch"] != was) == ("reset", True)
    old = site.stream(blog.path("stream"), last_event_id=f"{was}-{blog.head}")
    assert [old.event().name, old.event().name] == ["hello", "reset"]
    now = site.get(blog.path(), if_none_match=page["etag"])
    assert (now.status, now["etag"] != page["etag"]) == (200, True)
    assert site.get(segment).status == 404


@pytest.mark.both
@pytest.mark.parametrize("seed", range(3))
def test_whoever_joins_while_others_publish_misses_nothing_and_gets_nothing_twice(site: Served, seed: int) -> None:
    chance = random.Random(seed)
    blog = Blog.opened(posts=1)
    site.warm(blog.path())
    begun, most = blog.head, 60
    streams: list[tuple[Stream, int]] = []
    failed: list[BaseException] = []

    def join() -> None:
        try:
            for number in range(25):
                headers = {}
                since = None
                if number % 2:
                    since = chance.randint(begun, begun + 1)
                    headers = {"last_event_id": f"{blog.epoch}-{since}"}
                stream = site.stream(blog.path("stream"), **headers)
                hello = stream.hello()
                streams.append((stream, hello.json["head"] if since is None else since))
        except BaseException as error:
            failed.append(error)

    blog.publish(blog.post())
    joining = threading.Thread(target=join)
    joining.start()
    while blog.head < begun + most or joining.is_alive():
        blog.publish(*(blog.post() for _ in range(chance.randint(1, 3))))
    joining.join()
    assert not failed
    for stream, since in streams:
        assert frames(stream.up_to(blog.head)) == list(range(since + 1, blog.head + 1))


def test_the_newsrooms_own_screens_hear_the_same_and_are_no_readers(site: Served, blog: Blog) -> None:
    desk, reader = site.stream(blog.path("stream?desk")), site.stream(blog.path("stream"))
    assert desk.hello().data == reader.hello().data
    room = site.do(lambda: site.site.rooms[blog.id])
    assert (site.streams(blog.id), site.do(lambda: room.readers)) == (2, 1)
    blog.publish(blog.post())
    assert desk.event().data == reader.event().data
    desk.close()
    until(lambda: site.streams(blog.id) == 1)
    assert site.do(lambda: room.readers) == 1


def test_idle_streams_are_sent_a_heartbeat_and_old_ones_end(
    site: Served, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = site.stream(blog.path("stream"))
    stream.hello()
    room = site.do(lambda: site.site.rooms[blog.id])
    now = room._clock()
    clock = [now]
    monkeypatch.setattr(room, "_clock", lambda: clock[0])
    site.do(room.sweep)
    clock[0] = now + delivery_room.HEARTBEAT_S
    site.do(room.sweep)
    assert stream.event().name == "beat"
    spread = delivery_room.LIFETIME_S * delivery_room.LIFETIME_SPREAD
    ends = [next(iter(room.sinks)).ends_at - now]
    assert delivery_room.LIFETIME_S - spread - 1 <= ends[0] <= delivery_room.LIFETIME_S + spread
    clock[0] = now + delivery_room.LIFETIME_S + spread
    site.do(room.sweep)
    assert {event.name for event in stream.rest()} <= {"beat"}
    until(lambda: site.streams(blog.id) == 0)


def test_lifetimes_are_spread(site: Served, blog: Blog) -> None:
    streams = [site.stream(blog.path("stream")) for _ in range(12)]
    for stream in streams:
        stream.hello()
    ends = site.do(lambda: {round(sink.ends_at) for sink in site.site.rooms[blog.id].sinks})
    assert max(ends) - min(ends) > 10


def slow_reader(site: Served, blog: Blog) -> tuple[Stream, int]:
    """Open a stream whose reader has the smallest receive buffer, and reads nothing."""
    stream = site.stream(blog.path("stream"))
    stream.connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    stream.hello()
    return stream, blog.head


@pytest.mark.both
def test_who_never_reads_is_cut_and_comes_back_whole_while_others_notice_nothing(site: Served) -> None:
    blog = Blog.opened(posts=1)
    site.warm(blog.path())
    cuts = site.site.metrics.cuts._value
    before = cuts.get()
    slow, has = slow_reader(site, blog)
    quick = site.stream(blog.path("stream"))
    quick.hello()
    got: list[Event] = []
    while cuts.get() == before:
        blog.publish(*(blog.post("Words. " * 4_000) for _ in range(5)))
        got += quick.up_to(blog.head)
        waiting = site.do(lambda: [sink.queued for sink in site.site.rooms[blog.id].sinks])
        batch = 5 * 64 * 1024
        assert max(waiting) <= delivery_room.QUEUE_BYTES + batch
        assert blog.head < 600, "it was never cut"
    assert frames(got) == list(range(has + 1, blog.head + 1))
    until(lambda: site.streams(blog.id) == 1)
    taken: list[Event] = []
    with suppress(Closed):  # cut in the middle of an event
        while True:
            taken.append(slow.event())
    seen = frames(taken)
    assert seen == list(range(has + 1, has + 1 + len(seen)))


def test_who_comes_back_after_a_cut_gets_the_rest(site: Served) -> None:
    blog = Blog.opened(posts=1)
    site.warm(blog.path())
    stream = site.stream(blog.path("stream"))
    stream.hello()
    blog.publish(blog.post(), blog.post())
    last = stream.event()
    site.do(lambda: [sink.cut() for sink in list(site.site.rooms[blog.id].sinks)])
    blog.publish(blog.post())
    again = site.stream(blog.path("stream"), last_event_id=last.id)
    again.hello()
    assert frames([last, *again.up_to(blog.head)]) == [blog.head - 2, blog.head - 1, blog.head]


def test_a_reader_who_talks_on_a_stream_is_cut(site: Served, blog: Blog) -> None:
    if site.lane != "fast":
        pytest.skip("on the plain lane what comes after a request is another request, and uvicorn stops reading")
    site.warm(blog.path())
    stream = site.stream(blog.path("stream"))
    stream.hello()
    stream.connection.send(b"x" * 1_000)
    blog.publish(blog.post())
    assert frames(stream.up_to(blog.head)) == [blog.head], "a little talk is ignored"
    stream.connection.send(b"x" * (socket_sink.CHATTER_BYTES + 1))
    until(lambda: site.streams(blog.id) == 0)


def test_what_is_pipelined_after_a_stream_is_not_answered_into_it(site: Served, blog: Blog) -> None:
    site.warm(blog.path())
    with site.connect() as connection:
        connection.send(request(blog.path("stream")) + request(blog.path()))
        assert connection.status_and_headers()[0] == 200
        connection.send(request(blog.path()))
        connection.until(b"event: hello")
        blog.publish(blog.post())
        seen = connection.until(b'"s":%d' % blog.head)
        assert b"<html" not in seen
        assert b"HTTP/1.1" not in seen
    while site.streams(blog.id):  # who is not read any more is noticed to have gone when written to
        blog.publish(blog.post())


def test_a_stream_after_an_answer_that_nobody_took_does_not_stand_in_the_middle_of_it(site: Served, blog: Blog) -> None:
    site.warm(blog.path())
    with site.connect() as connection:
        connection.send(request(blog.path()) * 600 + request(blog.path("stream")))
        pages = {answer.raw for answer in connection.answers(600)}
        assert len(pages) == 1
        assert connection.status_and_headers()[0] == 200
        connection.until(b"event: hello")


@pytest.mark.both
@pytest.mark.parametrize(
    "event", [e.AudienceSet(audience=e.Audience.MEMBERS), e.AudienceSet(audience=e.Audience.NOBODY), e.BlogTakenDown()]
)
def test_streams_end_when_their_readers_may_no_longer_read(site: Served, blog: Blog, event: e.Event) -> None:
    stream = site.stream(blog.path("stream"))
    stream.hello()
    blog.publish(event)
    assert stream.rest() == []
    assert site.get(blog.path("stream")).status in {404, 410}


def test_streams_are_refused_when_there_are_enough_and_cost_nobody_a_page(
    site: Served, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = site.delivery.streams.admission
    open_now = site.do(lambda: door.open)
    monkeypatch.setattr(door, "total", open_now + 2)
    site.warm(blog.path())
    two = [site.stream(blog.path("stream")) for _ in range(2)]
    waits = set()
    for _ in range(20):
        refused = site.get(blog.path("stream"))
        assert (refused.status, refused["cache-control"]) == (503, "no-store")
        waits.add(int(refused["retry-after"]))
    assert len(waits) > 1
    assert waits <= set(range(2, 11))
    assert site.get(blog.path()).status == 200
    two[0].close()
    until(lambda: site.do(lambda: door.open) == open_now + 1)
    assert site.stream(blog.path("stream")).status == 200


def test_a_stream_that_the_fast_lane_may_not_open_is_refused_and_not_opened_on_the_plain_lane_a_moment_later(
    lanes: dict[str, Served], blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = lanes["fast"]
    site.warm(blog.path())
    asked = iter([False])  # then there is room again
    monkeypatch.setattr(site.delivery.streams.admission, "admits", lambda *_, **__: next(asked, True))
    assert site.get(blog.path("stream")).status == 503
    assert site.stream(blog.path("stream")).status == 200


def _all(room: Room, ending: str) -> None:
    for sink in list(room.sinks):
        getattr(sink, ending)()


def test_every_stream_that_ends_in_any_way_gives_its_place_back(site: Served, blog: Blog) -> None:
    door = site.delivery.streams.admission
    until(lambda: site.do(lambda: door.open) == 0)
    site.warm(blog.path())
    room = site.do(lambda: site.site.rooms[blog.id])
    for end in ("close", "reset", "end", "cut"):
        streams = [site.stream(blog.path("stream")) for _ in range(3)]
        streams.append(site.stream(blog.path("stream"), last_event_id=f"{blog.epoch}-1"))
        for stream in streams:
            stream.hello()
        assert site.do(lambda: door.open) == 4
        if end == "close":
            for stream in streams:
                stream.close()
        elif end == "reset":
            for stream in streams:
                linger_not = b"\1\0\0\0\0\0\0\0"
                stream.connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_not)
                stream.close()
        else:
            site.do(partial(_all, room, end))
        until(lambda: site.do(lambda: (door.open, len(room.sinks))) == (0, 0))
        assert site.site.metrics.readers._value.get() == 0


def test_a_stream_that_is_over_writes_to_no_descriptor(lanes: dict[str, Served], blog: Blog) -> None:
    site = lanes["fast"]
    site.warm(blog.path())
    for ending in ("lost", "end", "cut"):
        stream = site.stream(blog.path("stream"))
        stream.hello()
        [sink] = site.do(lambda: list(site.site.rooms[blog.id].sinks))
        assert isinstance(sink, socket_sink.SocketSink)
        descriptor = sink._fd
        assert descriptor >= 0
        assert os.fstat(descriptor)

        def over(sink: socket_sink.SocketSink = sink, ending: str = ending) -> None:
            getattr(sink, ending)()
            sink.push(b"somebody else's")

        site.do(over)
        assert sink._fd == -1
        if ending == "lost":
            site.do(sink._connection.transport.abort)
        until(sink._connection.transport.is_closing)
        site.do(partial(sink.push, b"somebody else's"))
        assert b"somebody" not in stream.connection.rest()
        assert site.streams(blog.id) == 0


def test_the_descriptor_of_a_stream_is_open_until_its_room_was_left(lanes: dict[str, Served], blog: Blog) -> None:
    site = lanes["fast"]
    site.warm(blog.path())
    for _ in range(20):  # each new connection takes the number of the one before
        stream = site.stream(blog.path("stream"))
        stream.hello()
        stream.close()
        with site.connect() as other:
            other.send(request("/healthz"))
            blog.publish(blog.post())
            assert other.answer().body == b"alive\n"
            other.sock.settimeout(0.01)
            with pytest.raises(TimeoutError):
                other.sock.recv(1)


def opened(site: Served, blog: Blog) -> tuple[Stream, socket_sink.SocketSink]:
    """Open the only stream of a live blog."""
    site.warm(blog.path())
    stream = site.stream(blog.path("stream"))
    stream.hello()
    [sink] = site.do(lambda: list(site.site.rooms[blog.id].sinks))
    assert isinstance(sink, socket_sink.SocketSink)
    return stream, sink


def test_bytes_that_wait_are_never_overtaken(lanes: dict[str, Served], blog: Blog) -> None:
    site = lanes["fast"]
    stream, sink = opened(site, blog)

    def push_many() -> None:
        for number in range(400):
            sink.push(b": %05d %b\n\n" % (number, b"x" * 600))

    site.do(push_many)
    seen = stream.connection.exactly(400 * 610)
    assert [int(line[2:7]) for line in seen.split(b"\n\n") if line] == list(range(400))
    until(lambda: site.do(sink._transport.get_write_buffer_size) == 0)
    site.do(lambda: (sink.push(b": after\n\n"), sink.push(b": that\n\n"), sink.push(b": and that\n\n")))
    assert stream.connection.until(b"and that\n\n").endswith(b": after\n\n: that\n\n: and that\n\n")


def test_what_waits_for_a_slow_reader_are_the_bytes_of_all_and_one_rest_of_its_own(
    lanes: dict[str, Served], blog: Blog
) -> None:
    site = lanes["fast"]
    _, sink = opened(site, blog)
    event = b": %b\n\n" % (b"x" * 996)

    def push_until_some_wait() -> None:
        while len(sink._waiting or ()) < 20:
            sink.push(event)

    site.do(push_until_some_wait)
    assert 0 < sink._transport.get_write_buffer_size() <= len(event)
    assert all(waiting is event for waiting in sink._waiting or ())
    assert sink.queued == sink._transport.get_write_buffer_size() + 20 * len(event)


def test_what_waits_is_sent_before_a_stream_ends(lanes: dict[str, Served], blog: Blog) -> None:
    site = lanes["fast"]
    stream, sink = opened(site, blog)

    def push_and_end() -> None:
        for number in range(400):
            sink.push(b": %05d %b\n\n" % (number, b"x" * 600))
        assert sink._waiting
        sink.end()

    site.do(push_and_end)
    seen = stream.connection.rest()
    assert [int(line[2:7]) for line in seen.split(b"\n\n") if line] == list(range(400))


def test_catching_up_from_any_page_reads_what_the_library_holds(site: Served, anyblog: Blog, database: object) -> None:
    library = Library(database)  # type: ignore[arg-type]
    head = site.get(anyblog.path("log/head.json")).json
    stored = [frame.data for frame in library.frames(*library.blogs([anyblog.id]), after=0, upto=anyblog.head)]
    library.close()
    stream = site.stream(anyblog.path("stream"), last_event_id=f"{anyblog.epoch}-0")
    stream.hello()
    sent = [event.data.encode() for event in stream.up_to(anyblog.head) if event.name == ""]
    assert sent == stored
    assert [frame["s"] for frame in head["frames"]] == list(range(1, anyblog.head + 1))


def running() -> int:
    """Return how many threads this process has: both servers', and the test's own."""
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def test_a_thousand_open_streams_hold_few_threads(site: Served, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    needed, hard = 3_000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if 0 <= hard < needed:
        pytest.skip(f"needs {needed} open files, and this machine allows {hard}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    monkeypatch.setattr(site.delivery.streams.admission, "total", 2_000)
    monkeypatch.setattr(admission, "OVERLOADED_S", math.inf)  # what a busy machine sheds is test_admission's
    site.warm(blog.path())
    threads = running()
    streams = [site.stream(blog.path("stream")) for _ in range(1_000)]
    assert site.streams(blog.id) == 1_000
    assert running() <= threads <= 20
    blog.publish(blog.post())
    for stream in streams:
        stream.hello()
        assert frames(stream.up_to(blog.head)) == [blog.head]
