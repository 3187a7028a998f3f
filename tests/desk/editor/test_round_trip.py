"""Body → editor → body is the identity, for whatever core's schema lets stand in one and for every recorded post."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from asithappened.core import body
from asithappened.core.body.prosemirror import prosemirror
from asithappened.importers.registry import found_in
from tests.desk.editor.conftest import Editing

pytestmark = pytest.mark.browser

SPEC = """() => {
  const { schema } = document.querySelector(".body-editor").editor;
  const attrs = (type) => Object.fromEntries(
    Object.entries(type.spec.attrs ?? {}).map(([name, said]) => [name, "default" in said ? said.default : "required"]));
  const all = (types) => Object.fromEntries(
    Object.entries(types).map(([name, type]) => [name, { content: type.spec.content ?? "", attrs: attrs(type) }]));
  return { nodes: all(schema.nodes), marks: all(schema.marks) };
}"""

# Puts each body into the editor and takes it out; then types a letter into one paragraph; then undoes that.
THERE_AND_BACK = """(bodies) => {
  const same = (a, b) => a === b || (typeof a === "object" && typeof b === "object" && a && b
    && Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((key) => same(a[key], b[key])));
  const wrong = [];
  const view = document.querySelector(".body-editor").editor.view;
  const first = (json) =>
    json.type === "text" ? json : (json.content ?? []).reduce((found, one) => found ?? first(one), null);
  bodies.forEach((body, n) => {
    editor.set(body);
    if (!same(editor.doc(), body)) return wrong.push([n, "not the same", JSON.stringify(editor.doc())]);
    let kept = 0;
    view.state.doc.descendants((node) => { kept += node.type.name === "kept"; });
    if (kept) return wrong.push([n, "not known to the schema"]);
    const expected = structuredClone(body);
    const blocks = [];
    (expected.content ?? []).forEach((block, at) => first(block) && blocks.push(at));
    if (!blocks.length) return;
    const chosen = blocks[n % blocks.length];
    const run = first(expected.content[chosen]);
    run.text = run.text[0] + "x" + run.text.slice(1);
    let at = 0;
    for (let before = 0; before < chosen; before++) at += view.state.doc.child(before).nodeSize;
    let place = null;
    view.state.doc.child(chosen).descendants((node, inside) => {
      if (node.isText) place ??= at + 1 + inside + 1;
    });
    view.dispatch(view.state.tr.insertText("x", place));
    if (!same(editor.doc(), expected)) return wrong.push([n, "more than a letter", JSON.stringify(editor.doc())]);
    const undo = new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true, cancelable: true });
    view.dom.dispatchEvent(undo);
    if (!same(editor.doc(), body)) wrong.push([n, "not the same after undo", JSON.stringify(editor.doc())]);
  });
  return wrong;
}"""


def text(words: str, *marks: Any) -> dict[str, Any]:
    return {"type": "text", "text": words, **({"marks": list(marks)} if marks else {})}


def block(type_: str, id_: str, *content: dict[str, Any], **attrs: Any) -> dict[str, Any]:
    return {"type": type_, "attrs": {"id": id_, **attrs}, **({"content": list(content)} if content else {})}


def p(id_: str, words: str) -> dict[str, Any]:
    return block("paragraph", id_, text(words))


def test_the_editors_schema_is_cores_and_one_node_for_what_a_newer_server_may_send(editing: Editing) -> None:
    editing.mount()
    made = editing.page.evaluate(SPEC)
    expected = {
        kind: {
            name: {
                "content": node.get("content", ""),
                "attrs": {at: said.get("default", "required") for at, said in node.get("attrs", {}).items()},
            }
            for name, node in nodes.items()
        }
        for kind, nodes in prosemirror().items()
    }
    del made["nodes"]["kept"]
    assert made["nodes"].pop("doc")["content"] == f"({expected['nodes'].pop('doc')['content']} | kept)*"
    # While one picture of two is moved, one is left; what stays so is no gallery.
    assert expected["nodes"]["gallery"].pop("content") == "(image){2,}"
    assert made["nodes"]["gallery"].pop("content") == "(image)+"
    assert made == expected
    # the first that may stand in a place is what ProseMirror puts there by itself
    assert next(iter(made["nodes"])) == "paragraph"


def test_what_a_body_may_hold_comes_out_as_it_went_in(editing: Editing) -> None:
    bold, link = {"type": "bold"}, {"type": "link", "attrs": {"href": "https://paper.example/"}}
    picture = {
        "src": "https://pictures.example/a.jpg",
        "alt": "A wall",
        "decorative": True,
        "width": 640,
        "height": 480,
    }
    doc = [
        block("paragraph", "e1"),  # empty, and it came so
        block("paragraph", "m1", text("one", bold, link), text("two", link, bold), {"type": "hardBreak"}, text("end")),
        block("heading", "h1", text("What we know"), level=3),
        block(
            "bulletList",
            "u1",
            {"type": "listItem", "attrs": {"id": "l1"}, "content": []},
            block("listItem", "l2", p("p1", "a"), block("orderedList", "o1", block("listItem", "l3", p("p2", "b")))),
        ),
        block(
            "blockquote",
            "q1",
            p("p3", "High ground."),
            block("bulletList", "u2", block("listItem", "l4", block("paragraph", "p4"))),
            cite="The coastguard",
            url="https://coast.example/",
        ),
        block(
            "table",
            "t1",
            block("tableRow", "r1", block("tableCell", "c1", p("p5", "Gate"), header=True), block("tableCell", "c2")),
            block("tableRow", "r2", block("tableCell", "c3", block("paragraph", "p6"), p("p7", "x"))),
            caption="Gates",
        ),
        block("image", "i1", **picture),
        {"type": "image", "attrs": {"credit": "Nobody"}},
        block("socialEmbed", "s1", platform="mastodon", text="Two\nlines", date="2026-11-25"),
        block("linkCard", "k1", url="https://paper.example/more", label="Related"),
        block(
            "results",
            "n1",
            block("result", "n2", name="Harbour", color="teal", seats=0, share=43.2, before=28.5, won=True),
            block("result", "n3", name="Hill", votes=1_000_000_000_000),
            title="The council",
            declared=54,
            total=72,
        ),
        block(
            "poll",
            "y1",
            block("pollOption", "y2", name="Yes", votes=3),
            block("pollOption", "y3"),
            title="Keep it shut?",
        ),
        block("score", "g1", home="Hallin", away="Merrow", home_score=0, clock="67:30", running=True),
        block("video", "v1", url="https://films.example/1", provider="Films"),
        block("audio", "a1", url="https://sounds.example/1"),
    ]
    body.parse(json.dumps({"type": "doc", "content": doc}))  # core takes it
    editing.mount(*doc)
    assert editing.doc == doc


def test_what_the_page_does_not_know_is_carried_through(editing: Editing) -> None:
    newer = {"type": "quiz", "attrs": {"id": "n1", "answers": [1, 2]}, "content": [{"type": "answer"}]}
    marked = {
        "type": "paragraph",
        "attrs": {"id": "n2", "mood": "calm"},
        "content": [{"type": "text", "text": "a", "marks": [{"type": "highlight"}]}],
    }
    known: dict[str, Any] = {"type": "paragraph", "attrs": {"id": "a1"}, "content": [{"type": "text", "text": "Known"}]}
    editing.mount(newer, known, marked)
    editing.page.click(".body-editor p[dir]:has-text('Known')")
    editing.type("<End>", "!")
    known["content"][0]["text"] = "Known!"
    assert editing.doc == [newer, known, marked]
    assert "quiz" in editing.page.locator(".node-kept").first.inner_text()


@pytest.mark.data
def test_no_recorded_post_changes_in_the_editor_but_where_somebody_types(editing: Editing, shared_data: Path) -> None:
    files = [(path, "guardian") for path in sorted((shared_data / "guardian_capi/blogs").glob("*.json"))]
    files += [(path, "page-text") for path in sorted((shared_data / "seed").glob("*.txt"))]
    bodies = [
        msgspec.to_builtins(body.with_ids(post.body, seed=str(number)))
        for path, as_ in files
        for number, post in enumerate(found_in(path.read_bytes(), as_).posts)
    ]
    assert len(bodies) > 1_700
    editing.mount()
    assert editing.page.evaluate(THERE_AND_BACK, bodies) == []
