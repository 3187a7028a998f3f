"""Strangers' HTML: whatever it is, a body of the schema comes out, harmless, with its words in order."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import body as b
from asithappened.importers.html.body import body_of, plain_of


def kinds(html: str) -> list[str]:
    return [type(block).__name__ for block in body_of(html).doc.content]


def words(html: str) -> str:
    return b.plain(body_of(html).doc)


def test_paragraphs_headings_lists_quotations_and_tables_become_blocks() -> None:
    html = (
        "<h2>Now</h2><p>One <b>bold</b> word</p><ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>"
        "<blockquote><p>Said.</p></blockquote><table><caption>Scores</caption><tr><th>A</th><td>1</td></tr></table>"
    )
    assert kinds(html) == ["Heading", "Paragraph", "OrderedList", "Quote", "Table"]
    assert words(html) == "Now\n\nOne bold word\n\na\nb\nc\n\nSaid.\n\nA\n1"


@pytest.mark.parametrize(
    "html",
    [
        "<p><a href='javascript:alert(1)'>word</a></p>",
        "<p><a href='java\nscript:alert(1)'>word</a></p>",
        "<p><a href='&#1;javascript:alert(1)'>word</a></p>",
        "<p><a href='data:text/html,x'>word</a></p>",
        "<p><a href='https://bank.example@evil.example/'>word</a></p>",
        "<p onclick='alert(1)' style='background:url(x)'>word</p>",
        "<p>word<script>alert(1)</script><style>p{}</style></p>",
        "<p>word</p><svg><script>alert(1)</script><a xlink:href='javascript:x'><text>gone</text></a></svg>",
        "<p>word</p><iframe src='javascript:alert(1)'></iframe>",
        "<p>word</p><img src='data:image/svg+xml;base64,AAAA' onerror='alert(1)'>",
        "<p>word</p><object data='javascript:alert(1)'></object><embed src='vbscript:x'>",
        "<form action='https://evil.example'><p>word</p><input value='x'><button>go</button></form>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>word",
        "<p>wo\x00rd</p><noscript><p>gone</p></noscript><template><p>gone</p></template>",
        "<p>\u202eword\u202c</p>",
        "<!--><img src=x onerror=alert(1)>--><p>word</p>",
    ],
)
def test_hostile_html_leaves_its_words_and_nothing_else(html: str) -> None:
    made = body_of(html)
    b.check(made.doc)
    assert re.sub(r"[^a-z]", "", b.plain(made.doc)).startswith("word") or "word" in b.plain(made.doc)
    assert not re.search(rb"script|onerror|data:|evil|gone|style=", b.dump(made.doc))


def test_a_link_that_may_not_stand_is_reported_and_its_words_are_kept() -> None:
    made = body_of("<p>Read <a href='javascript:x()'>this</a> or <a href='#top'>that</a></p>")
    assert b.plain(made.doc) == "Read this or that"
    assert made.notes == ("1 link with an address that no page may carry: the words were kept",)


def test_ten_thousand_nested_elements_cost_no_stack() -> None:
    assert words("<div>" * 10_000 + "deep down") == "deep down"
    assert words("<blockquote><ul><li>" * 2_000 + "deep down") == "deep down"


def test_a_picture_inside_a_paragraph_stands_between_its_two_halves() -> None:
    html = "<p>One <img src='https://img.example/a.png' alt='A'> two</p>"
    assert kinds(html) == ["Paragraph", "Image", "Paragraph"]


def test_what_may_not_stand_in_a_quotation_stands_after_it() -> None:
    html = "<blockquote><p>a</p><img src='https://img.example/a.png'><blockquote><p>b</p></blockquote></blockquote>"
    assert kinds(html) == ["Quote", "Image", "Quote"]


def test_a_quotation_knows_whose_words_it_is() -> None:
    (quote,) = body_of(
        "<blockquote><p>Stay in.</p><footer>— <cite>Ines Calder</cite></footer></blockquote>"
    ).doc.content
    assert isinstance(quote, b.Quote)
    assert (quote.attrs.cite, b.text_of(quote.content[0])) == ("Ines Calder", "Stay in.")


def test_relative_links_lead_from_the_page_they_stood_on() -> None:
    made = body_of("<a href='/tides'>Tides</a>", base="https://paper.example/live/storm")
    assert b'"https://paper.example/tides"' in b.dump(made.doc)


def test_a_standfirst_is_plain_lines() -> None:
    assert plain_of("<p>Gusts &amp; rain</p><ul><li>One</li><li>Two</li></ul>") == "Gusts & rain\n• One\n• Two"


TAGS = [
    "p",
    "div",
    "b",
    "i",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "tr",
    "td",
    "th",
    "br",
    "img",
    "figure",
    "h2",
    "span",
    "pre",
    "q",
    "iframe",
    "script",
    "svg",
]
HTML = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(
            ["<a href='javascript:x'>", "<a href='https://a.example/?q=1&r=2'>", "<img src='//a.example/b'>"]
        ),
        st.text(max_size=8),
        st.sampled_from(["• ", "\u00a0", "\u2028", "&lt;script&gt;", "&#0;", "<!--", "]]>"]),
    ),
    max_size=30,
).map("".join)


@given(HTML)
def test_any_html_gives_a_body_that_the_schema_takes(html: str) -> None:
    made = body_of(html)
    with_ids = b.with_ids(made.doc, seed="x")
    b.check(with_ids)
    assert b.parse(b.dump(with_ids)) == with_ids


def test_a_table_in_a_tables_cell_is_that_cells() -> None:
    (found,) = body_of("<table><tr><td>a<table><tr><td>b</table><td>c</table>").doc.content
    assert isinstance(found, b.Table)
    assert [[b.text_of(cell) for cell in row.content] for row in found.content] == [["a\nb", "c"]]
