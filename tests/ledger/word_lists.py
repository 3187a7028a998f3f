"""Lists of words for tests: writes one into a file, and has the form of a list of verbs."""

from pathlib import Path

from asithappened.ledger.language.forms import Column, Form

KINDS = Form(columns=(Column(among=frozenset({"assert", "deny"})), Column()), least=1)


def written(path: Path, words: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(words.encode() if isinstance(words, str) else words)
    return path
