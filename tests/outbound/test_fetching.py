"""Fetching, against a server that does what others' servers do."""

import gzip
from http.server import BaseHTTPRequestHandler

import pytest

from asithappened.outbound import Failed, Fetched, Forbidden, Guard, fetch
from tests.outbound.site import Site, said

HERE = Guard(["127.0.0.1/32"])


def test_a_page_comes_with_its_type_and_its_address_in_the_end(site: Site) -> None:
    site.pages["/a"] = said(b"", status=302, Location="/b?x=1")
    site.pages["/b"] = said("Grüße".encode(), Content_Type='Text/HTML; charset="UTF-8"')
    found = fetch(f"{site.address}/a", guard=HERE)
    assert found == Fetched(url=f"{site.address}/b?x=1", media_type="text/html", charset="utf-8", body="Grüße".encode())


def test_nothing_but_the_question_is_sent_along(site: Site) -> None:
    site.pages["/a"] = said(b"", status=302, Location="/b", Set_Cookie="a=1")
    site.pages["/b"] = said(b"here")
    fetch(f"{site.address}/a", guard=HERE, accept="text/html")
    assert [sorted(headers) for headers in site.headers] == [["accept", "accept-encoding", "host", "user-agent"]] * 2


@pytest.mark.parametrize(
    "onward",
    ["http://127.0.0.2/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "gopher://127.0.0.1:6379/"],
)
def test_a_redirect_to_where_we_do_not_go_is_not_followed(site: Site, onward: str) -> None:
    site.pages["/a"] = said(b"", status=301, Location=onward)
    with pytest.raises(Forbidden):
        fetch(f"{site.address}/a", guard=HERE)


@pytest.mark.parametrize("url", ["ftp://a.example/", "https://user@a.example/", "https:///x", "//a.example", "x", ""])
def test_what_is_no_address_of_the_web_is_asked_nothing(url: str) -> None:
    with pytest.raises(Forbidden, match="not an address of the web"):
        fetch(url, guard=HERE)


def test_going_round_in_circles_ends(site: Site) -> None:
    site.pages["/a"] = said(b"", status=302, Location="/a")
    with pytest.raises(Failed, match="more than 3 times"):
        fetch(f"{site.address}/a", guard=HERE)
    assert len(site.headers) == 4


def test_an_error_of_theirs_is_said(site: Site) -> None:
    site.pages["/a"] = said(b"no", status=404)
    with pytest.raises(Failed, match="404"):
        fetch(f"{site.address}/a", guard=HERE)


def test_a_compressed_answer_is_read(site: Site) -> None:
    body = b"abc" * 100_000
    site.pages["/a"] = said(gzip.compress(body), Content_Encoding="gzip")
    assert fetch(f"{site.address}/a", guard=HERE).body == body


@pytest.mark.parametrize(
    ("body", "encoding", "why"),
    [
        (b"x" * 2001, "", "longer than 2,000"),
        (gzip.compress(bytes(50_000_000), mtime=0), "gzip", "longer than 2,000"),
        (gzip.compress(b"whole", mtime=0)[:-4], "gzip", "cut short"),
        (b"no gzip", "gzip", "cannot be decompressed"),
        (b"x", "br", "not asked for"),
    ],
    ids=["long", "bomb", "cut", "broken", "brotli"],
)
def test_an_answer_that_is_too_long_or_broken_is_not_taken(site: Site, body: bytes, encoding: str, why: str) -> None:
    site.pages["/a"] = said(body, Content_Encoding=encoding)
    with pytest.raises(Failed, match=why):
        fetch(f"{site.address}/a", guard=HERE, at_most=2000)


def test_an_answer_that_never_ends_ends_with_the_time_it_may_take(site: Site) -> None:
    def drips(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.end_headers()
        while not site.over.wait(0.02):
            try:
                asked.wfile.write(b".")
                asked.wfile.flush()
            except OSError:
                return

    site.pages["/a"] = drips
    with pytest.raises(Failed, match=r"longer than 0\.3 seconds"):
        fetch(f"{site.address}/a", guard=HERE, within_s=0.3)


def test_a_host_that_says_nothing_is_given_up(site: Site) -> None:
    def waits(_: BaseHTTPRequestHandler) -> None:
        site.over.wait(5)

    site.pages["/a"] = waits
    with pytest.raises(Failed, match=r"longer than 0\.3 seconds"):
        fetch(f"{site.address}/a", guard=HERE, within_s=0.3)


def test_a_host_without_a_certificate_of_its_own_is_not_believed(site: Site) -> None:
    site.pages["/a"] = said(b"plain")
    with pytest.raises(Failed, match="connection failed"):
        fetch(site.address.replace("http:", "https:") + "/a", guard=HERE)


def test_letters_of_any_script_in_an_address_are_sent_as_the_web_writes_them(site: Site) -> None:
    site.pages["/gr%C3%BC%C3%9Fe"] = said(b"found")
    assert fetch(f"{site.address}/grüße", guard=HERE).body == b"found"
