"""Promises of `core.urls`: an address leads where it seems to lead, or is refused; no other module has its own rule."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import limits, urls

GOOD_URLS = [
    "https://courier.example", "http://courier.example/", "HTTPS://COURIER.EXAMPLE/", "https://courier.example:8443/a",
    "https://courier.example/a?b=c&d[]=%5B1%5D#e", "https://[2001:db8::1]/", "https://192.0.2.1/",
    "https://пример.example/путь?вопрос", "https://courier.example/~a/(b)/c,d;e=f/'g'!*",
    "https://courier.example/" + "a" * (limits.URL_CHARS - 24),
]  # fmt: skip
BAD_URLS = [
    "", " ", "courier.example", "//courier.example", "/live/", "#top", "?a", "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\nscript:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)", " javascript:alert(1)",
    "javascript://courier.example/%0aalert(1)", "data:text/html,<script>", "vbscript:x", "file:///etc/passwd",
    "ftp://a.example",
    "blob:https://a.example/1", "https:", "https://", "https:///a", "https:courier.example", "https://?", "https://#",
    "https://bank.example@evil.example/", "https://user:pass@courier.example/", "https://@courier.example/",
    "https://courier.example:99999/", "https://courier.example:x/", "https://courier.example:0/",
    "https://courier.example/ a", "https://courier.example/\n", "https://courier.example/\r\nSet-Cookie:a",
    "https://courier.example\\@evil.example", 'https://courier.example/"onclick="x', "https://courier.example/<script>",
    "https://courier.example/\u2028", "https://courier.example/\u202egpj.exe", "https://courier.example/\u200b",
    "https://courier.example/\ufeff", "https://courier.example/\u2066", "https://courier.example/\xa0",
    "https://courier.example/\x00", "https://courier.example/\x7f", "https://courier.example/\x85", "https://a/\ud800",
    "https://[::1", "https://[zz]/", "https://courier.example/" + "a" * limits.URL_CHARS, "mailto:a@b.example",
]  # fmt: skip


@pytest.mark.parametrize("url", GOOD_URLS)
def test_an_address_that_leads_where_it_says_may_stand_in_a_page(url: str) -> None:
    assert urls.is_url(url)


@pytest.mark.parametrize("url", BAD_URLS)
def test_an_address_that_does_not_is_refused_never_repaired(url: str) -> None:
    assert not urls.is_url(url)


def test_mail_may_be_linked_where_it_is_allowed() -> None:
    assert urls.is_url("mailto:desk@courier.example", urls.LINKED)
    assert not urls.is_url("mailto:desk", urls.LINKED)
    assert not urls.is_url("mailto://desk@courier.example", urls.LINKED)


@given(st.text(max_size=30))
def test_no_string_makes_the_check_of_addresses_fall_over(url: str) -> None:
    urls.is_url(url)
    urls.is_url("https://" + url)


@pytest.mark.parametrize(
    ("value", "base", "address"),
    [
        (" https://courier.example/a b|c ", "", "https://courier.example/a%20b%7Cc"),
        ("/b?c", "https://courier.example/a/", "https://courier.example/b?c"),
        ("//courier.example/", "", "https://courier.example/"),
        ("/b", "", ""),
        ("#top", "https://courier.example/", ""),
        ("java\nscript:alert(1)", "https://courier.example/", ""),
        ("https://[", "https://courier.example/", ""),
        (None, "https://courier.example/", ""),
    ],
)
def test_a_sloppy_or_relative_address_is_read_as_a_browser_reads_it(value: str | None, base: str, address: str) -> None:
    assert urls.resolved(value, base) == address


@given(st.text("htps:/.x<>&()…。 \u202e", max_size=60))
def test_whatever_is_taken_for_an_address_in_a_text_is_one(words: str) -> None:
    at = 0
    for start, end in urls.found_in(f"http://x.{words}"):
        assert at <= start < end
        assert urls.is_url(f"http://x.{words}"[start:end])
        at = end


# What else takes an address apart, and why no page carries what comes of it.
_NOT_FOR_PAGES = {
    "accounts/mail.py": "the host of the installation's own address, in a letter's number",
    "accounts/oidc/provider.py": "the provider that the operator named, and what it says of itself",
    "delivery/grip.py": "where an edge is told",
    "delivery/publisher.py": "where an edge is told",
    "desk/forms/picture_address.py": "whether readers could reach an address that is one",
    "desk/typed.py": "a browser's Origin header",
    "ledger/model/named.py": "the language model that the operator named",
    "outbound/fetching.py": "which host is asked, and where it leads on to",
    "wiring/mail_server.py": "the mail server that the operator named",
    "wiring/address.py": "the installation's own address",
    "wiring/settings.py": "the database's",
}


def test_no_other_module_has_a_rule_for_addresses_of_its_own(root: Path) -> None:
    package = root / "src/asithappened"
    found = set()
    for path in package.rglob("*.py"):
        if "urllib" not in (source := path.read_text("utf-8")):
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and node.module == "urllib.parse":
                if {name.name for name in node.names} & {"urlsplit", "urlparse", "urljoin"}:
                    found.add(path.relative_to(package).as_posix())
            elif isinstance(node, ast.Import):
                assert not any(name.name == "urllib.parse" for name in node.names), path
    assert found == {"core/urls.py", *_NOT_FOR_PAGES}, "use core.urls, or say here why no page carries it"
