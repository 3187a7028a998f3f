"""A client of HTTP and event streams over a bare socket, strict about every byte.

Owns a small client that shares no code with the server.
"""

import gzip
import json
import socket
from dataclasses import dataclass, field
from typing import Any, Self

import brotli


@dataclass
class Answer:
    """One answer. `headers`: as they came, names in lower case."""

    status: int
    headers: list[tuple[str, str]]
    raw: bytes

    def __getitem__(self, name: str) -> str:
        """Return a header's value, "" if it has none; twice the same header fails."""
        values = [value for key, value in self.headers if key == name]
        assert len(values) < 2, f"{name} came twice: {values}"
        return values[0] if values else ""

    @property
    def body(self) -> bytes:
        match self["content-encoding"]:
            case "":
                return self.raw
            case "gzip":
                return gzip.decompress(self.raw)
            case "br":
                decompressed: bytes = brotli.decompress(self.raw)
                return decompressed
            case other:
                raise AssertionError(other)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def alike(self) -> tuple[int, list[tuple[str, str]], bytes]:
        """What every lane must answer alike: all but the date, and the framing and `retry` of streams."""
        passing = {"date", "transfer-encoding", "retry-after"}
        return self.status, sorted(h for h in self.headers if h[0] not in passing), self.raw


def request(path: str = "/desk/", *, method: str = "GET", host: str = "127.0.0.1", **headers: str) -> bytes:
    """Return a request as bytes; `if_none_match` is written `if-none-match`."""
    lines = [f"{method} {path} HTTP/1.1", f"host: {host}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


class Closed(Exception):
    """The server closed the connection where an answer should have been."""


OPEN: "list[Connection]" = []
"""Every connection of the test that runs; conftest.py closes what is left."""


@dataclass
class Connection:
    """One connection to a server."""

    port: int
    source: str = "127.0.0.1"
    sock: socket.socket = field(init=False)
    seen: bytes = b""

    def __post_init__(self) -> None:
        """Connect. The timeout only catches a hang."""
        # A port that is bound before it is known whither is one that no other connection of a minute may have.
        source = (self.source, 0) if self.source != "127.0.0.1" else None
        self.sock = socket.create_connection(("127.0.0.1", self.port), timeout=20, source_address=source)
        OPEN.append(self)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.sock.close()

    def send(self, data: bytes) -> None:
        """Send bytes; a server that has hung up already is no error."""
        try:
            self.sock.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            return

    def more(self) -> None:
        """Receive some more, or raise Closed."""
        try:
            data = self.sock.recv(65536)
        except ConnectionResetError:
            data = b""
        if not data:
            raise Closed(self.seen)
        self.seen += data

    def until(self, mark: bytes) -> bytes:
        """Return what comes up to a mark, and the mark."""
        while mark not in self.seen:
            self.more()
        found, _, self.seen = self.seen.partition(mark)
        return found + mark

    def exactly(self, count: int) -> bytes:
        """Return so many bytes."""
        while len(self.seen) < count:
            self.more()
        found, self.seen = self.seen[:count], self.seen[count:]
        return found

    def rest(self) -> bytes:
        """Return all that comes until the server closes."""
        try:
            while True:
                self.more()
        except Closed:
            found, self.seen = self.seen, b""
            return found

    def ask(self, asked: bytes) -> Answer:
        self.send(asked)
        return self.answer(head=asked.startswith(b"HEAD"))

    def status_and_headers(self) -> tuple[int, list[tuple[str, str]]]:
        first, *lines = self.until(b"\r\n\r\n")[:-4].split(b"\r\n")
        version, status, _ = first.split(b" ", 2)
        assert version == b"HTTP/1.1"
        pairs = [line.split(b": ", 1) for line in lines]
        return int(status), [(name.lower().decode(), value.decode("latin-1")) for name, value in pairs]

    def answer(self, *, head: bool = False) -> Answer:
        """Read one answer, and not a byte more."""
        status, headers = self.status_and_headers()
        while status == 100:
            status, headers = self.status_and_headers()
        answer = Answer(status, headers, b"")
        if head or status == 304:
            return answer
        if answer["transfer-encoding"] == "chunked":
            while size := int(self.until(b"\r\n"), 16):
                answer.raw += self.exactly(size)
                assert self.exactly(2) == b"\r\n"
            assert self.exactly(2) == b"\r\n"
        else:
            answer.raw = self.exactly(int(answer["content-length"]))
        return answer

    def answers(self, count: int) -> list[Answer]:
        """Read so many answers."""
        return [self.answer() for _ in range(count)]


@dataclass
class Event:
    """One event of a stream, as a browser would dispatch it; a comment is an event named ":"."""

    name: str
    id: str
    data: str
    raw: bytes = b""

    @property
    def json(self) -> Any:
        return json.loads(self.data)


class Stream:
    """An event stream. Frames are its events without a name."""

    def __init__(self, connection: Connection, path: str, **headers: str) -> None:
        """Ask for a stream and read its head."""
        self.connection = connection
        connection.send(request(path, accept="text/event-stream", **headers))
        self.status, self.headers = connection.status_and_headers()
        self.answer = Answer(self.status, self.headers, b"")
        self._chunked = self.answer["transfer-encoding"] == "chunked"
        self._decoded = b""
        self._left = 0
        self.ended = False

    def close(self) -> None:
        self.connection.sock.close()

    def _more(self) -> None:
        if not self._chunked:
            if not self.connection.seen:
                self.connection.more()
            self._decoded += self.connection.seen
            self.connection.seen = b""
            return
        size = int(self.connection.until(b"\r\n"), 16)
        self._decoded += self.connection.exactly(size)
        assert self.connection.exactly(2) == b"\r\n"
        if not size:
            self.ended = True
            raise Closed(self._decoded)

    def event(self) -> Event:
        """Read the next event."""
        while b"\n\n" not in self._decoded:
            self._more()
        block, _, self._decoded = self._decoded.partition(b"\n\n")
        assert b"\r" not in block
        assert b"\0" not in block
        if block == b":":
            return Event(":", "", "", block)
        fields: dict[str, list[str]] = {}
        for line in block.decode().split("\n"):
            name, _, value = line.partition(": ")
            fields.setdefault(name, []).append(value)
        assert fields.keys() <= {"event", "id", "data", "retry"}, block
        one = {name: values[0] for name, values in fields.items()}
        return Event(one.get("event", ""), one.get("id", ""), "\n".join(fields.get("data", [])), block)

    def hello(self) -> Event:
        hello = self.event()
        assert hello.name == "hello"
        return hello

    def up_to(self, seq: int) -> list[Event]:
        """Read events up to the frame of a seq, and the part messages that came with it."""
        events: list[Event] = []
        while not (events and events[-1].name == "" and events[-1].json["s"] >= seq):
            events.append(self.event())
        return events

    def rest(self) -> list[Event]:
        """Read events until the stream ends; half an event at the end fails."""
        events = []
        try:
            while True:
                events.append(self.event())
        except Closed:
            assert not self._decoded, "it ended within an event"
            return events
