"""The wire in other words: the reader's types and the tables of the document are printed from its shapes."""

from pathlib import Path

from asithappened.published import described


def test_the_document_and_the_readers_types_are_printed_from_it(root: Path) -> None:
    document = (root / "docs/delivery.md").read_text()
    printed = document.partition("<!-- printed -->\n")[2].partition("<!-- end of what is printed -->")[0]
    assert printed.strip() == described.markdown().strip()
    assert (root / "frontend/reader/wire.ts").read_text() == described.typescript()
