"""Looking up an address: the answer's words are taken, and nothing that could run or load."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asithappened.core import body as b
from asithappened.core.providers import PROVIDERS, Provider
from asithappened.media.links.lookup import look_up
from asithappened.outbound import Forbidden, Guard
from tests.outbound.site import Site, said

HERE = Guard(["127.0.0.1/32"])
POST = "https://x.com/ann/status/1234567890"
FILM = "https://youtu.be/abcdefghijk"

TWEET = (
    '<blockquote class="twitter-tweet" onclick="top.location=1"><p lang="en" dir="ltr">The bridge is <b>closed</b>.<br>'
    "Use the ferry.<script>document.cookie</script></p>&mdash; Ann Lee (@ann) "
    '<a href="https://twitter.com/ann/status/1234567890?ref_src=x">January 4, 2023</a></blockquote>'
    '<script src="https://platform.twitter.com/widgets.js"></script>'
)


def asking(site: Site) -> list[Provider]:
    """Return the providers as they are, but that each is asked on the site of the test."""
    return [replace(one, oembed=one.oembed and f"{site.address}/oembed") for one in PROVIDERS]


def told(site: Site, answer: Any, url: str) -> Any:
    site.pages["/oembed"] = said(json.dumps(answer).encode(), Content_Type="application/json")
    found = look_up(url, guard=HERE, among=asking(site))
    b.check(b.with_ids(b.Doc(content=(found.block,)), seed="s"))
    return found


def test_a_post_is_kept_as_its_words_author_and_day(site: Site) -> None:
    found = told(site, {"author_name": "Ann Lee", "html": TWEET, "type": "rich"}, POST)
    assert found.unread == ""
    assert found.block.attrs == b.SocialAttrs(
        platform="x",
        author="Ann Lee",
        handle="@ann",
        text="The bridge is closed.\nUse the ferry.",
        date="2023-01-04",
        url=POST,
    )


def test_a_film_is_kept_by_its_title_and_channel(site: Site) -> None:
    found = told(site, {"title": "The flood", "author_name": "Harbour TV", "html": "<iframe>"}, FILM)
    assert found.block.attrs == b.MediaAttrs(url=FILM, title="The flood", credit="Harbour TV", provider="YouTube")


@pytest.mark.parametrize(
    "answer",
    [
        [],
        "x",
        1,
        None,
        {},
        {"title": 5, "html": ["x"], "author_name": {}},
        {"html": "<blockquote>"},
        {"title": "a\u202eb\x00"},
    ],
)
@pytest.mark.parametrize("url", [POST, FILM])
def test_an_answer_that_says_nothing_leaves_the_address(site: Site, answer: Any, url: str) -> None:
    assert told(site, answer, url).block.attrs.url == url


@settings(max_examples=60, deadline=None)
@given(answer=st.dictionaries(st.sampled_from(["title", "author_name", "author_url", "html"]), st.text(max_size=400)))
def test_whatever_a_provider_says_is_a_block_that_can_be_published(answer: dict[str, str]) -> None:
    from asithappened.media.links.lookup import _block

    for provider, url in ((PROVIDERS[0], FILM), (PROVIDERS[4], POST)):
        b.check(b.with_ids(b.Doc(content=(_block(provider, url, answer),)), seed="s"))


def test_who_does_not_answer_leaves_the_address_and_says_why(site: Site) -> None:
    site.pages["/oembed"] = said(b"gone", status=404)
    found = look_up(POST, guard=HERE, among=asking(site))
    assert (found.block.attrs.url, found.block.attrs.platform) == (POST, "x")
    assert "404" in found.unread


def test_a_page_is_a_card_of_what_it_says_of_itself(site: Site) -> None:
    site.pages["/story"] = said(
        b"<title>Other</title><meta property='og:title' content='Die  Flut'><meta name=description content='Was gilt.'>"
        b"<meta property=og:site_name content='Hafenblatt'><link rel=canonical href='/story?id=1'>",
        Content_Type="text/html; charset=utf-8",
    )
    found = look_up(f"{site.address}/story?utm_source=x", guard=HERE)
    assert found.block == b.Card(
        attrs=b.CardAttrs(url=f"{site.address}/story?id=1", title="Die Flut", text="Was gilt.", site="Hafenblatt")
    )


def test_a_page_that_passes_itself_off_as_another_keeps_its_own_address(site: Site) -> None:
    site.pages["/story"] = said(
        b"<title>T</title><meta property=og:url content='https://bank.example/'>", Content_Type="text/html"
    )
    assert look_up(f"{site.address}/story", guard=HERE).block.attrs.url == f"{site.address}/story"


@pytest.mark.parametrize(("charset", "header"), [("iso-8859-1", True), ("windows-1252", False), ("utf-8", False)])
def test_a_page_is_read_in_its_own_encoding(site: Site, charset: str, header: bool) -> None:
    page = f"<meta charset={charset}><title>Überflutet – “ja”</title>".encode(charset, "xmlcharrefreplace")
    site.pages["/"] = said(page, Content_Type=f"text/html; charset={charset}" if header else "text/html")
    attrs = look_up(f"{site.address}/", guard=HERE).block.attrs
    assert isinstance(attrs, b.CardAttrs)
    assert attrs.title == "Überflutet – “ja”"


def test_embed_code_that_is_endless_is_not_read(site: Site) -> None:
    found = told(site, {"author_name": "Ann Lee", "html": "<blockquote>" * 8_000}, POST)
    assert found.block.attrs.author == "Ann Lee"


def test_an_address_that_leads_on_to_a_provider_s_is_what_stands_there(site: Site) -> None:
    site.pages["/short"] = said(b"", status=302, Location=f"{site.address}/film")
    site.pages["/film"] = said(b"<title>A page</title>", Content_Type="text/html")
    site.pages["/oembed"] = said(json.dumps({"title": "The flood"}).encode())
    ours = Provider(
        name="Harbour TV", platform="harbour", shows="film", addresses=(re.compile(re.escape(f"{site.address}/film")),),
        oembed=f"{site.address}/oembed",
    )  # fmt: skip
    block = look_up(f"{site.address}/short", guard=HERE, among=[ours]).block
    assert block == b.Video(attrs=b.MediaAttrs(url=f"{site.address}/film", title="The flood", provider="Harbour TV"))


def test_whatever_stands_there_can_be_had_as_a_card(site: Site) -> None:
    post = told(site, {"author_name": "Ann Lee", "html": TWEET}, POST).card.attrs
    assert (post.title, post.text, post.url) == ("Ann Lee @ann", "The bridge is closed. Use the ferry.", POST)
    film = told(site, {"title": "The flood", "author_name": "Harbour TV"}, FILM).card.attrs
    assert (film.title, film.text, film.site, film.url) == ("The flood", "Harbour TV", "YouTube", FILM)


def test_what_is_no_page_is_a_card_of_its_address(site: Site) -> None:
    site.pages["/a.pdf"] = said(b"%PDF", Content_Type="application/pdf")
    found = look_up(f"{site.address}/a.pdf", guard=HERE)
    assert found.block == b.Card(attrs=b.CardAttrs(url=f"{site.address}/a.pdf", site="127.0.0.1"))
    assert "not a page" in found.unread


def test_an_address_inside_the_house_is_asked_nothing_and_kept(site: Site) -> None:
    found = look_up(f"{site.address}/secret", guard=Guard())
    assert "not a public web address" in found.unread
    assert not site.headers


def test_what_is_no_address_of_the_web_is_refused() -> None:
    with pytest.raises(Forbidden):
        look_up("javascript:alert(1)", guard=HERE)
