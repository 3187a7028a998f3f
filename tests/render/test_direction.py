"""A text has the blog's direction, unless it is written in scripts of the other."""

import pytest

from asithappened.render.direction import Direction, direction, other_direction
from tests.render.blogs import blog, doc, html_of, p


@pytest.mark.parametrize(
    ("text", "usual", "own"),
    [
        ("BBC מדווח כי המים עולים.", "rtl", None),
        ("BBC World Service דיווח", "rtl", None),
        ("The water is rising, he said.", "rtl", "ltr"),
        ("The signs at the harbour said שלום to everybody.", "rtl", "ltr"),
        ("המים עולים.", "ltr", "rtl"),
        ("المياه ترتفع في BBC", "ltr", "rtl"),
        ("שלום is what the signs said.", "ltr", None),
        ("The water is rising.", "ltr", None),
        ("水位が上がっている。", "rtl", "ltr"),
        ("20:14 · 3–1 !!! 🎉", "rtl", None),
        ("20:14", "ltr", None),
        ("", "rtl", None),
    ],
)
def test_only_a_text_of_the_other_scripts_runs_the_other_way(
    text: str, usual: Direction, own: Direction | None
) -> None:
    assert other_direction(text, usual) == own


@pytest.mark.parametrize(
    ("language", "way"),
    [("he", "rtl"), ("fa-AF", "rtl"), ("az-Arab", "rtl"), ("ff-Adlm", "rtl"), ("ar-Latn", "ltr"), ("en", "ltr")],
)
def test_a_script_outweighs_the_language(language: str, way: Direction) -> None:
    assert direction(language) == way


def test_a_paragraph_says_its_direction_only_where_it_differs() -> None:
    document = doc(p("BBC מדווח."), p("The water is rising."))
    assert html_of(document, language="he") == '<p>BBC מדווח.</p><p dir="ltr">The water is rising.</p>'
    assert html_of(document, language="en") == "<p>BBC מדווח.</p><p>The water is rising.</p>"


def test_a_text_within_a_foreign_quotation_or_list_goes_by_its_own_words() -> None:
    quoted = [p("The water is rising."), p("It may rise further, they say, until tonight."), p("המים עולים.")]
    html = html_of(doc({"type": "blockquote", "content": quoted}), language="he")
    assert html.startswith('<blockquote dir="ltr"><p>The')
    assert '<p dir="rtl">המים' in html
    items = [{"type": "listItem", "content": [words]} for words in quoted]
    html = html_of(doc({"type": "bulletList", "content": items}), language="he")
    assert html.startswith('<ul dir="ltr"><li>The')
    assert '<li dir="rtl">המים' in html


def test_a_blog_keeps_its_headlines_direction_whatever_it_begins_with() -> None:
    from asithappened.render import page

    for layout in page.layouts(page.shell_of(blog(language="he"))).values():
        assert b'dir="auto"' not in layout
