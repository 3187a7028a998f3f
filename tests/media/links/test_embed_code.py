"""Promises of `media.links.embed_code`: a post's words, author and day are read of its code, and nothing else."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from asithappened.media.links.embed_code import embedded, iso, signature


def read(html: str) -> tuple[str, str, str, str, str]:
    """Return what is read of a quotation with this inside."""
    node = LexborHTMLParser(f"<blockquote>{html}</blockquote>").css_first("blockquote")
    assert node is not None
    found = embedded(node)
    return found.text, found.author, found.handle, found.date, found.url


def test_a_post_is_its_words_then_who_and_then_a_dated_link() -> None:
    html = (
        '<p>The bridge<br>is <b>closed</b>.</p><p>Use the ferry.</p>&mdash; Ann Lee (@ann) <a href="https://a.example/1">'
        "January 4, 2023</a>"
    )
    words = "The bridge\nis closed.\n\nUse the ferry."
    assert read(html) == (words, "Ann Lee", "@ann", "2023-01-04", "https://a.example/1")


def test_an_exact_moment_goes_before_a_printed_day() -> None:
    html = '<p>x</p>&mdash; Ann (@ann) <a href="/1" data-datetime="2023-01-04T09:30:00+00:00">January 5, 2023</a>'
    assert read(html)[3] == "2023-01-04T09:30:00+00:00"


def test_a_quotation_of_no_post_is_its_words() -> None:
    assert read("Nothing <i>but</i> words") == ("Nothing but words", "", "", "", "")


@pytest.mark.parametrize("words", ["", "Ann Lee (@ann)", "— Ann Lee", "(@ann) — Ann Lee"])
def test_what_is_no_signature_names_nobody(words: str) -> None:
    assert signature(words) == ("", "", "")


@pytest.mark.parametrize("printed", [None, "", "yesterday", "2023-13-01", "<b>"])
def test_what_is_no_date_is_none(printed: str | None) -> None:
    assert iso(printed) == ""
