"""What a plain string may hold, and how one is made clean.

Owns the characters that never belong in a text field, and nothing else. Used by documents, rules,
importers and the desk's forms alike, so that there is one answer to "is this string fit to print".
"""

import re
import unicodedata
from typing import Final

# C0 and C1 controls but tab and newline; surrogates cannot be encoded; U+FFFE/FFFF are not characters.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Embeddings and overrides reorder the text that follows them: a name can show a reader what it does not say.
# Isolates (U+2066 to U+2069) and marks (U+200E, U+200F) stay: right-to-left text needs them.
_OVERRIDES: Final = re.compile("[\u202a-\u202e]")
_SPACES: Final = re.compile(r"\s+")


def forbidden(text: str) -> str | None:
    """Return a description of the first character that may not be stored, or None.

    >>> forbidden("a\\x00b")
    'U+0000 at character 1'
    """
    found = _FORBIDDEN.search(text) or _OVERRIDES.search(text)
    return f"U+{ord(found.group()):04X} at character {found.start()}" if found else None


def cleaned(text: str) -> str:
    """Make a string from outside fit to store: composed (NFC), line ends as \\n, no controls, no overrides."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _OVERRIDES.sub("", _FORBIDDEN.sub("", text)))


def one_line(text: str) -> str:
    """Clean a string and fold all its white space to single spaces: a title, a name, a caption."""
    return _SPACES.sub(" ", cleaned(text)).strip()
