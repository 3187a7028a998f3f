"""Addresses in running text become links; nothing else does, and no text leaves its element."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import urls
from asithappened.render.addresses import with_links
from asithappened.render.clean import clean
from tests.counted import counted
from tests.render.blogs import doc, html_of


def links(html: str) -> list[str | None]:
    """Return where some HTML leads."""
    return [a.attributes["href"] for a in LexborHTMLParser(html).css("a")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Map: https://a.example/x?y=1&z=2#top", ["https://a.example/x?y=1&z=2#top"]),
        ("https://a.example.", ["https://a.example"]),
        ("See https://a.example/b, then http://c.example!", ["https://a.example/b", "http://c.example"]),
        ("(https://a.example/b)", ["https://a.example/b"]),
        ("(see https://a.example/b_(c)).", ["https://a.example/b_(c)"]),
        ("“https://a.example/b”", ["https://a.example/b"]),
        ("HTTPS://A.example/B", ["HTTPS://A.example/B"]),
        ("https://de.example/Straße", ["https://de.example/Straße"]),
        ("详见https://a.example/b。谢谢", ["https://a.example/b"]),
        ("詳しくはhttps://a.example/bを", ["https://a.example/b"]),
        ("cut short https://a.example/a-long-sto…", []),
        ("cut short https://a.example/a-long-sto...", []),
        ("a.example, @name, #storm, name@a.example", []),
        ("https://", []),
        ("https://bank.example@evil.example/", []),
        ("javascript:alert(1) data:text/html,x ftp://a.example", []),
        ("xhttps://a.example", []),
        ("https://a.example:0/", []),
        ("https://a.example/" + "x" * 3000, []),
    ],
)
def test_an_address_is_a_link_and_ends_where_the_sentence_goes_on(text: str, found: list[str]) -> None:
    html = with_links(text)
    assert links(html) == found
    assert LexborHTMLParser(f"<p>{html}").body.text() == text, "no letter is lost"
    assert clean(f"<p>{html}</p>") == f"<p>{html}</p>"
    assert html.count('rel="noopener"') == len(found)


@given(st.text("htps:/.x<>&\"'()…。 \u202e", max_size=60).map(lambda text: f"http://x.{text}"))
def test_whatever_the_text_its_letters_stay_and_it_breaks_out_of_nothing(text: str) -> None:
    tree = LexborHTMLParser(f"<p>{with_links(text)}</p>")
    assert tree.css_first("p").text() == text
    assert {node.tag for node in tree.css("p *")} <= {"a"}
    assert all(urls.is_url(href or "") for href in links(tree.html or ""))


def test_the_work_grows_with_the_text_and_not_with_its_square() -> None:
    def steps(text: str) -> int:
        return counted(lambda: with_links(text))

    for piece in (")" * 100, "https://a.example/)", "http://"):
        assert steps("https://a.example/" + piece * 20) <= 2.2 * steps("https://a.example/" + piece * 10) + 20


def test_the_words_of_embeds_and_captions_have_links() -> None:
    url = "https://a.example/map"
    document = doc(
        {"type": "socialEmbed", "attrs": {"author": "A", "handle": "@a", "text": f"#storm {url}\nmore", "url": ""}},
        {"type": "linkCard", "attrs": {"url": "https://c.example/", "title": "T", "text": f"Text {url}."}},
        {"type": "image", "attrs": {"caption": f"Caption {url}"}},
        {"type": "video", "attrs": {"url": "https://v.example/", "title": "T", "caption": f"Caption {url}"}},
    )
    html = html_of(document)
    assert links(html) == [url, "https://c.example/", url, url, "https://v.example/", url]
    assert "#storm <a" in html
