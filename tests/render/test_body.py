"""A post's document as HTML: every block as it should look, and nothing that could do harm."""

from typing import Any

import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import body
from asithappened.render.body import unclean
from asithappened.render.clean import clean
from tests import strategies
from tests.render.blogs import doc, edition, html_of, link, p, text

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</p></article><svg onload=alert(1)>",
    "<!--slot:posts--><!-- -->",
    "{{ settings.SECRET_KEY }}{% load x %}",
    "]]><math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "&lt;script&gt;&#60;b&#62;",
)


def test_marks_nest_and_one_link_over_several_runs_is_one_link() -> None:
    to = link("https://example.org/?a=1&b=2")
    html = html_of(doc(p("See ", text("the ", to), text("report", {"type": "bold"}, to), ".")))
    expected = '<a href="https://example.org/?a=1&amp;b=2" rel="noopener">the <strong>report</strong></a>'
    assert html == f"<p>See {expected}.</p>"


def test_headings_start_below_the_posts_own() -> None:
    heads = [{"type": "heading", "attrs": {"level": n}, "content": [text(f"L{n}")]} for n in (1, 2, 3)]
    assert [tag for tag in ("h1", "h2", "h3", "h4", "h5") if f"<{tag}>" in html_of(doc(*heads))] == ["h3", "h4", "h5"]


def test_lists_nest_and_hold_no_needless_paragraphs() -> None:
    inner = {"type": "orderedList", "content": [{"type": "listItem", "content": [p("b")]}]}
    outer = {"type": "bulletList", "content": [{"type": "listItem", "content": [p("a"), inner]}]}
    assert html_of(doc(outer)) == "<ul><li>a<ol><li>b</li></ol></li></ul>"


def test_a_quotation_names_whose_words_it_holds() -> None:
    quote = {"type": "blockquote", "attrs": {"cite": "Ada Quist", "url": "https://example.org/q"}, "content": [p("I")]}
    tree = LexborHTMLParser(html_of(doc(quote)))
    assert tree.css_first("figure.quote blockquote").attributes["cite"] == "https://example.org/q"
    assert tree.css_first("figcaption cite a").text() == "Ada Quist"


def test_a_table_has_headers_a_caption_and_a_box_to_scroll_in() -> None:
    rows = [
        {"type": "tableRow", "content": [{"type": "tableCell", "attrs": {"header": head}, "content": [p(words)]}
                                         for words, head in row]}
        for row in ([("County", True), ("Homes", True)], [("Erran", True), ("22,400", False)])
    ]  # fmt: skip
    html = html_of(doc({"type": "table", "attrs": {"caption": "Without power"}, "content": rows}))
    tree = LexborHTMLParser(html)
    assert tree.css_first("div.table").attributes["tabindex"] == "0"
    assert tree.css_first("div.table").attributes["aria-label"] == "Without power"
    assert [th.attributes["scope"] for th in tree.css("th")] == ["col", "col", "row"]
    assert tree.css_first("td").text() == "22,400"


def test_a_social_post_is_a_card_of_text_that_outlives_its_source() -> None:
    attrs = {"platform": "telegram", "author": "Coastguard", "handle": "@cg", "text": "Stay away.\nCall us.",
             "date": "2026-11-22T13:05:00+00:00", "url": "https://t.me/x/1"}  # fmt: skip
    tree = LexborHTMLParser(html_of(doc({"type": "socialEmbed", "attrs": attrs}), zone="Europe/Berlin"))
    card = tree.css_first("figure.social")
    assert card.css_first(".platform").text() == "Post on Telegram"
    assert card.css_first("blockquote p").html == "<p>Stay away.<br>Call us.</p>"
    assert card.css_first("bdi.handle").text() == "@cg"
    assert card.css_first("a time").text() == "22 November 2026, 14:05 CET"
    assert card.css_first("a").attributes["href"] == "https://t.me/x/1"
    assert not card.css("iframe, script")


@pytest.mark.parametrize(
    ("written", "printed"),
    [("2026-11-22", "22 November 2026"), ("2026-11-22T23:30:00", "22 November 2026"), ("2026-99-99", "2026-99-99")],
)
def test_the_date_of_a_social_post_says_no_more_than_is_known(written: str, printed: str) -> None:
    html = html_of(doc({"type": "socialEmbed", "attrs": {"text": "x", "date": written}}))
    assert printed in LexborHTMLParser(html).css_first("figcaption").text()


@pytest.mark.parametrize(("kind", "verb"), [("video", "Watch on YouTube"), ("audio", "Listen on YouTube")])
def test_films_and_sounds_are_links(kind: str, verb: str) -> None:
    attrs = {"url": "https://www.youtube.com/watch?v=1", "title": "The rescue", "provider": "YouTube", "caption": "C"}
    tree = LexborHTMLParser(html_of(doc({"type": kind, "attrs": attrs})))
    assert tree.css_first("a.media").text() == f"The rescue {verb}"
    assert tree.css_first("figcaption").text() == "C"


@given(strategies.docs())
def test_every_word_of_a_document_is_in_its_html(document: body.Doc) -> None:
    shown = "".join(LexborHTMLParser(html_of(document)).body.text().split())
    for block in body.blocks(document):
        for node in body.inline_of(block):
            if isinstance(node, body.Text):
                assert "".join(node.text.split()) in shown
        for name in ("caption", "credit", "cite", "author", "handle", "text", "title", "label", "site"):
            assert "".join(getattr(block.attrs, name, "").split()) in shown


@given(strategies.docs())
def test_the_sanitiser_has_nothing_to_do_on_our_own_output(document: body.Doc) -> None:
    with edition().speaking():
        html = unclean(document, edition(), "p1")
    cleaned = clean(html)
    assert LexborHTMLParser(cleaned).html == LexborHTMLParser(html).html
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_in_any_field_come_out_as_words(hostile: str) -> None:
    attributes = {
        "image": ("alt", "caption", "credit"),
        "socialEmbed": ("author", "handle", "text"),
        "linkCard": ("title", "text", "label", "site"),
        "video": ("title", "caption", "credit", "provider"),
    }
    blocks: list[dict[str, Any]] = [
        {"type": kind, "attrs": dict.fromkeys(names, hostile)} for kind, names in attributes.items()
    ]
    results = dict.fromkeys(("title", "units", "called_by", "source"), hostile) | {"declared": 1}
    line = {"type": "result", "attrs": {"name": hostile, "party": hostile, "won": True}}
    blocks += [{"type": "results", "attrs": results, "content": [line]}]
    option = {"type": "pollOption", "attrs": {"name": hostile}}
    blocks += [{"type": "poll", "attrs": {"title": hostile}, "content": [option]}]
    blocks += [p(hostile), {"type": "blockquote", "attrs": {"cite": hostile}, "content": [p(hostile)]}]
    html = html_of(doc(*blocks))
    tree = LexborHTMLParser(html)
    assert not tree.css("script, svg, math, style, iframe, [onerror], [onload], [onmouseover], article")
    assert tree.body.text().count(hostile) >= 18
    assert "<!--" not in html


BAD_ADDRESSES = ("javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//evil.example/", "/desk/", "x")


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_an_address_that_slipped_past_the_schema_is_no_link(address: str) -> None:
    mark = body.Link(attrs=body.LinkAttrs(href=address))
    blocks: tuple[body.Block, ...] = (
        body.Paragraph(content=(body.Text(text="words", marks=(mark,)),)),
        body.Image(attrs=body.ImageAttrs(src=address, alt="alt")),
        body.Card(attrs=body.CardAttrs(url=address, title="title")),
        body.Video(attrs=body.MediaAttrs(url=address, title="title")),
        body.Social(attrs=body.SocialAttrs(url=address, text="text")),
    )
    html = html_of(body.Doc(content=blocks))
    assert "href" not in html
    assert "src=" not in html
    assert "words" in html
