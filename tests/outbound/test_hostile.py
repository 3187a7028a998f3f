"""Attacks on a server that fetches given addresses: leading it to internal hosts, keeping it busy, filling its memory.

The servers and the name server are the test's own. None of what is refused is asked for a single byte.
"""

import gzip
import socket
import subprocess
import sys
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from asithappened.outbound import Deadline, Failed, Forbidden, Guard, OutboundError, fetch
from tests.outbound.site import Site, said

HERE = ["127.0.0.1/32"]
NAMES = {
    "public.example": ["93.184.216.34"],
    "inside.example": ["10.0.0.7"],
    "here.example": ["127.0.0.1"],
    "both.example": ["93.184.216.34", "169.254.169.254"],
    "six.example": ["2606:2800:220:1::1", "::1"],
}


def resolve(host: str, port: int) -> list[str]:
    """Resolve names, and addresses in every notation that systems accept."""
    if host.rstrip(".").lower() in NAMES:
        return NAMES[host.rstrip(".").lower()]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return [str(sockaddr[0]) for *_, sockaddr in found]


FORMS = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://0.0.0.0/",
    "http://0/",
    "http://①②⑦.⓪.⓪.①/",  # digits that IDNA makes plain ones
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",  # NAT64
    "http://[2002:7f00:1::1]/",  # 6to4
    "http://[2001:0:7f00:1::1]/",  # Teredo
    "http://[fd00::1]/",
    "http://[fe80::1%25lo]/",
    "http://inside.example/",
    "http://HERE.example./",
    "http://both.example/",
    "https://six.example/",
    "http://public.example:22/",
    "http://public.example:6379/",
    "http://user@127.0.0.1/",
    "http://public.example@127.0.0.1/",
    "http://127.0.0.1\\@public.example/",
    "http://public.example\t@127.0.0.1/",
    "http://127.0.0.1%00.public.example/",
    "http://%31%32%37.0.0.1/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "jar:http://127.0.0.1/!/",
    "//127.0.0.1/",
]


class Refusing(Guard):
    """A guard that fails the test if it lets anything be connected to, but a port of this machine that is a site's."""

    def __init__(self, port: int = 0) -> None:
        """Know names, and the site."""
        super().__init__(resolve=resolve)
        self._port = port

    def connect(self, host: str, port: int, deadline: Deadline) -> socket.socket:
        """Say no, or fail."""
        if port == self._port:
            return socket.create_connection(("127.0.0.1", port))
        super().connect(host, port, deadline)
        raise AssertionError(f"connected to {host}")


NO = r"not a public web address|not an address of the web|no host called|no address"


@pytest.mark.parametrize("url", FORMS)
def test_no_form_of_an_address_leads_inside(url: str) -> None:
    with pytest.raises(OutboundError, match=NO):
        fetch(url, guard=Refusing())


@pytest.mark.parametrize("url", [one for one in FORMS if not one.startswith("//")])  # that is the site's own scheme
def test_nor_does_one_that_a_site_leads_on_to(site: Site, url: str) -> None:
    site.pages["/a"] = said(b"", status=302, Location=url.encode().decode("latin-1"))
    with pytest.raises(OutboundError, match=NO):
        fetch(f"{site.address}/a", guard=Refusing(site.server.server_port))
    assert len(site.headers) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_whichever_way_a_site_leads_on_what_is_sent_is_the_same_question(site: Site, status: int) -> None:
    site.pages["/a"] = said(b"a body that nobody reads" * 1000, status=status, Location="/b")
    site.pages["/b"] = said(b"here")
    assert fetch(f"{site.address}/a", guard=Guard(HERE)).body == b"here"
    assert [headers.get("content-length", "") for headers in site.headers] == ["", ""]


@pytest.mark.parametrize(
    "onward", ["http://[::1", "http://a b/", "https://exa\x7fmple/", "http://:80/", "http://a:99999/"]
)
def test_what_a_site_leads_on_to_need_not_be_an_address(site: Site, onward: str) -> None:
    site.pages["/a"] = said(b"", status=302, Location=onward)
    with pytest.raises(OutboundError):
        fetch(f"{site.address}/a", guard=Guard(HERE))


def test_a_name_that_is_another_address_the_second_time_is_asked_no_second_time(site: Site) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.2"], ["10.0.0.1"]])
    guard = Guard(HERE, resolve=lambda *_: next(answers))
    port = site.server.server_port
    site.pages["/a"] = said(b"", status=302, Location=f"http://turns.example:{port}/b")
    site.pages["/b"] = said(b"inside")
    with pytest.raises(Forbidden):
        fetch(f"http://turns.example:{port}/a", guard=guard)
    assert len(site.headers) == 1


def test_a_host_s_wish_to_be_asked_later_is_known(site: Site) -> None:
    site.pages["/a"] = said(b"", status=429, Retry_After="7")
    with pytest.raises(Failed) as why:
        fetch(f"{site.address}/a", guard=Guard(HERE))
    assert (why.value.status, why.value.again_in_s) == (429, 7.0)


def test_what_comes_behind_the_end_of_what_was_compressed_is_counted(site: Site) -> None:
    site.pages["/a"] = said(gzip.compress(b"short") + b"x" * 5000, Content_Encoding="gzip")
    with pytest.raises(Failed, match="longer than"):
        fetch(f"{site.address}/a", guard=Guard(HERE), at_most=2000)


# --- filling it up

PIECE = b"x" * 65536


def sending(start: bytes, piece: bytes) -> object:
    """Return an answer that begins so and goes on for ever."""

    def answer(asked: BaseHTTPRequestHandler) -> None:
        try:
            asked.wfile.write(start)
            while True:
                asked.wfile.write(piece)
        except OSError:
            return

    return answer


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIPPED = OK + b"Content-Encoding: gzip\r\n\r\n"
EMPTY_BLOCKS = b"\x00\x00\x00\xff\xff" * 13_000  # of deflate: bytes without end that say nothing
ENDLESS = {
    "body": sending(OK + b"\r\n", PIECE),
    "headers": sending(OK, b"X-More: " + b"y" * 1000 + b"\r\n"),
    "header": sending(OK + b"X-One: ", PIECE),
    "status": sending(b"HTTP/1.1 200 ", PIECE),
    "continues": sending(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "chunk": sending(CHUNKED + b"FFFFFFFFFFFFFFF\r\n", PIECE),
    "chunk-size": sending(CHUNKED, b"0" * 65536),
    "extension": sending(CHUNKED + b"5;", PIECE),
    "chunks": sending(CHUNKED, b"1\r\nx\r\n" * 10_000),
    "trailers": sending(CHUNKED + b"0\r\n", b"X-More: y\r\n" * 5000),
    "length": sending(OK + b"Content-Length: 99999999999999999\r\n\r\n", PIECE),
    "bomb": sending(GZIPPED, gzip.compress(bytes(10_000_000), 9, mtime=0)[:-8]),
    "silence": sending(GZIPPED + gzip.compress(b"", mtime=0)[:10], EMPTY_BLOCKS),
}
FLAT_KB = 24 * 1024  # twice the bytes of a page, an answer's pieces, and what Python keeps of them

FILLED = f"""
import sys
from pathlib import Path

from asithappened.outbound import Failed, Guard, OutboundError, fetch

address, *names = sys.argv[1:]
guard = Guard({HERE})


def peak() -> int:
    [line] = [one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM")]
    return int(line.split()[1])


fetch(f"{{address}}/first", guard=guard)
Path("/proc/self/clear_refs").write_text("5")  # from here on
before = peak()
for name in names:
    try:
        fetch(f"{{address}}/{{name}}", guard=guard, within_s=2.0)
    except OutboundError as why:
        print(name, type(why).__name__)
print("grew", peak() - before)
"""


@pytest.mark.terminal
@pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="needs Linux, which says how much memory was used"
)
def test_no_answer_fills_the_memory_of_who_asks(site: Site) -> None:
    site.pages["/first"] = said(b"x" * 1_900_000)
    site.pages |= {f"/{name}": answer for name, answer in ENDLESS.items()}  # type: ignore[misc]
    ran = subprocess.run(
        [sys.executable, "-c", FILLED, site.address, *ENDLESS], capture_output=True, text=True, check=True, timeout=100
    )
    *failed, grew = ran.stdout.splitlines()
    assert failed == [f"{name} Failed" for name in ENDLESS]
    assert int(grew.split()[1]) < FLAT_KB, ran.stdout
