"""What is typed into the body editor, and what it becomes."""

from typing import Any

import pytest

from tests.desk.editor.conftest import Editing

pytestmark = pytest.mark.browser


def words(text: str, *marks: Any, **attrs: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "text", "text": text}
    if marks or attrs:
        made["marks"] = [{"type": mark} for mark in marks]
    if attrs:
        made["marks"].append({"type": "link", "attrs": attrs})
    return made


def paragraph(*inline: str | dict[str, Any], id: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {"type": "paragraph"}
    if id:
        made["attrs"] = {"id": id}
    if inline:
        made["content"] = [words(one) if isinstance(one, str) else one for one in inline]
    return made


def test_an_empty_body_is_empty_until_somebody_types(editing: Editing) -> None:
    editing.mount()
    assert editing.page.evaluate("[editor.empty(), editor.doc(), told.changed]") == [True, {"type": "doc"}, 0]
    editing.type("The wall holds.")
    assert editing.doc == [paragraph("The wall holds.")]
    assert editing.page.evaluate("[editor.empty(), told.changed]") == [False, 15]


def test_beginnings_that_people_type_make_lists_quotations_and_headings(editing: Editing) -> None:
    editing.mount()
    editing.type("- North", "<Enter>", "South", "<Enter>", "<Enter>", "1. First", "<Enter>", "<Enter>")
    editing.type("> Get to high ground.", "<Enter>", "<Enter>", "## What we know", "<Enter>", "Little.")

    def items(*all_words: str) -> list[dict[str, Any]]:
        return [{"type": "listItem", "content": [paragraph(one)]} for one in all_words]

    assert editing.doc == [
        {"type": "bulletList", "content": items("North", "South")},
        {"type": "orderedList", "content": items("First")},
        {"type": "blockquote", "content": [paragraph("Get to high ground.")]},
        {"type": "heading", "content": [words("What we know")]},
        paragraph("Little."),
    ]


def test_a_split_block_keeps_its_id_where_its_words_are_and_the_new_half_has_none(editing: Editing) -> None:
    editing.mount(paragraph("One two", id="a1"), paragraph("Three", id="b2"))
    editing.type("<Control+Home>", *["<ArrowRight>"] * 3, "<Enter>")
    assert editing.doc == [paragraph("One", id="a1"), paragraph(" two"), paragraph("Three", id="b2")]
    editing.type("<Control+End>", "<Home>", "<Enter>", "<ArrowUp>", "New")
    assert editing.doc[2:] == [paragraph("New"), paragraph("Three", id="b2")]


def test_undo_goes_back_over_a_save_that_only_gave_ids(editing: Editing) -> None:
    editing.mount()
    editing.type("One", "<Enter>", "Two")
    editing.page.evaluate(
        """() => {
          const content = editor.doc().content.map((block, n) => ({ ...block, attrs: { id: "i" + n } }));
          editor.set({ type: "doc", content });
        }"""
    )
    assert editing.doc == [paragraph("One", id="i0"), paragraph("Two", id="i1")]
    changed = editing.page.evaluate("told.changed")
    editing.type(*["<Control+z>"] * 3)
    assert editing.page.evaluate("editor.empty()")
    editing.type(*["<Control+y>"] * 3)
    assert [block["content"] for block in editing.doc] == [[words("One")], [words("Two")]]
    assert editing.page.evaluate("told.changed") > changed  # undoing is a change, being given ids was none


def test_undo_goes_back_over_a_save_with_pictures_and_cards_in_the_post_and_they_stay(editing: Editing) -> None:
    def picture(name: str) -> dict[str, Any]:
        return {"type": "image", "attrs": {"src": f"https://pictures.example/{name}.jpg", "alt": name}}

    card = {"type": "linkCard", "attrs": {"url": "https://paper.example/1", "title": "More"}}
    pair = {"type": "gallery", "content": [picture("b"), picture("c")]}
    editing.mount(paragraph("One"), picture("a"), pair, card, paragraph("Two"))
    editing.type("<Control+End>", " and on")
    editing.page.evaluate(
        """() => {
          const named = (block, id) => ({ ...block, attrs: { ...block.attrs, id },
            ...(block.content && block.type === "gallery"
              ? { content: block.content.map((one, n) => named(one, id + "k" + n)) } : {}) });
          editor.set({ type: "doc", content: editor.doc().content.map((block, n) => named(block, "i" + n)) });
        }"""
    )
    saved = editing.doc
    assert saved[-1] == paragraph("Two and on", id="i4")
    assert [one["attrs"]["id"] for one in saved[2]["content"]] == ["i2k0", "i2k1"]
    editing.type("<Control+z>")
    assert editing.doc == [*saved[:-1], paragraph("Two", id="i4")]
    editing.type("<Control+y>")
    assert editing.doc == saved


def test_another_body_begins_undo_anew(editing: Editing) -> None:
    editing.mount()
    editing.type("Published words")
    editing.page.evaluate("editor.set({type: 'doc'})")
    editing.type("<Control+z>")
    assert editing.page.evaluate("editor.empty()")


def test_words_are_marked_by_key_and_a_line_ends_inside_a_paragraph(editing: Editing) -> None:
    editing.mount()
    editing.type("a ", "<Control+b>", "b", "<Control+b>", "<Control+i>", "c", "<Control+i>", "<Shift+Enter>", "d")
    assert editing.doc == [paragraph("a ", words("b", "bold"), words("c", "italic"), {"type": "hardBreak"}, "d")]


def test_a_link_is_asked_for_in_place_and_leads_nowhere_dangerous(editing: Editing) -> None:
    editing.mount(paragraph("See the report", id="a"))
    editing.type("<Control+a>", "<Control+k>", "javascript:alert(1)", "<Enter>")
    assert editing.page.locator("[role=dialog] [role=alert]").is_visible()
    editing.type("<Control+a>", "paper.example/report", "<Enter>", "!")
    assert editing.doc == [paragraph(words("See the report", href="https://paper.example/report"), "!", id="a")]
    editing.type("<ArrowLeft>", "<ArrowLeft>", "<Control+k>", "<Escape>")
    assert editing.page.locator("[role=dialog]").count() == 0
    editing.type("<Control+k>")
    editing.page.click("[role=dialog] button:has-text('Remove link')")
    assert editing.doc == [paragraph("See the report!", id="a")]


def test_control_and_enter_asks_for_publishing_and_changes_nothing(editing: Editing) -> None:
    editing.mount(paragraph("Words", id="a"))
    editing.type("<Control+Enter>")
    assert editing.page.evaluate("told.commands") == ["publish"]
    assert editing.doc == [paragraph("Words", id="a")]
