"""The messages as TypeScript and as the tables of docs/delivery.md are printed from wire.py."""

from pathlib import Path

from asithappened.published import described


def test_the_document_and_the_readers_types_are_printed_from_it(root: Path) -> None:
    document = (root / "docs/delivery.md").read_text()
    printed = document.partition("<!-- printed -->\n")[2].partition("<!-- end of what is printed -->")[0]
    assert printed.strip() == described.markdown().strip()
    assert (root / "frontend/reader/wire.ts").read_text() == described.typescript()
