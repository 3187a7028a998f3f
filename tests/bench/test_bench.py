"""The harness measures: its C compiles without a warning, its swarm counts, its rows say what they must."""

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import machine
from bench.results import at_least, at_most, below, row, table, write
from bench.servers import Limit, fetch, mark, payload
from bench.swarm import Swarm, Target, load


def _compiled(name: str) -> Path:
    try:
        return machine.compiled(name)
    except machine.Unavailable as why:
        pytest.skip(str(why))


@pytest.fixture
def limit(tmp_path: Path) -> Iterator[Limit]:
    """The C server."""
    _compiled("epoll_server")
    _compiled("swarm")
    server = Limit(tmp_path)
    (tmp_path / "page.gz").write_bytes(b"x" * 3_000)
    server.documents["/page"] = tmp_path / "page.gz"
    try:
        server.start()
        yield server
    finally:
        server.stop()


def test_every_reader_of_the_swarm_gets_every_event(limit: Limit, tmp_path: Path) -> None:
    with Swarm(limit.stream, 20, log=tmp_path / "swarm.log") as swarm:
        swarm.ready()
        swarm.expect(1, 3)
        limit.publish(1, 1)
        limit.publish(2, 2)
        came = swarm.arrivals()
    assert (came.got, came.twice, came.gaps, came.closed) == (60, 0, 0, 0)
    assert 0 <= came.p50_ms <= came.p99_ms <= came.max_ms
    assert came.first_ns <= came.last_ns


def test_the_swarm_sees_what_is_lost_and_what_comes_twice(limit: Limit, tmp_path: Path) -> None:
    with Swarm(limit.stream, 5, log=tmp_path / "swarm.log") as swarm:
        swarm.ready()
        swarm.expect(1, 4)
        for number in (1, 1, 4):
            limit.publish(number, 1)
        machine.wait_until(lambda: swarm.counts().got == 10, 10, "five readers with two events each")
        came = swarm.counts()
    assert (came.twice, came.gaps) == (5, 10)


@pytest.mark.parametrize("piece", [1, 7, 4_096])
def test_the_swarm_reads_a_stream_in_chunks_however_it_is_cut(piece: int, tmp_path: Path) -> None:
    _compiled("swarm")
    event = b"id: 1-1\nevent: message\ndata: %b\n\n" % payload(1, time.monotonic_ns(), 300)
    part = b"event: part\ndata: %b\n\n" % mark(9, 1).encode()
    body = b"".join(b"%x\r\n%b\r\n" % (len(text), text) for text in (event[:100], event[100:] + part, b":\n\n"))
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body
    with socket.socket() as listener:
        listener.bind((machine.LOOPBACK, 0))
        listener.listen()
        target = Target(port=listener.getsockname()[1], path="/stream")
        with Swarm(target, 1, log=tmp_path / "swarm.log", expect=(1, 1)) as swarm:
            connection, _ = listener.accept()
            with connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for start in range(0, len(answer), piece):
                    connection.sendall(answer[start : start + piece])
                came = swarm.arrivals(20)
    assert (came.got, came.twice, came.gaps) == (1, 0, 0)


def test_a_returning_reader_gets_what_it_missed_and_then_what_is_new(limit: Limit, tmp_path: Path) -> None:
    for number in range(1, 6):
        limit.publish(number, 1)
    machine.wait_until(lambda: limit.process.cpu_s() >= 0, 5, "the server")
    stream = limit.stream
    target = Target(port=stream.port, path=stream.path, header=limit.resume(3))
    with Swarm(target, 4, log=tmp_path / "swarm.log", expect=(3, 4)) as swarm:
        swarm.ready()
        limit.publish(6, 1)
        came = swarm.arrivals()
    assert (came.got, came.twice, came.gaps) == (16, 0, 0)


def test_documents_and_their_304_come_whole(limit: Limit, tmp_path: Path) -> None:
    page = Target(port=limit.port, path="/page")
    assert fetch(page)[2] == b"x" * 3_000
    done = load(page, connections=4, seconds=0.2, log=tmp_path / "swarm.log")
    assert done.bad == 0
    assert done.wire_bytes > 3_000 * done.requests
    unchanged = Target(port=limit.port, path="/page", header='If-None-Match: W/"1"\r\n')
    assert load(unchanged, connections=4, seconds=0.2, status=304, log=tmp_path / "swarm.log").bad == 0
    with pytest.raises(machine.Failed):
        load(page, connections=1, seconds=0.1, status=304, log=tmp_path / "swarm.log")


def test_the_swarm_goes_nowhere_but_to_loopback(tmp_path: Path) -> None:
    program = _compiled("swarm")
    said = machine.output([str(program), "sse", "--address", "192.0.2.1", "--port", "80"])
    assert "only addresses in 127/8" in said


def test_a_target_is_met_missed_or_cannot_be_judged() -> None:
    bounds = [at_most(1.15, "c"), at_most(0.75, "nchan")]
    assert row("cpu", "µs", {"fast": 11.0, "c": 10.0, "nchan": 17.0}, bounds).met is True
    assert row("cpu", "µs", {"fast": 12.0, "c": 10.0, "nchan": 17.0}, bounds).met is False
    assert row("cpu", "µs", {"fast": 11.0, "c": 10.0}, bounds).met is None
    assert row("cpu", "µs", {"fast": 12.0, "c": 10.0}, bounds).met is False
    assert row("cpu", "µs", {"c": 10.0}, bounds).met is None
    assert row("burst", "a second", {"fast": 99.0, "nchan": 10.0}, [at_least(10, "nchan")]).met is False
    assert row("last", "ms", {"fast": 149.0}, [below(150)]).met is True


def test_results_have_a_row_a_figure(tmp_path: Path) -> None:
    rows = [
        row("stream: CPU", "µs", {"fast": 11.0, "c_each": 10.0, "nchan": None}, [at_most(1.15, "c_each")]),
        row("stream: nothing of ours", "ms", {"c_each": 1.0}),
    ]
    write(tmp_path / "results.json", rows, machine=machine.describe(), missing={"nchan": "not here"}, run={"runs": 3})
    read = json.loads((tmp_path / "results.json").read_text())
    assert set(read) == {"machine", "run", "missing", "rows"}
    for each in read["rows"]:
        assert set(each) == {"name", "unit", "ours", "rivals", "ratio", "target", "met", "note"}
    assert read["rows"][0]["ratio"] == {"c_each": 1.1}
    assert read["rows"][0]["met"] is True
    assert read["rows"][1]["ours"] is None
    assert "1.10" in table(rows)
