"""The slash menu, and nodes with their fields in place: made, filled in, left and taken away by keyboard alone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from asithappened.core.body.prosemirror import prosemirror
from asithappened.desk.views.editor_words import EDITOR_WORDS
from tests.desk.editor.conftest import Editing
from tests.desk.editor.test_typing import paragraph, words

pytestmark = pytest.mark.browser


def options(editing: Editing) -> list[str]:
    return editing.page.locator("[role=option]").all_inner_texts()


def active(editing: Editing) -> str:
    """Return the option that a screen reader is told of."""
    told: str = editing.page.evaluate(
        "document.getElementById(document.querySelector('.body-editor').getAttribute('aria-activedescendant')).innerText"
    )
    return told.splitlines()[0]


def test_the_slash_menu_filters_chooses_and_leaves(editing: Editing) -> None:
    editing.mount()
    editing.type("/")
    assert len(options(editing)) == 17
    assert active(editing) == "Key event"
    editing.type("<ArrowDown>")
    assert active(editing) == "Summary"
    editing.type("num")
    assert [one.splitlines()[0] for one in options(editing)] == ["Numbered list"]
    editing.type("<Escape>")
    assert options(editing) == []
    editing.type("b")
    assert editing.doc == [paragraph("/numb")]
    assert options(editing) == []  # who left it is not asked again
    editing.type("<Enter>", "/summary", "<Enter>")
    assert editing.page.evaluate("told.commands") == ["summary"]
    assert editing.doc == [paragraph("/numb")]
    editing.type("1 km/h and/or")
    assert options(editing) == []


@pytest.mark.parametrize(
    ("named", "made"),
    [
        ("quote", "blockquote"),
        ("list", "bulletList"),
        ("numbered", "orderedList"),
        ("heading", "heading"),
        ("table", "table"),
    ],
)
def test_the_slash_menu_makes_what_has_words_and_one_types_on(editing: Editing, named: str, made: str) -> None:
    editing.mount()
    editing.type(f"/{named}", "<Enter>", "Words")
    assert editing.doc[0]["type"] == made
    assert "Words" in str(editing.doc[0])


FILLED: dict[str, tuple[str, dict[str, Any]]] = {
    "address": ("image", {"src": "https://pictures.example/a.jpg", "alt": "A wall", "decorative": True, "credit": "A"}),
    "post": ("socialEmbed", {"url": "https://s.example/1", "text": "It holds.", "author": "A", "date": "2026-11-25"}),
    "card": ("linkCard", {"url": "https://paper.example/1", "title": "More", "label": "Related", "site": "Paper"}),
    "score": ("score", {"home": "Hallin", "away": "Merrow", "home_score": 2, "period": "Second half"}),
    "video": ("video", {"url": "https://films.example/1", "title": "Waves", "provider": "Films"}),
    "audio": ("audio", {"url": "https://sounds.example/1", "title": "Wind", "caption": "At night"}),
}  # fmt: skip

# Of a file of ours alone, or never typed.
OURS = {
    "id", "width", "height", "media", "digest", "focus_x", "focus_y", "preview", "kind", "seconds", "poster",
    "poster_digest", "poster_width", "captions", "captions_digest", "transcript", "clock_at",
}  # fmt: skip


@pytest.mark.parametrize("named", sorted(FILLED))
def test_a_node_is_made_and_filled_in_by_keyboard_and_typing_goes_on_behind_it(editing: Editing, named: str) -> None:
    made, attrs = FILLED[named]
    editing.mount(paragraph("Before", id="a"))
    editing.type("<End>", "<Enter>", f"/{named}", "<Enter>")
    labels = editing.page.evaluate(
        "[...document.querySelectorAll('.node-field:not([hidden])')].map((one) => one.querySelector('label').innerText)"
    )
    assert len(set(labels)) == len(labels)
    fields = [name for name in prosemirror()["nodes"][made]["attrs"] if name not in OURS]
    assert len(labels) == len(fields)
    for name, value in attrs.items():
        field = editing.page.get_by_label(_label(made, name), exact=True)
        field.focus()
        editing.type("<Space>" if value is True else str(value))
    editing.type("<Escape>", "After")
    assert editing.doc == [paragraph("Before", id="a"), {"type": made, "attrs": attrs}, paragraph("After")]
    # back into it: up to it, Enter, and its first field; and away with it
    editing.type("<ArrowUp>", "<Enter>")
    assert editing.page.evaluate("document.activeElement.closest('.node-field') !== null")
    editing.page.get_by_role("button", name="Remove:").focus()
    editing.type("<Enter>", "!")
    assert [block["type"] for block in editing.doc] == ["paragraph", "paragraph"]
    editing.type("<Control+z>", "<Control+z>")
    assert editing.doc[1] == {"type": made, "attrs": attrs}  # nothing typed into its fields was lost


def test_results_are_filled_in_by_keyboard_line_by_line_with_numbers_as_people_type_them(editing: Editing) -> None:
    editing.mount(paragraph("Before", id="a"))
    editing.type("<End>", "<Enter>", "/results", "<Enter>", "The council", "<Enter>", "54", "<Enter>", "72")
    for line, (name, seats, share) in enumerate(
        (("Harbour", "1,031", "43,2"), ("Hill", "", "no"), ("Lock", "0", "7.5"))
    ):
        if line == 2:
            editing.page.get_by_role("button", name=_label("results", "add")).press("Enter")
        editing.page.get_by_label(_label("result", "name"), exact=True).nth(line).focus()
        editing.type(name)
        for field, typed in (("seats", seats), ("share", share)):
            editing.page.get_by_label(_label("result", field), exact=True).nth(line).focus()
            editing.type(typed)
    editing.page.get_by_label(_label("result", "color"), exact=True).first.select_option("teal")
    editing.page.get_by_role("button", name=str(EDITOR_WORDS["editor.gallery.later"])).first.press("Enter")
    editing.page.get_by_label(_label("results", "title"), exact=True).press("Escape")
    results = editing.doc[1]
    assert results["attrs"] == {"title": "The council", "declared": 54, "total": 72}
    assert [line.get("attrs") for line in results["content"]] == [
        {"name": "Hill"},
        {"name": "Harbour", "color": "teal", "seats": 1031, "share": 43.2},
        {"name": "Lock", "seats": 0, "share": 7.5},
    ]


def _label(node: str, name: str) -> str:
    return str(EDITOR_WORDS[f"editor.{node}.{name}"])


def test_whose_words_a_quotation_is_stands_below_it(editing: Editing) -> None:
    editing.mount()
    editing.type(
        "> Get to high ground.", "<Tab>", "The coastguard", "<Enter>", "https://coast.example/", "<Escape>", "!"
    )
    assert editing.doc == [
        {
            "type": "blockquote",
            "attrs": {"cite": "The coastguard", "url": "https://coast.example/"},
            "content": [paragraph("Get to high ground.!")],
        }
    ]


def cells(editing: Editing) -> list[list[str]]:
    return [
        [
            ("*" if cell.get("attrs", {}).get("header") else "") + "".join(
                run["text"] for one in cell.get("content", []) for run in one["content"]
            )
            for cell in row["content"]
        ]
        for row in editing.doc[0]["content"]
    ]  # fmt: skip


def test_a_table_grows_and_shrinks_and_tab_goes_through_its_cells(editing: Editing) -> None:
    editing.mount()
    editing.type(
        "/table", "<Enter>", "Gate", "<Tab>", "State", "<Tab>", "North", "<Tab>", "shut", "<Tab>", "<Tab>", "<Tab>"
    )
    assert cells(editing) == [["*Gate", "*State"], ["North", "shut"], ["", ""], ["", ""]]
    editing.type("South", "<Shift+Tab>", "<Shift+Tab>")
    for name in ("Remove row", "Add column", "Header cell"):
        editing.page.get_by_role("button", name=name).click()
        editing.settle()
    assert cells(editing) == [["*Gate", "*", "*State"], ["North", "", "shut"], ["*South", "", ""]]
    editing.type("<Escape>", "Gates at noon", "<Escape>", "<Tab>", "wide")
    assert editing.doc[0]["attrs"] == {"caption": "Gates at noon"}
    assert cells(editing)[2] == ["*South", "wide", ""]
    editing.page.get_by_role("button", name="Remove column").click()
    assert cells(editing) == [["*Gate", "*State"], ["North", "shut"], ["*South", ""]]
    attrs = editing.page.evaluate("JSON.stringify(editor.doc())")
    assert "span" not in attrs


def test_what_the_server_found_wrong_stands_at_its_field_and_goes_when_it_is_mended(editing: Editing) -> None:
    editing.mount(
        paragraph("Words", id="a"), {"type": "image", "attrs": {"id": "b", "src": "https://pictures.example/a.jpg"}}
    )
    editing.page.click(".body-editor p[dir]:has-text('Words')")
    editing.type("<End>", "<Enter>")  # an empty line is no block of the body
    elsewhere = editing.page.evaluate(
        """editor.wrong([
          { code: "invalid", field: "body.content[1].attrs.alt", message: "Say what it shows." },
          { code: "invalid", field: "body.content[0]", message: "Too long." },
        ])"""
    )
    assert [problem["message"] for problem in elsewhere] == ["Too long."]
    field = editing.page.locator("[aria-invalid=true]")
    assert field.count() == 1
    assert editing.page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    described = editing.page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText"
    )
    assert described == "Say what it shows."
    editing.type("A wall")
    assert field.count() == 0
    assert editing.doc[1]["attrs"]["alt"] == "A wall"


def test_axe_finds_nothing_in_the_editor_with_everything_in_it(editing: Editing) -> None:
    nodes = [{"type": made, "attrs": attrs} for made, attrs in FILLED.values()]
    table = {"type": "tableRow", "content": [{"type": "tableCell", "content": [paragraph("a")]}]}
    quote = {"type": "blockquote", "content": [paragraph("Words")]}
    editing.mount(paragraph("A ", words("b", "bold")), *nodes, quote, {"type": "table", "content": [table]})
    editing.type("<Control+End>", "/")
    assert len(options(editing)) == 17
    found = Axe().run(editing.page, options={"rules": {"page-has-heading-one": {"enabled": False}}})
    assert found.response["violations"] == [], found.generate_report()


def test_an_editor_that_goes_leaves_nothing_behind(editing: Editing) -> None:
    editing.mount(paragraph("Words"))
    editing.type("<Control+k>")
    editing.page.evaluate("editor.destroy()")
    assert editing.page.evaluate("document.getElementById('at').outerHTML") == '<div id="at" class=""></div>'


def test_an_address_on_a_line_of_its_own_becomes_the_card_that_is_asked_for_below_it(editing: Editing) -> None:
    editing.mount(paragraph("Before", id="a"))
    editing.type("<Control+End>", "<Enter>")
    editing.paste(plain="https://paper.example/more?utm_source=x")
    editing.type("<Enter>", "/card", "<Enter>", "<Escape>", "After")
    card = {"type": "linkCard", "attrs": {"url": "https://paper.example/more"}}
    assert editing.doc == [paragraph("Before", id="a"), card, paragraph("After")]
