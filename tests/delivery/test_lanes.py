"""Odd, hostile and broken requests get the same answer on both lanes, and never another request's."""

import re
from typing import Any

import pytest

from tests.delivery.client import Answer, Closed, Connection, request
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served, until

H = b"host: 127.0.0.1\r\n"


def asked(path: str, slug: str) -> bytes:
    return path.replace("SLUG", slug).encode("latin-1")


# What is sent, in pieces that arrive apart. PAGE and the like stand for addresses of a blog that is kept warm.
CORPUS: dict[str, list[bytes]] = {
    "page": [b"GET PAGE HTTP/1.1\r\n" + H + b"\r\n"],
    "head": [b"HEAD PAGE HTTP/1.1\r\n" + H + b"\r\n"],
    "permalink": [b"GET POST HTTP/1.1\r\n" + H + b"\r\n"],
    "delta": [b"GET DELTA HTTP/1.1\r\n" + H + b"accept-encoding: gzip\r\n\r\n"],
    "brotli": [b"GET PAGE HTTP/1.1\r\n" + H + b"Accept-Encoding: gzip, deflate, br, zstd\r\n\r\n"],
    "no brotli": [b"GET PAGE HTTP/1.1\r\n" + H + b"Accept-Encoding: br;q=0, gzip;q=0.5\r\n\r\n"],
    "nothing compressed": [b"GET PAGE HTTP/1.1\r\n" + H + b"Accept-Encoding: br; q=0.0, gzip;q=0\r\n\r\n"],
    "encoding in two lines": [b"GET PAGE HTTP/1.1\r\n" + H + b"Accept-Encoding: x\r\nAccept-Encoding: br\r\n\r\n"],
    "has it": [b"GET PAGE HTTP/1.1\r\n" + H + b"If-None-Match: ETAG\r\n\r\n"],
    "has it, head": [b"HEAD PAGE HTTP/1.1\r\n" + H + b"If-None-Match: ETAG\r\n\r\n"],
    "has it, strong": [b"GET PAGE HTTP/1.1\r\n" + H + b"If-None-Match: BARE\r\n\r\n"],
    "has it, in a list": [b'GET PAGE HTTP/1.1\r\n' + H + b'If-None-Match: "a", W/"b" ,ETAG\r\n\r\n'],
    "has it, in two lines": [b'GET PAGE HTTP/1.1\r\n' + H + b'If-None-Match: "a"\r\nIf-None-Match: ETAG\r\n\r\n'],
    "has any": [b"GET PAGE HTTP/1.1\r\n" + H + b"If-None-Match: *\r\n\r\n"],
    "has another": [b'GET PAGE HTTP/1.1\r\n' + H + b'If-None-Match: W/"x-1-0"\r\n\r\n'],
    "half a tag": [b'GET PAGE HTTP/1.1\r\n' + H + b'If-None-Match: "\r\n\r\n'],
    "modified since": [b"GET PAGE HTTP/1.1\r\n" + H + b"If-Modified-Since: Thu, 01 Jan 2099 00:00:00 GMT\r\n\r\n"],
    "if-match": [b'GET PAGE HTTP/1.1\r\n' + H + b'If-Match: "x"\r\n\r\n'],
    "range": [b"GET PAGE HTTP/1.1\r\n" + H + b"Range: bytes=0-9\r\n\r\n"],
    "odd range": [b"GET PAGE HTTP/1.1\r\n" + H + b"Range: bytes=9-1,-0,x-\r\n\r\n"],
    "1.0": [b"GET PAGE HTTP/1.0\r\n" + H + b"\r\n"],
    "1.0 without host": [b"GET PAGE HTTP/1.0\r\n\r\n"],
    "0.9": [b"GET PAGE\r\n\r\n"],
    "2.0": [b"GET PAGE HTTP/2.0\r\n" + H + b"\r\n"],
    "preface of 2": [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    "tls": [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64)],
    "absolute": [b"GET http://127.0.0.1PAGE HTTP/1.1\r\n" + H + b"\r\n"],
    "absolute, of another": [b"GET http://evil.examplePAGE HTTP/1.1\r\nhost: evil.example\r\n\r\n"],
    "authority": [b"CONNECT 127.0.0.1:80 HTTP/1.1\r\n" + H + b"\r\n"],
    "star": [b"OPTIONS * HTTP/1.1\r\n" + H + b"\r\n"],
    "no host": [b"GET PAGE HTTP/1.1\r\n\r\n"],
    "two hosts": [b"GET PAGE HTTP/1.1\r\n" + H + H + b"\r\n"],
    "two hosts that differ": [b"GET PAGE HTTP/1.1\r\n" + H + b"host: evil.example\r\n\r\n"],
    "another host": [b"GET PAGE HTTP/1.1\r\nhost: evil.example\r\n\r\n"],
    "host in capitals": [b"GET PAGE HTTP/1.1\r\nHOST: LOCALHOST:8000\r\n\r\n"],
    "host with a user": [b"GET PAGE HTTP/1.1\r\nhost: a@127.0.0.1\r\n\r\n"],
    "empty host": [b"GET PAGE HTTP/1.1\r\nhost:\r\n\r\n"],
    "fold": [b"GET PAGE HTTP/1.1\r\n" + H + b"x: a\r\n b\r\n\r\n"],
    "fold first": [b"GET PAGE HTTP/1.1\r\n x: a\r\n" + H + b"\r\n"],
    "nul in a value": [b"GET PAGE HTTP/1.1\r\n" + H + b"x: a\0b\r\n\r\n"],
    "nul in the path": [b"GET PAGE\0 HTTP/1.1\r\n" + H + b"\r\n"],
    "bare lf": [b"GET PAGE HTTP/1.1\n" + H + b"\r\n"],
    "bare lf in a header": [b"GET PAGE HTTP/1.1\r\n" + H + b"x: a\ny: b\r\n\r\n"],
    "bare cr": [b"GET PAGE HTTP/1.1\r\n" + H + b"x: a\ry: b\r\n\r\n"],
    "lf at the end": [b"GET PAGE HTTP/1.1\r\n" + H + b"\n"],
    "space before colon": [b"GET PAGE HTTP/1.1\r\n" + H + b"x : a\r\n\r\n"],
    "no colon": [b"GET PAGE HTTP/1.1\r\n" + H + b"x\r\n\r\n"],
    "no name": [b"GET PAGE HTTP/1.1\r\n" + H + b": a\r\n\r\n"],
    "two spaces": [b"GET  PAGE HTTP/1.1\r\n" + H + b"\r\n"],
    "tab": [b"GET\tPAGE HTTP/1.1\r\n" + H + b"\r\n"],
    "small letters": [b"get PAGE HTTP/1.1\r\n" + H + b"\r\n"],
    "high bytes": [b"GET PAGE HTTP/1.1\r\n" + H + b"x: \xff\xfe\r\n\r\n"],
    "high bytes in the path": [b"GET PAGE\xc3\xa9 HTTP/1.1\r\n" + H + b"\r\n"],
    "large header": [b"GET PAGE HTTP/1.1\r\n" + H + b"x: " + b"a" * 20_000 + b"\r\n\r\n"],
    "many headers": [b"GET PAGE HTTP/1.1\r\n" + H + b"x: a\r\n" * 4_000 + b"\r\n"],
    "large path": [b"GET PAGE" + b"a" * 20_000 + b" HTTP/1.1\r\n" + H + b"\r\n"],
    "long query": [b"GET PAGE?" + b"a" * 3_000 + b" HTTP/1.1\r\n" + H + b"\r\n"],
    "endless head": [b"GET PAGE HTTP/1.1\r\nx: ", b"a" * 9_000, b"a" * 9_000],
    "length": [b"GET PAGE HTTP/1.1\r\n" + H + b"Content-Length: 0\r\n\r\n"],
    "length and a body": [b"GET PAGE HTTP/1.1\r\n" + H + b"Content-Length: 5\r\n\r\nhello"],
    "odd length": [b"GET PAGE HTTP/1.1\r\n" + H + b"Content-Length: +5\r\n\r\nhello"],
    "two lengths": [b"GET PAGE HTTP/1.1\r\n" + H + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"],
    "chunked": [b"GET PAGE HTTP/1.1\r\n" + H + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
    "chunked garbage": [b"POST PAGE HTTP/1.1\r\n" + H + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"],
    "both lengths": [
        b"POST PAGE HTTP/1.1\r\n" + H + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ],
    "odd coding": [b"POST PAGE HTTP/1.1\r\n" + H + b"Transfer-Encoding: gzip\r\n\r\n"],
    "expect": [b"GET PAGE HTTP/1.1\r\n" + H + b"Expect: 100-continue\r\n\r\n"],
    "odd expect": [b"GET PAGE HTTP/1.1\r\n" + H + b"Expect: coffee\r\n\r\n"],
    "h2c": [
        b"GET PAGE HTTP/1.1\r\n" + H
        + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: A\r\n\r\n"
    ],
    "websocket": [b"GET PAGE HTTP/1.1\r\n" + H + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"],
    "close": [b"GET PAGE HTTP/1.1\r\n" + H + b"Connection: close\r\n\r\n"],
    "close, in capitals": [b"GET PAGE HTTP/1.1\r\n" + H + b"Connection: CLOSE\r\n\r\n"],
    "close and more": [b"GET PAGE HTTP/1.1\r\n" + H + b"Connection: close, x\r\n\r\n"],
    "keep-alive": [b"GET PAGE HTTP/1.1\r\n" + H + b"Connection: Keep-Alive\r\n\r\n"],
    "cookie": [b"GET PAGE HTTP/1.1\r\n" + H + b"Cookie: a=b\r\n\r\n"],
    "percent": [b"GET PAGE%2e HTTP/1.1\r\n" + H + b"\r\n"],
    "percent of a letter": [b"GET /%6cive/SLUG/ HTTP/1.1\r\n" + H + b"\r\n"],
    "dots": [b"GET PAGE../ HTTP/1.1\r\n" + H + b"\r\n"],
    "dots to static": [b"GET /static/../wiring/settings.py HTTP/1.1\r\n" + H + b"\r\n"],
    "encoded dots to static": [b"GET /static/%2e%2e/wiring/settings.py HTTP/1.1\r\n" + H + b"\r\n"],
    "two slashes": [b"GET /PAGE HTTP/1.1\r\n" + H + b"\r\n"],
    "two slashes within": [b"GET PAGE/ HTTP/1.1\r\n" + H + b"\r\n"],
    "no slash": [b"GET /live/SLUG HTTP/1.1\r\n" + H + b"\r\n"],
    "query": [b"GET PAGE?utm=1 HTTP/1.1\r\n" + H + b"\r\n"],
    "query on a delta": [b"GET DELTA?x HTTP/1.1\r\n" + H + b"\r\n"],
    "empty query on a delta": [b"GET DELTA? HTTP/1.1\r\n" + H + b"\r\n"],
    "fragment": [b"GET PAGE#p1 HTTP/1.1\r\n" + H + b"\r\n"],
    "capitals": [b"GET /LIVE/SLUG/ HTTP/1.1\r\n" + H + b"\r\n"],
    "capitals in the slug": [b"GET /live/STORM/ HTTP/1.1\r\n" + H + b"\r\n"],
    "backslash": [b"GET \\live\\SLUG\\ HTTP/1.1\r\n" + H + b"\r\n"],
    "no such blog": [b"GET /live/nowhere/ HTTP/1.1\r\n" + H + b"\r\n"],
    "no such page": [b"GET PAGEpage/99/ HTTP/1.1\r\n" + H + b"\r\n"],
    "page zero": [b"GET PAGEpage/0/ HTTP/1.1\r\n" + H + b"\r\n"],
    "page one with a nought": [b"GET PAGEpage/01/ HTTP/1.1\r\n" + H + b"\r\n"],
    "segment to come": [b"GET PAGElog/EPOCH/7-0.json HTTP/1.1\r\n" + H + b"\r\n"],
    "segment not canonical": [b"GET PAGElog/EPOCH/00-0.json HTTP/1.1\r\n" + H + b"\r\n"],
    "segment of another epoch": [b"GET PAGElog/abcd/0-0.json HTTP/1.1\r\n" + H + b"\r\n"],
    "head of a stream": [b"HEAD PAGEstream HTTP/1.1\r\n" + H + b"\r\n"],
    "post": [b"POST PAGE HTTP/1.1\r\n" + H + b"Content-Length: 3\r\n\r\na=b"],
    "post to the stream": [b"POST PAGEstream HTTP/1.1\r\n" + H + b"Content-Length: 0\r\n\r\n"],
    "put": [b"PUT PAGE HTTP/1.1\r\n" + H + b"Content-Length: 0\r\n\r\n"],
    "delete": [b"DELETE PAGE HTTP/1.1\r\n" + H + b"\r\n"],
    "made-up method": [b"BREW PAGE HTTP/1.1\r\n" + H + b"\r\n"],
    "static": [b"GET /static/reader.css HTTP/1.1\r\n" + H + b"accept-encoding: br\r\n\r\n"],
    "static font": [b"GET /static/reader-newsreader.woff2 HTTP/1.1\r\n" + H + b"accept-encoding: br\r\n\r\n"],
    "static that is not there": [b"GET /static/nothing.js HTTP/1.1\r\n" + H + b"\r\n"],
    "alive": [b"GET /healthz HTTP/1.1\r\nhost: 10.0.0.7\r\n\r\n"],
    "ready": [b"GET /readyz HTTP/1.1\r\n\r\n"],
    "the desk": [b"GET /desk/ HTTP/1.1\r\n" + H + b"\r\n"],
    "blank lines first": [b"\r\n\r\nGET PAGE HTTP/1.1\r\n" + H + b"\r\n"],
    "two in one": [b"GET PAGE HTTP/1.1\r\n" + H + b"\r\n" + b"GET POST HTTP/1.1\r\n" + H + b"\r\n"],
    "fast, slow, fast": [
        b"GET PAGE HTTP/1.1\r\n" + H + b"\r\n" + b"GET /desk/ HTTP/1.1\r\n" + H + b"\r\n"
        + b"HEAD PAGE HTTP/1.1\r\n" + H + b"\r\n"
    ],
    "slow, then fast": [b"GET /desk/ HTTP/1.1\r\n" + H + b"\r\n", b"GET PAGE HTTP/1.1\r\n" + H + b"\r\n"],
    "fast, then slow": [b"GET PAGE HTTP/1.1\r\n" + H + b"\r\n", b"GET /desk/ HTTP/1.1\r\n" + H + b"\r\n"],
    "fast, and half a slow one": [
        b"GET PAGE HTTP/1.1\r\n" + H + b"\r\nGET /de", b"sk/ HTTP/1.1\r\n" + H + b"\r\n"
    ],
    "a body that looks like a request": [
        b"POST PAGE HTTP/1.1\r\n" + H + b"Content-Length: 44\r\n\r\n",
        b"GET /static/reader.css HTTP/1.1\r\nhost: a\r\n\r\n"[:44].ljust(44),
    ],
    "a large body, in pieces": [
        b"POST /desk/ HTTP/1.1\r\n" + H + b"Content-Length: 120000\r\n\r\n", b"a" * 60_000, b"a" * 60_000
    ],
    "close, and more after it": [
        b"GET PAGE HTTP/1.1\r\n" + H + b"Connection: close\r\n\r\nGET PAGE HTTP/1.1\r\n" + H + b"\r\n"
    ],
    "garbage after a request": [b"GET PAGE HTTP/1.1\r\n" + H + b"\r\n\0\0\0\r\n\r\n"],
}  # fmt: skip


@pytest.fixture(scope="module")
def warm(lanes: dict[str, Served]) -> Blog:
    """Return a blog whose resources each lane keeps."""
    blog = Blog.opened(posts=55)
    for served in lanes.values():
        for rest in ("", "p/p1/", "page/1/", "log/head.json", f"log/{blog.epoch}/0-0.json"):
            assert served.warm(blog.path(rest)).status == 200
    return blog


def filled(piece: bytes, blog: Blog, etag: str) -> bytes:
    """Put a blog's addresses into a request."""
    words = {
        b"PAGE": blog.path().encode(),
        b"POST /": b"POST /",
        b"DELTA": blog.path("log/head.json").encode(),
        b"SLUG": blog.slug.encode(),
        b"EPOCH": blog.epoch.encode(),
        b"ETAG": etag.encode(),
        b"BARE": etag.removeprefix("W/").encode(),
        b"GET POST": b"GET " + blog.path("p/p1/").encode(),
    }
    return re.sub(b"|".join(map(re.escape, words)), lambda found: words[found[0]], piece)


END = b"GET /static/nothing-at-all HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"


def talk(served: Served, pieces: list[bytes]) -> list[object]:
    """Send pieces, each once the server has read the last, then a last request; return all answers, then "closed"."""
    with served.connect() as connection:
        heads = [piece.startswith(b"HEAD") for piece in b"".join(pieces).split(b"\r\n\r\n")]
        for piece in pieces:
            connection.send(piece)
            read_by(served, connection)
        connection.send(END)
        said: list[object] = []
        try:
            while True:
                answer = connection.answer(head=bool(heads) and heads.pop(0))
                said.append(answer.alike)
        except Closed:
            assert not connection.seen, f"half an answer: {connection.seen[:200]!r}"
            return [*said, "closed"]


def read_by(served: Served, connection: Connection) -> None:
    """Return when the server has read what was sent: by then another connection's bytes have been read too."""
    del connection
    served.get("/healthz")
    served.do(lambda: None)


@pytest.mark.parametrize("name", CORPUS)
def test_both_lanes_answer_alike(name: str, lanes: dict[str, Served], warm: Blog) -> None:
    etag = lanes["fast"].get(warm.path())["etag"]
    pieces = [filled(piece, warm, etag) for piece in CORPUS[name]]
    fast, plain = talk(lanes["fast"], pieces), talk(lanes["asgi"], pieces)
    assert fast == plain
    for answer in fast[:-1]:
        assert isinstance(answer, tuple)
        headers = dict(answer[1])
        assert "set-cookie" not in headers
        assert answer[0] < 400 or headers["cache-control"] == "no-store"


EXPECTED = {
    "page": 200, "1.0": 200, "1.0 without host": 400, "0.9": 400, "tls": 400, "has it": 304, "has it, strong": 304,
    "has it, in a list": 304, "has any": 304, "has it, in two lines": 304, "has another": 200, "half a tag": 200,
    "range": 200, "odd range": 200, "two hosts": 400, "another host": 400, "no host": 400, "fold": 400,
    "nul in a value": 400, "bare cr": 400, "space before colon": 400, "large header": 431, "many headers": 431,
    "large path": 431, "endless head": 431, "two lengths": 400, "both lengths": 400, "percent": 404, "dots": 404,
    "no slash": 308, "query": 200, "query on a delta": 400, "capitals in the slug": 404, "post": 405, "put": 405,
    "delete": 405, "alive": 200, "ready": 200, "segment to come": 404, "segment not canonical": 404, "h2c": 200,
    "a body that looks like a request": 405, "a large body, in pieces": 200, "expect": 200, "page zero": 404,
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_and_the_answer_is_the_right_one(name: str, site: Served, warm: Blog) -> None:
    etag = site.get(warm.path())["etag"]
    first, *rest = talk(site, [filled(piece, warm, etag) for piece in CORPUS[name]])
    assert isinstance(first, tuple)
    assert first[0] == EXPECTED[name]
    if first[0] == 405:
        assert ("allow", "GET, HEAD") in first[1]
    if name == "a body that looks like a request":
        assert [answer[0] for answer in rest[:-1] if isinstance(answer, tuple)] == [404], "one answer to one request"


@pytest.mark.parametrize("name", ["page", "has it", "two in one", "post"])
def test_a_request_may_be_split_anywhere(name: str, site: Served, warm: Blog) -> None:
    etag = site.get(warm.path())["etag"]
    whole = b"".join(filled(piece, warm, etag) for piece in CORPUS[name])
    expected = talk(site, [whole])[:-2]
    with site.connect() as connection:
        for at in range(1, len(whole)):
            connection.send(whole[:at])
            read_by(site, connection)
            connection.send(whole[at:])
            assert [answer.alike for answer in connection.answers(len(expected))] == expected
        for byte in whole:
            connection.send(bytes([byte]))
        assert [answer.alike for answer in connection.answers(len(expected))] == expected


def test_requests_pipelined_without_end_get_their_answers_in_order(site: Served, warm: Blog) -> None:
    paths = [warm.path(), "/desk/", warm.path("p/p1/"), warm.path("nothing/"), warm.path("log/head.json")]
    single = {path: site.get(path).alike for path in paths}
    asked = [paths[number * 7 % 5] for number in range(200)]
    with site.connect() as connection:
        for start in range(0, 200, 8):
            connection.send(b"".join(map(request, asked[start : start + 8])))
        assert [answer.alike for answer in connection.answers(200)] == [single[path] for path in asked]


def test_who_never_reads_answers_is_not_answered_into_memory(site: Served, warm: Blog) -> None:
    with site.connect() as connection:
        me = connection.sock.getsockname()[1]
        asked = request(warm.path())
        for _ in range(1_500):  # some thirty megabytes of answers, each request in a buffer of its own
            connection.send(asked)
        until(lambda: waits(site, me) > 0)
        read_by(site, connection)
        assert waits(site, me) < 256 * 1024


def test_who_takes_nothing_of_an_answer_is_cut(site: Served, warm: Blog) -> None:
    with site.connect() as connection:
        me = connection.sock.getsockname()[1]
        connection.send(request(warm.path()) * 1_500)  # more answers than the kernel takes
        until(lambda: waits(site, me) > 0)
        now = site.now()
        site.do(lambda: mine(site, me).idle_too_long(now))
        site.do(lambda: mine(site, me).idle_too_long(now + 5))
        assert site.do(lambda: mine(site, me)) is not None, "not at once"
        site.do(lambda: mine(site, me).idle_too_long(now + 60))
        site.do(lambda: None)
        assert site.do(lambda: mine(site, me)) is None


def waits(site: Served, port: int) -> int:
    """Return how many bytes of answers wait for the connection that comes from a port."""

    def count() -> int:
        connection = mine(site, port)  # None: not accepted yet
        return 0 if connection is None else connection.transport.get_write_buffer_size()

    return site.do(count)


def mine(site: Served, port: int) -> Any:
    """Return the connection that comes from a port: of either lane, whose protocols are not alike."""
    return next((c for c in site.server.server_state.connections if c.client and c.client[1] == port), None)


def test_who_sends_a_head_too_slowly_gets_408(site: Served, warm: Blog) -> None:
    with site.connect() as connection:
        me = connection.sock.getsockname()[1]
        assert connection.ask(request(warm.path())).status == 200
        connection.send(request(warm.path())[:-1])
        read_by(site, connection)
        site.do(lambda: mine(site, me).idle_too_long(site.loop.time() + 5))
        site.do(lambda: mine(site, me).idle_too_long(site.loop.time() + 11))
        answer = connection.answer()
        assert (answer.status, answer["cache-control"], answer["connection"]) == (408, "no-store", "close")
        assert connection.rest() == b""


def test_an_idle_connection_is_closed_and_a_stream_is_not(site: Served, warm: Blog) -> None:
    stream = site.stream(warm.path("stream"))
    stream.hello()
    with site.connect() as idle:
        assert idle.ask(request(warm.path())).status == 200
        site.do(lambda: [c.idle_too_long(site.loop.time() + 70) for c in list(site.server.server_state.connections)])
        assert idle.ask(request(warm.path())).status == 200
        if site.lane == "fast":  # the other lane's own timer is uvicorn's
            far = site.now() + 80
            site.do(lambda: [c.idle_too_long(far) for c in list(site.server.server_state.connections)])
            assert idle.rest() == b""
    warm.publish(warm.post())
    assert stream.up_to(warm.head)[-1].json["s"] == warm.head


def test_who_closes_its_half_after_asking_still_gets_the_answer(site: Served, warm: Blog) -> None:
    for path in (warm.path(), "/desk/", warm.path("p/p2/")):
        with site.connect() as connection:
            connection.send(request(path))
            connection.sock.shutdown(1)
            assert connection.answer().status == 200
            assert connection.rest() == b""


def test_who_vanishes_within_a_request_harms_nobody(site: Served, warm: Blog) -> None:
    for count in range(1, 60, 7):
        with site.connect() as connection:
            connection.send(request(warm.path())[:count])
    assert site.get(warm.path()).status == 200


def test_static_files_are_kept_for_ever_under_their_hash_only(site: Served) -> None:
    from asithappened.published import assets

    hashed: Answer = site.warm(assets.url("reader.css"), accept_encoding="br")
    assert "immutable" in hashed["cache-control"]
    assert "immutable" not in site.get("/static/reader.css")["cache-control"]
    assert hashed.body == site.get("/static/reader.css").body
    assert hashed["x-content-type-options"] == "nosniff"
