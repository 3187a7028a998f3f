"""The desk's catalogue: every string that the newsroom reads, and the German for it.

Owns which rooms' strings those are. Readers' strings have a catalogue of their own (`tests.render.catalogue`), which
goes before this one where both say the same. `python -m tests.desk.catalogue` brings the .po up to date and compiles
it. Never translates. Look next: test_catalogue.py, which proves it whole.
"""

import ast
import os
from collections.abc import Iterator

from tests.render.catalogue import LANGUAGES, SOURCE, Message, found_in, write

LANGUAGE = "de"
PATH = SOURCE / f"desk/locale/{LANGUAGE}/LC_MESSAGES/django.po"
PACKAGES = ("accounts", "alerts", "core", "desk", "jobs", "media", "press")


def said() -> dict[Message, list[str]]:
    """Return every string that these rooms say to the newsroom, with the files that say it."""
    return found_in(PACKAGES)


def refusals() -> Iterator[tuple[str, int, ast.expr]]:
    """Yield the sentence of every refusal in the code, with its file and line: a constant, if it can be translated."""
    for room in PACKAGES:
        for path in sorted((SOURCE / room).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Refusal" and len(call.args) > 1:
                    yield path.relative_to(SOURCE).as_posix(), call.lineno, call.args[1]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asithappened.wiring.settings")
    write(PATH, LANGUAGE, LANGUAGES[LANGUAGE], said())
