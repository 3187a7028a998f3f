"""Promises of `core.body.prosemirror`: the editor's schema is core's, and nobody wrote it by hand."""

import json
import subprocess
import sys
from pathlib import Path

from asithappened.core import body
from asithappened.core.body.prosemirror import prosemirror


def test_the_editor_is_built_on_the_schema_that_the_classes_make(root: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "asithappened.core.body", "prosemirror"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    assert (root / "frontend/desk/editor/schema.json").read_text("utf-8") == made, (
        "run: python -m asithappened.core.body prosemirror > frontend/desk/editor/schema.json, then make assets"
    )
    # and the script that browsers get was built from it
    script = (root / "src/asithappened/static/desk-editor.js").read_text("utf-8")
    for node in prosemirror()["nodes"].values():
        assert node.get("content", "") in script


def test_every_node_mark_and_attribute_of_the_json_schema_is_in_it() -> None:
    said = prosemirror()
    types = {
        one["properties"]["type"]["enum"][0]: one["properties"]
        for one in body.schema()["$defs"].values()
        if "type" in one["properties"]
    }
    assert set(types) == set(said["nodes"]) | set(said["marks"])
    defs = body.schema()["$defs"]
    for name, properties in types.items():
        mine = (said["nodes"] | said["marks"])[name]
        attrs = defs[properties["attrs"]["$ref"].rsplit("/")[-1]]["properties"] if "attrs" in properties else {}
        assert set(attrs) == set(mine.get("attrs", {}))
        for attribute, wanted in attrs.items():
            assert mine["attrs"][attribute].get("default") == wanted.get("default"), (name, attribute)
            assert mine["attrs"][attribute].get("maxLength") == wanted.get("maxLength"), (name, attribute)


def test_what_may_stand_in_a_node_is_said_in_the_order_of_the_classes() -> None:
    nodes = prosemirror()["nodes"]
    assert nodes["blockquote"]["content"] == "(paragraph | heading | bulletList | orderedList)+"
    assert nodes["tableCell"]["content"] == "(paragraph)*"
    assert json.dumps(list(nodes)[:2]) == '["doc", "paragraph"]'
