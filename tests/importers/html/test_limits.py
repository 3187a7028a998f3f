"""What is too much for a parser goes before it is parsed, and every word stays."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from asithappened.importers.html.limits import ATTRIBUTES, limited

ORDINARY = [
    "<p>a <b>b</b> <img src=x alt='1 < 2 > 0'><br/>c</p><!-- <b> --><ul><li>d<li>e</ul>",
    "<script>if (a<b) { '<b>' }</script><p>x",
    '<p title="<b><b><b>">a < b, <3 and </ c',
    "<li>item" * 1_500,
    "<table>" + "<tr><td>a<td>b" * 900,
]


@pytest.mark.parametrize("html", ORDINARY)
def test_ordinary_html_is_left_as_it_is(html: str) -> None:
    assert limited(html) == html


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<b id={}>", "<p><font size={}>", "<li><dd>", "<table><tr><td>", "<a {}='x'>", "<body a{}=1>", "<x-y>"],
)
def test_what_no_page_needs_is_left_out_and_its_words_are_not(unit: str) -> None:
    html = "".join(unit.replace("{}", str(n)) + f"w{n} " for n in range(20_000))
    body = LexborHTMLParser(limited(html)).body
    assert body is not None
    assert body.text(deep=True).count("w") == 20_000
    assert len(body.html or "") < 40 * len(html)


def test_the_attributes_of_a_tag_are_bounded() -> None:
    tag = "<p " + " ".join(f"a{n}=1" for n in range(ATTRIBUTES * 2)) + ">"
    assert limited(f"{tag}words") == "<p>words"


def test_no_text_becomes_a_tag_where_one_was_left_out() -> None:
    body = LexborHTMLParser(limited("x <<body>b words")).body
    assert body is not None
    assert body.text(deep=True).split() == ["x", "<b", "words"]
