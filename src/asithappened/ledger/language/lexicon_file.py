"""Reads a file of phrases: its entries, and its faults by line.

Owns the form: UTF-8, `phrase = value, value`, `#` before a comment. Reports every fault of a file, not only the first,
and what to do about it. Look next: `forms` for the allowed values, `lexicon` for which files there are.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import chain, repeat
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from asithappened.ledger.language.forms import Column, Form

FILE_BYTES: Final = 4 * 1024 * 1024  # several times our longest list; a film in the folder is not read whole
PHRASE: Final = 100  # characters: a longer phrase is a sentence, which no other text repeats

_INVISIBLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_QUOTES: Final = re.compile('["“”„«»‹›]')
# A separate mark ("that said ,") is compared with the text's; one attached to a word was pasted by mistake.
_EDGE: Final = re.compile(r"^[,;:!?]\S|\S[,;:!?]$")
_COMMENT: Final = re.compile(r"(?:^|\s)#")
_PLAIN: Final = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-"}
)


class Fault(Struct, frozen=True):
    """A fault of a line of a file, and what to do about it. `line` 0: a fault of the whole file."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        """Return it as compilers print an error, so that an editor can jump there."""
        return f"{self.file}:{self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


class LexiconError(Exception):
    """Lists of words that cannot be used. `faults`: each with its file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Read(Struct, frozen=True):
    """A file's entries, folded phrase to values; the phrases that it removes from ours, with lines; the faults."""

    entries: dict[str, tuple[str, ...]] = field(default_factory=dict)
    taken_out: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def folded(text: str) -> str:
    """Return a text as phrases are compared: in lower case, with plain apostrophes, hyphens and spaces.

    The result is as long as the text, so an offset in one is an offset in the other.
    """
    small = text.lower()
    if len(small) != len(text):  # "İ" becomes two characters in lower case
        small = "".join(one if len(one := letter.lower()) == 1 else letter for letter in text)
    return small.translate(_PLAIN)


def read(path: Path, form: Form | None, *, own: bool = False) -> Read:
    """Read a file. `form`: of its entries, None for any; `own`: a newsroom's, which may remove entries of ours."""
    found, lines = Read(), dict[str, int]()
    for number, line in _lines(path, found.faults):
        said, equals, rest = line.partition("=")
        phrase = " ".join(folded(unicodedata.normalize("NFC", said)).split())
        values = tuple(value.strip() for value in rest.split(",")) if rest.strip() else ()
        what = _wrong_phrase(phrase)
        if not what and phrase in lines:
            what = f"“{phrase}” stands in line {lines[phrase]} already. Keep one of the two."
        if not what and own and equals and not values:
            found.taken_out[phrase] = number
        elif not what:
            what = _wrong_values(phrase, bool(equals), values, form)
        if what:
            found.faults.append(Fault(str(path), number, what))
            continue
        lines[phrase] = number
        if phrase not in found.taken_out:
            found.entries[phrase] = values
    return found


def _lines(path: Path, faults: list[Fault]) -> Iterator[tuple[int, str]]:
    """Yield the lines that have an entry, without comments, and report those that cannot be read."""
    if path.exists() and not path.is_file():  # a pipe may never end
        faults.append(Fault(str(path), 0, "It is no file. Take it away."))
        return
    try:
        with path.open("rb") as file:
            raw = file.read(FILE_BYTES + 1)
    except OSError as error:
        faults.append(Fault(str(path), 0, f"It cannot be read: {error.strerror}. Give yourself the right to read it."))
        return
    if len(raw) > FILE_BYTES:
        faults.append(Fault(str(path), 0, f"It has more than {FILE_BYTES:,} bytes: this is no list. Take it away."))
        return
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        try:
            said = line.removesuffix(b"\r").decode()
        except UnicodeDecodeError:
            faults.append(Fault(str(path), number, "It is not UTF-8. Save the file as UTF-8 and try again."))
            return  # the other lines are not either, and one message is enough
        if comment := _COMMENT.search(said):
            said = said[: comment.start()]
        if "\t" in said:
            faults.append(Fault(str(path), number, "There is a tab. Write a space instead."))
        elif unseen := _INVISIBLE.search(said):
            what = (
                f"There is a character that cannot be seen (U+{ord(unseen[0]):04X}, after “{said[: unseen.start()]}”)."
            )
            faults.append(Fault(str(path), number, f"{what} Delete the line and type it again."))
        elif said.strip():
            yield number, said


def _wrong_phrase(phrase: str) -> str:
    if not phrase:
        return "There is no phrase before “=”. Write `phrase = value`."
    if len(phrase) > PHRASE:
        return f"The phrase has {len(phrase)} characters, and no text would say it again: {PHRASE} is the most."
    if _QUOTES.search(phrase):
        return "There is a quotation mark in the phrase, and no text would match. Write the words alone."
    if len(phrase) > 1 and (_EDGE.match(phrase) or _EDGE.search(phrase)):
        return "A mark stands at the edge of the phrase. Write the words alone, or a space between word and mark."
    if not any(sign.isalnum() or unicodedata.category(sign)[0] == "S" or sign in "%‰" for sign in phrase):
        return "There is no letter, digit or sign in the phrase, and no text would match. Write words."
    return ""


def _wrong_values(phrase: str, equals: bool, values: tuple[str, ...], form: Form | None) -> str:
    if equals and not values:
        return f"Nothing stands after “=”. Write what “{phrase}” is" + (", or take the line away." if form else ".")
    if "=" in "".join(values):
        return "There are two “=”. Write one entry a line."
    if "" in values:
        return "A value is missing before or after a comma. Write one, or take the comma away."
    if form is None:
        return ""
    if form.words and phrase not in form.settings and (many := len(phrase.split())) > form.words:
        return f"The phrase has {many} words, and {form.words} are looked for here at the most. Write fewer."
    least = form.takes.get(values[0], form.least) if values else form.least
    if len(values) < least:
        of = f" that is {values[0]}" if least > form.least else ""
        return f"There {_are(len(values))}, and an entry here{of} has {least} at least. {_may_be(form.columns)}"
    if len(values) > len(form.columns) and not form.more:
        return f"There {_are(len(values))}, and an entry here has {len(form.columns)} at most. {_may_be(form.columns)}"
    if phrase in form.settings and values[0] not in form.settings[phrase]:
        return f"“{phrase}” is {' or '.join(sorted(form.settings[phrase]))} here, not “{values[0]}”."
    if phrase not in form.settings and any(values[0] in only for only in form.settings.values()):
        return f"Only “{', '.join(form.settings)}” can be {values[0]}. Write what “{phrase}” is."
    columns = chain(form.columns, repeat(form.columns[-1])) if form.more else form.columns
    for value, column in zip(values, columns, strict=False):
        if what := _wrong_value(value, column):
            return what
    return ""


def _wrong_value(value: str, column: Column) -> str:
    if column.number:
        try:
            float(value)
        except ValueError:
            return f"“{value}” is no number. Write digits, with a point before decimals."
    elif column.among and value not in column.among:
        near = get_close_matches(value, column.among, n=1)
        meant = f" Did you mean {near[0]}?" if near else ""
        return f"“{value}” is nothing that can stand here.{meant} There are {', '.join(sorted(column.among))}."
    return ""


def _are(count: int) -> str:
    return "are no values" if not count else "is 1 value" if count == 1 else f"are {count} values"


def _may_be(columns: tuple[Column, ...]) -> str:
    if not columns:
        return "Write the phrase alone."
    first = f", the first one of {', '.join(sorted(columns[0].among))}" if columns[0].among else ""
    return f"Write `phrase = {', '.join(['value'] * len(columns))}`{first}."
