"""What styles of shared editors and word processors say: marks, and what is no part of the document."""

import pytest

from asithappened.core import body as b
from tests.importers.html.read_back import body_of, marks


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
