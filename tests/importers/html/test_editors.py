"""What shared editors and word processors put into HTML comes in as what it looks like."""

from pathlib import Path
from typing import Any

import pytest

from asithappened.core import body as b
from asithappened.importers.html import body as html_body


def body_of(html: str) -> b.Doc:
    doc = html_body.body_of(html).doc
    b.check(b.with_ids(doc, seed="x"))
    return doc


def outline(block: Any) -> Any:
    """Return a block as nested lists of words: "1" before a numbered list, "•" before another."""
    if isinstance(block, b.BulletList | b.OrderedList):
        return ["1" if isinstance(block, b.OrderedList) else "•", *(outline(item) for item in block.content)]
    if isinstance(block, b.ListItem):
        inner = [outline(child) for child in block.content]
        return inner[0] if len(inner) == 1 else inner
    return b.text_of(block)


def marks(html: str) -> list[tuple[str, str]]:
    return [
        (node.text, "+".join(type(mark).__name__ for mark in node.marks))
        for block in b.blocks(body_of(html))
        for node in b.inline_of(block)
        if isinstance(node, b.Text)
    ]


def test_a_word_processors_lists_are_lists_with_levels() -> None:
    doc = body_of((Path(__file__).parent / "word_list.html").read_text("utf-8"))
    assert [outline(block) for block in doc.content] == [
        "Three steps were agreed.",
        ["1", "Close the north gate", ["Open the shelter", ["1", "Blankets first"]]],
        ["•", "Tea", "Soup"],
    ]
    assert not any(node.marks for block in b.blocks(doc) for node in b.inline_of(block) if isinstance(node, b.Text))


def line(of: str, level: int, sign: str, words: str) -> str:
    return (
        f"<p class=MsoListParagraph style='margin-left:72pt;mso-list:{of} level{level} lfo1'><![if !supportLists]>"
        f"<span style='mso-list:Ignore'>{sign}<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span>"
        f"<![endif]>{words}<o:p></o:p></p>\n"
    )


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        ("1.", "1"),
        ("a)", "1"),
        ("(iv)", "1"),
        ("12", "1"),
        ("一、", "1"),
        ("·", "•"),
        ("o", "•"),
        ("§", "•"),
        ("-", "•"),
    ],
)
def test_a_sign_that_counts_makes_a_numbered_list(sign: str, kind: str) -> None:
    assert [outline(block) for block in body_of(line("l0", 1, sign, "Words")).content] == [[kind, "Words"]]


def test_levels_go_down_and_up_and_another_list_begins_anew() -> None:
    html = line("l0", 1, "1.", "a") + line("l0", 3, "i.", "b") + line("l0", 2, "·", "c") + line("l0", 1, "2.", "d")
    html += line("l4", 1, "1.", "e") + "<p>then</p>" + line("l4", 1, "2.", "f")
    assert [outline(block) for block in body_of(html).content] == [
        ["1", ["a", ["1", "b"], ["•", "c"]], "d"],
        ["1", "e"],
        "then",
        ["1", "f"],
    ]


def test_lists_deeper_than_a_body_may_hold_lose_no_item() -> None:
    html = "".join(line("l0", level, "·", f"word{level}") for level in range(1, 10))
    nested = "<ul><li>word1" * 9 + "</ul>" * 9
    for one, number in ((html, 9), (nested, 9)):
        (found,) = body_of(one).content
        assert b.text_of(found).count("word") == number


def test_a_list_beside_the_items_of_another_is_inside_the_item_before_it() -> None:
    (found,) = body_of("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>").content
    assert outline(found) == ["•", ["a", ["•", "b"]], "c"]


def test_a_shared_editors_wrapper_is_not_bold_and_its_spans_are() -> None:
    html = """<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38">
    <span style="font-weight:400;font-style:normal;text-decoration:none;vertical-align:baseline">Plain </span>
    <span style="font-weight:700">bold</span><span style="font-style:italic"> slanted</span>
    <span style="text-decoration:line-through">struck</span> H<span style="vertical-align:sub">2</span>O
    m<span style="vertical-align:super">2</span></p></b>"""
    found = [(words.strip(), mark) for words, mark in marks(html) if mark]
    assert found == [
        ("bold", "Bold"),
        ("slanted", "Italic"),
        ("struck", "Strike"),
        ("2", "Subscript"),
        ("2", "Superscript"),
    ]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<b><span style='font-weight:normal'>a</span></b>", ""),
        ("<i style='font-style:normal'>a</i>", ""),
        ("<span style='FONT-WEIGHT: Bold !important'>a</span>", "Bold"),
        ("<span style='font:italic bold 12pt/1 Georgia'>a</span>", "Bold+Italic"),
        ("<p style='font-weight:600'>a</p>", "Bold"),
        ("<ul><li style='font-weight:700'><span style='font-weight:400'>a</span></li></ul>", ""),
        ("<span style='font-weight:500'>a</span>", ""),
        ("<span style='text-decoration-line: underline line-through'>a</span>", "Strike"),
        ("<h2><b>a</b></h2>", ""),
        ("<span style='font-weight:99999999999999999999'>a</span>", ""),
    ],
)
def test_a_style_gives_and_takes_marks(html: str, wanted: str) -> None:
    assert marks(html) == [("a", wanted)]


@pytest.mark.parametrize(
    "html",
    [
        "one<o:p> </o:p>two",
        "one <st1:place w:st='on'>two</st1:place>",
        "one <del cite='mailto:Ann' datetime='2026-01-01'>gone</del><ins cite='mailto:Ann'>two</ins>",
        "one <span class=msoDel>gone</span>two",
        "one <a style='mso-comment-reference:A_1'>two</a><span class=MsoCommentReference><span style="
        "'mso-special-character:comment'>&nbsp;</span><a href='#_msocom_1'>[A1]</a></span>"
        "<div style='mso-element:comment-list'><p>What a margin says</p></div>",
        "one two<sup><a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup>",
        "one <span style='display:none'>hidden</span>two",
        "one<span class='Apple-converted-space'>&nbsp;</span>two",
        "<xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml>one two",
        "<!--[if gte mso 9]><p>never</p><![endif]-->one two",
    ],
)
def test_what_is_no_part_of_the_document_goes_and_its_line_stays_whole(html: str) -> None:
    assert b.plain(body_of(f"<p>{html}</p>")) == "one two"


def test_a_deletion_in_the_open_stays_struck() -> None:
    for html in (
        "<del>old</del>",
        "<del datetime='2026-01-01'>old</del>",
        "<del cite='https://a.example/why'>old</del>",
    ):
        assert marks(html) == [("old", "Strike")]


def test_a_table_in_a_tables_cell_is_that_cells() -> None:
    (found,) = body_of("<table><tr><td>a<table><tr><td>b</table><td>c</table>").content
    assert isinstance(found, b.Table)
    assert [[b.text_of(cell) for cell in row.content] for row in found.content] == [["a\nb", "c"]]


def test_soft_line_ends_are_line_ends_and_gaps_are_gaps() -> None:
    assert b.plain(body_of("<p>a\x0bb\u0085c&#x2028;d\n e</p>")) == "a\nb\nc\nd e"
    assert body_of("<p>\u200b</p><p>&#xfeff;&nbsp;</p>").content == ()


def test_hidden_depth_does_not_end_the_walk_in_a_heap() -> None:
    for unit in (
        "<figure class='element element-table'>",
        "<aside class='element element-comment'>",
        "<table><tr><td>",
    ):
        from asithappened.importers.formats.guardian.elements import element

        assert html_body.body_of(unit * 3_000 + "words", special=element).doc.content
