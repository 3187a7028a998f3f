"""What programs put on a clipboard, pasted: clean, and with one sentence about what was left out.

The forms are under tests/desk/paste, by hand as each program writes them; beside each what it becomes.
"""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from asithappened.core import body, text
from tests.desk.editor.conftest import Editing
from tests.desk.editor.test_typing import paragraph, words

pytestmark = pytest.mark.browser

CORPUS = Path(__file__).parents[1] / "paste"
FORMS = sorted(path for path in CORPUS.iterdir() if path.suffix in {".html", ".txt"})


def expected(form: Path) -> Path:
    return form.with_name(f"{form.name}.json")


def test_every_form_comes_out_as_it_should(editing: Editing) -> None:
    wrong = {}
    for form in FORMS:
        editing.mount()
        raw = form.read_bytes().decode()
        editing.paste(**({"html": raw} if form.suffix == ".html" else {"plain": raw}))
        made = {"left": "".join(editing.page.evaluate("told.pasted")), "blocks": editing.doc}
        body.parse({"type": "doc", "content": made["blocks"]})  # the server takes all of it
        if made != json.loads(expected(form).read_text("utf-8")):
            wrong[form.name] = made
    assert wrong == {}


def test_every_odd_character_becomes_what_core_makes_of_it(editing: Editing) -> None:
    odd = [chr(c) for c in range(0x30000) if unicodedata.category(chr(c)) in {"Cc", "Cf", "Zs", "Zl", "Zp", "Cn"}]
    odd = [c for c in odd if c not in "\n\r" and (ord(c) < 0x3100 or 0xF000 < ord(c) < 0x10000 or ord(c) % 977 == 0)]
    raw = " ".join(f"x{c}y" for c in [*odd, "\r\n", "\r", "e\u0301", "\ufb01", "👩\u200d🚒"])
    editing.mount()
    editing.paste(plain=raw)
    doc = body.parse({"type": "doc", "content": editing.doc})
    assert "\n".join(map(body.text_of, doc.content)) == text.cleaned(raw)


def test_an_address_pasted_onto_words_is_a_link_on_them_and_alone_is_one_by_itself(editing: Editing) -> None:
    editing.mount(paragraph("See the report", id="a"))
    editing.type("<Control+a>")
    editing.paste(plain="https://paper.example/report?id=3&utm_source=x\n")
    report = words("See the report", href="https://paper.example/report?id=3")
    assert editing.doc == [paragraph(report, id="a")]
    editing.type("<Control+End>", "<Enter>")
    editing.paste(plain="(https://paper.example/a_(b)).")
    address = "https://paper.example/a_(b)"
    assert editing.doc[1] == paragraph("(", words(address, href=address), ").")
    editing.type("<Control+a>")
    editing.paste(plain="javascript:alert(1)")
    assert "link" not in json.dumps(editing.doc)


def test_what_was_left_out_can_be_had_as_it_was(editing: Editing) -> None:
    editing.mount(paragraph("Before.", id="a"), paragraph("After.", id="b"))
    editing.type("<End>")
    editing.paste(
        html='<p>It <del datetime="2026-11-25">will</del><ins>has</ins> <a href="https://a.example/?gclid=1">to</a>'
    )
    assert editing.page.evaluate("told.pasted") == [
        "Left out of what you pasted: 1 deletion that was tracked and tracking in 1 link."
    ]
    link = words("to", href="https://a.example/")
    assert editing.doc == [paragraph("Before.It has ", link, id="a"), paragraph("After.", id="b")]
    editing.page.evaluate("choices[0].does()")
    link = words("to", href="https://a.example/?gclid=1")
    assert editing.doc[0] == paragraph("Before.It ", words("will", "strike"), "has ", link, id="a")
    editing.type("<Control+z>")
    assert "will" not in json.dumps(editing.doc)


def test_paragraphs_go_into_the_middle_of_one_and_a_cell_takes_only_paragraphs(editing: Editing) -> None:
    cell = {"type": "tableCell", "content": [paragraph("c")]}
    editing.mount(
        paragraph("xy", id="a"), {"type": "table", "content": [{"type": "tableRow", "content": [cell, cell]}]}
    )
    editing.type("<ArrowRight>")
    editing.paste(html="<p>A</p><p>B</p>")
    assert editing.doc[:2] == [paragraph("xA", id="a"), paragraph("By")]
    editing.page.click(".node-table td >> nth=0")
    editing.type("<End>")
    editing.paste(html="<ul><li>one</li></ul><img src='https://i.example/a.jpg'><table><tr><td>2<td>3</table>")
    made = editing.doc[2:]
    assert [block["type"] for block in made] == ["table", "image"]
    assert made[0]["content"][0]["content"][0]["content"] == [paragraph("cone"), paragraph("2"), paragraph("3")]
    assert len(made[0]["content"][0]["content"]) == 2


def test_what_is_copied_in_the_editor_keeps_its_shape_and_has_no_ids(editing: Editing) -> None:
    blocks = [
        paragraph("One", id="a"),
        {"type": "image", "attrs": {"id": "b", "src": "https://i.example/a.jpg", "alt": "A wall", "width": 64}},
        {"type": "blockquote", "attrs": {"id": "c", "cite": "Ana"}, "content": [paragraph("Two", id="d")]},
    ]
    editing.mount(*blocks, paragraph("End", id="e"))
    editing.type("<Control+a>", "<Control+c>", "<Control+End>", "<Enter>", "<Control+v>")
    made = editing.doc
    assert made[:4] == [*blocks, paragraph("End", id="e")]
    bare = json.loads(json.dumps(blocks), object_hook=lambda one: {k: v for k, v in one.items() if k != "id"})
    bare = [{k: v for k, v in block.items() if v != {}} for block in bare]
    bare[2]["content"] = [paragraph("Two")]
    assert made[4:] == [*bare, paragraph("End")]
    assert editing.page.evaluate("told.pasted") == []


def test_a_picture_that_is_dropped_is_in_the_post_at_once_and_what_is_none_opens_nothing(editing: Editing) -> None:
    editing.mount(paragraph("Words", id="a"))
    opened = editing.page.evaluate(
        """() => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File(["x"], "a.png", { type: "image/png" }));
          dataTransfer.items.add(new File(["x"], "a.pdf", { type: "application/pdf" }));
          const place = document.querySelector(".body-editor p").getBoundingClientRect();
          const at = { clientX: place.x + 2, clientY: place.y + 2, bubbles: true, cancelable: true };
          return document.querySelector(".body-editor").dispatchEvent(new DragEvent("drop", { ...at, dataTransfer }));
        }"""
    )
    assert not opened
    (said,) = editing.page.evaluate("told.pasted")
    assert said.startswith("“a.pdf”: neither a picture")
    assert [block["type"] for block in editing.doc if block["type"] != "paragraph"] == ["image"]
    assert editing.doc[0] == paragraph("Words", id="a")


CARD = {"type": "linkCard", "attrs": {"url": "https://a.example/story", "title": "The flood"}}


def said(block: dict[str, Any]) -> str:
    return "".join(node["text"] for node in block["content"])


def looked_up(editing: Editing, answer: dict[str, Any], address: str = "https://a.example/story") -> None:
    """Paste an address alone, and have it answered."""
    editing.paste(plain=address)
    assert editing.page.evaluate("told.asked") == ["https://a.example/story"]
    editing.page.evaluate("(answer) => { window.answer(answer); }", answer)
    editing.settle()


CHOSEN = "choices.map(({ label, chosen }) => chosen ? `[${label}]` : label)"


def test_an_address_pasted_alone_is_a_link_at_once_and_a_card_when_it_is_known(editing: Editing) -> None:
    editing.mount()
    looked_up(editing, {"block": None, "card": CARD, "unread": ""})
    assert (editing.doc[0]["type"], editing.doc[0]["attrs"]["title"]) == ("linkCard", "The flood")
    editing.type("Next")
    assert said(editing.doc[-1]) == "Next"  # the cursor stands behind it
    asking, known = editing.page.evaluate("told.pasted")
    assert "a.example" in asking
    assert known == "The flood"


POST = {"type": "socialEmbed", "attrs": {"url": "https://a.example/story", "text": "Shut.", "author": "Ann"}}


def test_one_key_goes_from_link_to_card_to_the_post_itself(editing: Editing) -> None:
    editing.mount()
    looked_up(editing, {"block": POST, "card": CARD, "unread": ""})
    assert editing.page.evaluate(CHOSEN) == ["Link", "Link card", "[Social post]"]
    seen = [editing.doc[0]["type"]]
    for _ in range(3):
        editing.type("<Control+.>")
        seen.append(editing.doc[0]["type"])
    assert seen == ["socialEmbed", "paragraph", "linkCard", "socialEmbed"]
    editing.page.evaluate("choices[1].does()")
    assert editing.page.evaluate(CHOSEN) == ["Link", "[Link card]", "Social post"]
    editing.type("Next")
    assert [block["type"] for block in editing.doc] == ["linkCard", "paragraph"]


def test_undo_gives_the_link_back_and_the_choice_stays(editing: Editing) -> None:
    editing.mount()
    looked_up(editing, {"block": None, "card": CARD, "unread": ""})
    editing.type("<Control+z>")
    [link] = editing.doc[0]["content"]
    assert link["text"] == "https://a.example/story"
    assert editing.page.evaluate(CHOSEN) == ["[Link]", "Link card"]
    editing.type("<Control+.>")
    assert editing.doc[0]["type"] == "linkCard"


def test_of_what_nobody_knows_anything_a_link_stays_and_its_card_is_filled_in_by_hand(editing: Editing) -> None:
    editing.mount()
    bare = {"type": "linkCard", "attrs": {"url": "https://a.example/story"}}
    looked_up(editing, {"block": None, "card": bare, "unread": "It answers with 404."})
    assert editing.doc[0]["type"] == "paragraph"
    assert editing.page.evaluate("told.pasted.at(-1)") == "https://a.example/story · It answers with 404."
    assert editing.page.evaluate(CHOSEN) == ["[Link]", "Link card"]
    editing.type("<Control+.>")
    assert editing.page.evaluate(CHOSEN) == ["Link", "[Link card]", "Fill it in by hand"]
    editing.page.evaluate("choices[2].does()")
    editing.page.keyboard.type("What it was called")
    assert editing.doc[0]["attrs"]["title"] == "What it was called"


def test_where_no_network_is_the_link_stays_and_a_post_is_written_in_by_hand(editing: Editing) -> None:
    editing.mount()
    editing.paste(plain="https://a.example/story")
    editing.page.evaluate("window.fail(new TypeError('Failed to fetch'))")
    editing.settle()
    assert editing.doc[0]["type"] == "paragraph"
    assert editing.page.evaluate(CHOSEN) == ["[Link]", "Link card", "Social post"]
    editing.page.evaluate("choices[2].does()")
    editing.page.evaluate("choices[3].does()")
    editing.page.keyboard.type("The bridge is shut.")
    assert editing.doc[0]["attrs"] | {"id": ""} == {
        "id": "", "url": "https://a.example/story", "text": "The bridge is shut.",
    }  # fmt: skip


def test_an_id_that_the_server_gives_meanwhile_changes_nothing(editing: Editing) -> None:
    editing.mount()
    editing.paste(plain="https://a.example/story")
    named = [{**editing.doc[0], "attrs": {"id": "n1"}}, *editing.doc[1:]]
    editing.page.evaluate("(content) => editor.set({ type: 'doc', content })", named)
    editing.page.evaluate("(answer) => { window.answer(answer); }", {"block": None, "card": CARD, "unread": ""})
    editing.settle()
    assert editing.doc[0]["type"] == "linkCard"


def test_what_was_written_into_a_pasted_address_meanwhile_stays(editing: Editing) -> None:
    editing.mount()
    editing.paste(plain="https://a.example/story")
    editing.type(" says the mayor")
    editing.page.evaluate("(answer) => { window.answer(answer); }", {"block": None, "card": CARD, "unread": ""})
    editing.settle()
    assert said(editing.doc[0]) == "https://a.example/story says the mayor"
    assert editing.page.evaluate(CHOSEN) == []


def test_an_address_that_nobody_answers_for_stays_a_link(editing: Editing) -> None:
    editing.mount()
    looked_up(editing, {"block": None, "card": None, "unread": "Not asked."})
    assert said(editing.doc[0]) == "https://a.example/story"
    assert editing.page.evaluate("told.pasted.at(-1)") == "https://a.example/story · Not asked."
    assert editing.page.evaluate(CHOSEN) == []


def test_an_address_pasted_into_a_sentence_is_not_looked_up(editing: Editing) -> None:
    editing.mount(paragraph("See ", id="a"))
    editing.type("<End>")
    editing.paste(plain="https://a.example/story")
    assert editing.page.evaluate("told.asked") == []


def test_where_what_reads_a_clipboard_cannot_be_had_the_words_are_pasted_without_their_shape(editing: Editing) -> None:
    editing.mount({"type": "paragraph"})
    editing.page.evaluate("window.unread = true")
    editing.paste(html="<p style='color: red'>The river <b>rose</b>.</p>")
    (block,) = editing.doc
    assert [words["text"] for words in block["content"]] == ["The river rose."]
