"""Promises of `core.body.nodes`: values that nobody changes, and a schema that is printed from them."""

import subprocess
import sys
from pathlib import Path

from msgspec.structs import replace

from asithappened.core import body


def test_an_edit_of_a_copy_leaves_the_document_as_it_was() -> None:
    doc = body.with_ids(body.Doc(content=(body.paragraph("One."),)), seed="p")
    replace(doc, content=())
    assert body.plain(doc) == "One."


def test_the_committed_schema_is_the_one_that_the_classes_make(root: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "asithappened.core.body"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert (root / "src/asithappened/core/body.schema.json").read_text("utf-8") == made, (
        "run: python -m asithappened.core.body > src/asithappened/core/body.schema.json"
    )
