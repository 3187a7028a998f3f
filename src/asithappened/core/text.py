"""Which characters a plain string may have, and how one is cleaned: the same for desk, importers and command line.

Owns what happens to every character that is not simply printed; docs/text.md has the same as a table.
No-break spaces stay; line ends that no keyboard has become plain ones; invisible characters stay, since scripts and
emoji need them, but do not count as text by themselves; characters that override the direction of text are removed.
"""

import re
import unicodedata
from functools import cache
from typing import Final

# C0 and C1 controls but tab and newline; surrogates cannot be encoded; U+FFFE/FFFF are not characters.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Embeddings and overrides reorder the text that follows them: a name can show a reader what it does not say.
# Isolates (U+2066 to U+2069) and marks (U+200E, U+200F) stay: right-to-left text needs them.
_OVERRIDES: Final = re.compile("[\u202a-\u202e]")
# Byte order marks of joined files, the placeholder of a pasted picture, and formats that Unicode deprecated.
_LITTER: Final = re.compile("[\ufeff\ufff9-\ufffc\u206a-\u206f]")
# Shift and Enter in word processors, page ends of old files, NEL of mainframes, the line and paragraph of the web.
SOFT_LINE_ENDS: Final = "\x0b\x0c\x85\u2028\u2029"
_SOFT: Final = re.compile(f"[{SOFT_LINE_ENDS}]")
_SEPARATORS: Final = re.compile("[\x1c-\x1f]")  # of records in old files: a space to a reader
_NO_BREAK: Final = re.compile("[\u00a0\u202f\u2007]")
_SPACES: Final = re.compile(r"\s+")
_EDGES: Final = (
    " \t\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u200b\u2060"
)
# White space, formats (soft hyphen, zero-width characters, marks and isolates, tags), fillers, variation selectors.
_UNSEEN: Final = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffc\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_ISOLATES: Final = re.compile("[\u2066-\u2069]")
_POP: Final = "\u2069"
# The most marks on one letter in Unicode's stream-safe format (UAX 15); the cost of composing grows as their square.
_MARKS: Final = 30
_JOINER: Final = "\u034f"


def forbidden(text: str) -> str | None:
    """Return a description of the first character that may not be stored, or None.

    >>> forbidden("a\\x00b")
    'U+0000 at character 1'
    """
    if text.isascii() and text.isprintable():
        return None  # nearly always, and a search costs ten times as much
    found = _FORBIDDEN.search(text) or _OVERRIDES.search(text)
    return f"U+{ord(found.group()):04X} at character {found.start()}" if found else None


def cleaned(text: str, *, soft: str = "\n") -> str:
    """Make a string from outside fit to store: composed (NFC), line ends as \\n, no controls, no overrides.

    `soft`: what becomes of line ends that no keyboard has (U+000B, U+000C, U+0085, U+2028, U+2029).
    """
    text = _SOFT.sub(soft, text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _LITTER.sub("", _OVERRIDES.sub("", _FORBIDDEN.sub("", _SEPARATORS.sub(" ", text))))
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _many_marks().sub(_apart, text))


def one_line(text: str) -> str:
    """Clean a string and fold its white space: a title, a name, a caption. "" if it shows nothing.

    A run of white space is one plain space, or the first no-break space in it; isolates are closed where it ends.
    """
    line = _SPACES.sub(_folded, cleaned(text)).strip(_EDGES)
    return "" if blank(line) else _closed(line)


def blank(text: str) -> bool:
    """Say whether a string shows nothing: white space and characters that cannot be seen.

    >>> blank(" \\u200b\\u00a0"), blank("\\u200dx")
    (True, False)
    """
    return not text or _UNSEEN.fullmatch(text) is not None


def soft_lines(text: str) -> list[str]:
    """Split at the line ends that no keyboard has, and at no other."""
    return _SOFT.split(text)


def without_spaces(char: str) -> bool:
    """Say whether a character is of a script that puts no spaces between words."""
    return not char.isascii() and any(first <= char <= last for first, last in UNSPACED)


UNSPACED: Final = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Burmese
    ("\u1780", "\u17ff"),  # Khmer
    ("\u2e80", "\u9fff"),  # Chinese, Japanese
    ("\uf900", "\ufaff"),
    ("\uff00", "\uffef"),
    ("\U00020000", "\U0003ffff"),
)


def _folded(run: re.Match[str]) -> str:
    kept = _NO_BREAK.search(run.group())
    return kept.group() if kept else " "


def _closed(line: str) -> str:
    """Close every open isolate, and drop closings of none, so that none reaches the text around the line."""
    if not _ISOLATES.search(line):
        return line
    open_ = 0
    out = []
    for char in line:
        if char == _POP and not open_:
            continue
        open_ += -1 if char == _POP else _ISOLATES.match(char) is not None
        out.append(char)
    return "".join(out) + _POP * open_


def _apart(run: re.Match[str]) -> str:
    marks = run.group()
    return _JOINER.join(marks[at : at + _MARKS] for at in range(0, len(marks), _MARKS))


@cache
def _many_marks() -> re.Pattern[str]:
    """Return the pattern of more marks in a row than any script has."""
    spans: list[list[int]] = []
    for code in (c for c in range(0x300, 0x20000) if unicodedata.combining(chr(c))):
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    # One mark can decompose into two (U+0344), hence half as many before composing.
    return re.compile("[" + "".join(f"{chr(a)}-{chr(z)}" for a, z in spans) + f"]{{{_MARKS // 2 + 1},}}")
