"""A configured service may be anywhere, without TLS only on private networks, and its answer is bounded."""

import socket

import pytest

from asithappened.outbound.configured import Answered, ask_configured
from asithappened.outbound.errors import Failed, Forbidden
from tests.outbound.site import Site, said


def ask(url: str, *, method: str = "GET", content: bytes = b"") -> Answered:
    """Ask for at most ten bytes."""
    return ask_configured(method, url, headers={"Authorization": "x"}, content=content, within_s=20, at_most=10)


def test_an_answer_comes_whatever_its_status_and_a_redirect_is_one(site: Site) -> None:
    site.pages["/gone"] = said(b"no", status=404)
    site.pages["/on"] = said(b"", status=302, Location="/gone")
    assert ask(f"{site.address}/gone") == Answered(404, b"no")
    assert ask(f"{site.address}/on", content=b"why?").status == 302
    assert [asked["authorization"] for asked in site.headers] == ["x", "x"]
    assert site.headers[1]["content-length"] == "4"


def test_an_answer_that_is_too_long_is_not_read_to_its_end(site: Site) -> None:
    site.pages["/long"] = said(b"x" * 11)
    with pytest.raises(Failed, match="longer than 10 bytes"):
        ask(f"{site.address}/long")


def test_a_service_that_answers_before_it_has_read_all_is_heard(site: Site) -> None:
    site.pages["/all"] = said(b"too much", status=413)
    assert ask(f"{site.address}/all", content=b"x" * 20_000_000) == Answered(413, b"too much")


def test_a_service_of_the_internet_is_not_asked_in_clear() -> None:
    with pytest.raises(Forbidden, match="asked in clear"):
        ask("http://93.184.216.34/")


def test_a_service_that_is_not_there_or_not_what_it_says_has_failed(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Failed, match="does not answer"):
        ask(f"http://127.0.0.1:{port}/")
    with pytest.raises(Failed, match="connection failed"):
        ask(site.address.replace("http:", "https:"))
