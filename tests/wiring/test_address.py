"""An installation's address: stored in its home, and changed only on purpose."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.wiring import address
from asithappened.wiring.address import Address, AddressRefused
from tests.wiring.commanding import command

pytestmark = pytest.mark.terminal

LIVE = "https://live.courier.example"


@pytest.fixture(autouse=True)
def without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no address of whoever runs the tests count."""
    monkeypatch.delenv(address.VARIABLE, raising=False)


def settled(home: Path, port: int = 8000, given: str = "", served: bool = False) -> str:
    """Start a server, and return its address."""
    address.settle(home, given=given, host="127.0.0.1", port=port, served=served)
    return address.of(home)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("HTTPS://Live.Courier.Example/", LIVE),
        ("https://live.courier.example:443", LIVE),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("https://zürich.example", "https://xn--zrich-kva.example"),
    ],
)
def test_an_address_has_one_form(text: str, form: str) -> None:
    assert address.checked(text) == form
    assert address.checked(form) == form


@pytest.mark.parametrize(
    "text",
    ["", "live.example", "ftp://a.example", "https://a.example/path", "https://a.example?x", "https://u:p@a.example",
     "https://", "https://a b.example", "https://a.example:0", "https://a.example:x", "http://a\"onclick=x.example",
     "https://a<b.example", "https://-a.example-"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressRefused, match="is an address such as"):
        address.checked(text)


@given(st.text(max_size=40), st.sampled_from(["http://", "https://", ""]))
def test_whatever_passes_can_stand_in_html_json_and_a_header_as_it_is(text: str, scheme: str) -> None:
    try:
        form = address.checked(scheme + text)
    except AddressRefused:
        return
    assert form.isascii()
    assert not set(form) & set("<>&\"'\\ \r\n\t/") - set("/")
    assert urlsplit(form).path == ""


def test_until_one_is_given_the_address_is_where_the_server_listens(tmp_path: Path) -> None:
    assert address.of(tmp_path) == "http://localhost:8000"
    assert settled(tmp_path, 8001) == "http://localhost:8001"
    said = address.settle(tmp_path, given="", host="0.0.0.0", port=8002, served=False)
    assert said == "This home's address was http://localhost:8001; now it is http://localhost:8002."
    assert address.of(tmp_path) == "http://localhost:8002"


def test_one_that_was_given_is_kept_wherever_the_server_listens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(address.VARIABLE, LIVE)
    assert settled(tmp_path) == LIVE
    monkeypatch.delenv(address.VARIABLE)
    assert settled(tmp_path, 9000) == LIVE


def test_another_in_its_place_is_refused_and_says_which_command_changes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(tmp_path, given=LIVE)
    with pytest.raises(AddressRefused, match=r"`asithappened address https://other\.example`"):
        settled(tmp_path, given="https://other.example")
    monkeypatch.setenv(address.VARIABLE, "https://other.example")
    with pytest.raises(AddressRefused):
        settled(tmp_path)
    assert address.of(tmp_path) == LIVE, "and whatever only renders or asks goes by the home"


def test_a_second_server_leaves_the_first_ones_readers_their_address(tmp_path: Path) -> None:
    assert settled(tmp_path, 8001) == "http://localhost:8001"
    assert settled(tmp_path, 8002, served=True) == "http://localhost:8001"
    with pytest.raises(AddressRefused):
        settled(tmp_path, 8002, given=LIVE, served=True)


def test_a_file_that_was_damaged_is_said_to_be(tmp_path: Path) -> None:
    for written in ("", "{}", '{"url": "javascript:alert(1)", "given": true}', "[]"):
        (tmp_path / address.FILE).write_text(written)
        with pytest.raises(AddressRefused, match="asithappened address"):
            address.of(tmp_path)
    address.keep(tmp_path, Address(url=LIVE, given=True))
    assert address.of(tmp_path) == LIVE


def test_the_environments_address_is_kept_by_the_first_command_and_then_the_homes_holds(tmp_path: Path) -> None:
    home = tmp_path / "home"
    link = command("invite", "ada@courier.example", home=home, settings={address.VARIABLE: LIVE})
    assert link.stdout.startswith(LIVE)
    assert os.fspath(home) in link.stderr
    assert command("invite", "ada@courier.example", home=home).stdout.startswith(LIVE)
