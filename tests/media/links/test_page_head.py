"""Promises of `media.links.page_head`: no page takes long to read, and only its head is used."""

import pytest

from asithappened.media.links import page_head

HOSTILE = [
    b"<div>" * 100_000,
    b"<p " + b" ".join(b"a%d=1" % n for n in range(60_000)) + b">",
    b"<meta " + b" ".join(b"a%d=1" % n for n in range(60_000)) + b">",
    b"".join(b"<i id=%d>" % n for n in range(20_000)) + b"<p>x" * 60_000,
    b"<!--" * 120_000,
    b"<script>" * 60_000,
    b"<title>" * 70_000,
    b"<meta content='" * 40_000,
    b"<meta charset=punycode>a-" + b"b" * 500_000,
    b"<svg><title>" * 40_000,
]


@pytest.mark.parametrize("page", HOSTILE, ids=lambda page: page[:16].decode("ascii", "replace"))
@pytest.mark.timeout(10)  # as a tree some of them take 20 to 40 seconds, and the desk's other threads wait
def test_no_page_is_long_in_the_reading(page: bytes) -> None:
    said = page_head.read(b"<title>The flood</title>" + page, "", "https://a.example/")
    assert said.title == "The flood"


def test_what_a_comment_or_a_script_says_of_a_page_is_nobody_s_word() -> None:
    page = (
        b"<!-- <meta property=og:title content=Draft> --><script>'<title>Code</title>'</script>"
        b"<svg><title>Icon</title></svg>"
        b'<TITLE>The flood &amp; after</TITLE><meta name=description content="It\'s > 3 m">'
    )
    said = page_head.read(page, "", "https://a.example/")
    assert (said.title, said.text) == ("The flood & after", "It's > 3 m")
