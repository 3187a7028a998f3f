"""Lists of word processors and nested ones: levels, signs that count, and no item lost."""

from pathlib import Path

import pytest

from asithappened.core import body as b
from tests.importers.html.read_back import body_of, line, outline


def test_a_word_processors_lists_are_lists_with_levels() -> None:
    doc = body_of((Path(__file__).parent / "word_list.html").read_text("utf-8"))
    assert [outline(block) for block in doc.content] == [
        "Three steps were agreed.",
        ["1", "Close the north gate", ["Open the shelter", ["1", "Blankets first"]]],
        ["•", "Tea", "Soup"],
    ]
    assert not any(node.marks for block in b.blocks(doc) for node in b.inline_of(block) if isinstance(node, b.Text))


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
