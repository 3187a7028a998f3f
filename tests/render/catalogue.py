"""The catalogues of translations: what the code and the templates say, and what each language says for it.

Owns extraction (Django's templates by `templatize`, Python by Babel) and `python -m tests.render.catalogue`, which
brings the .po files up to date and compiles them. Never translates. Look next: test_locale.py, which proves them whole.
"""

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract

SOURCE = Path(__file__).resolve().parents[2] / "src/asithappened"
LOCALE = SOURCE / "locale"
# Packages of which readers may see every string, so all of them must be translated.
PACKAGES = ("render",)
# Which of its forms a language counts with, as the CLDR has it for whole numbers ("un millón de", "2 заяви").
LANGUAGES = {
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=3; plural=n==1 ? 0 : n!=0 && n%1000000==0 ? 1 : 2;",
    "uk": "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2;",
    "ar": (
        "nplurals=6; plural="
        "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
}
_KEYWORDS: dict[str, Any] = {
    "gettext": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
    "gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2),
    "Refusal": (2,),  # core's sentences, which the desk translates
}  # fmt: skip

Message = tuple[str | None, str, str | None]


def path_of(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return LOCALE / language / "LC_MESSAGES/django.po"


def said() -> dict[Message, list[str]]:
    """Return every string that readers' pages say, as (context, singular, plural), with the files that say it."""
    return found_in(PACKAGES)


def found_in(packages: Sequence[str]) -> dict[Message, list[str]]:
    """Return every string of these packages."""
    from django.utils.translation.template import templatize

    found: dict[Message, list[str]] = {}
    for package in packages:
        for path in sorted((SOURCE / package).rglob("*")):
            if path.suffix == ".py":
                code = path.read_text()
            elif path.suffix == ".html":
                code = templatize(path.read_text())
            else:
                continue
            for message in _messages(code):
                found.setdefault(message, []).append(path.relative_to(SOURCE).as_posix())
    return found


def _messages(code: str) -> Iterator[Message]:
    for _line, message, _comments, context in extract("python", io.BytesIO(code.encode()), _KEYWORDS):
        if isinstance(message, tuple):
            yield context, message[0], message[1]
        else:
            yield context, message, None


def write(path: Path, language: str, plurals: str, strings: Mapping[Message, list[str]]) -> None:
    """Bring a catalogue up to date with the strings that there are, keeping what is translated, and compile it."""
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(entry.msgctxt, entry.msgid): entry for entry in old}
    new = polib.POFile(wrapwidth=110)
    new.metadata = {
        "Project-Id-Version": "As It Happened",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plurals,
    }
    for (context, singular, plural), files in sorted(strings.items(), key=lambda item: (item[0][1], item[0][0] or "")):
        entry = known.get((context, singular)) or polib.POEntry(msgid=singular, msgctxt=context)
        entry.msgid_plural = plural or ""
        entry.occurrences = [(file, "") for file in sorted(set(files))]
        entry.flags = ["python-format"] if "%(" in singular else []
        new.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))
    path.with_suffix(".mo").write_bytes(new.to_binary())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asithappened.wiring.settings")
    for language, plurals in LANGUAGES.items():
        write(path_of(language), language, plurals, said())
