"""The registry of formats: a name for the command line, a function that reads a file's bytes.

To add one: a module with such a function, a test on small files of its own, and a line here. Formats are strangers to
one another; what two of them need (bylines.py, html_body.py, reading.py, addresses.py) is a module of its own.
"""

from collections.abc import Callable
from typing import Final

from asithappened.importers.found import FoundBlog, refused
from asithappened.importers.guardian import guardian
from asithappened.importers.page_text import page_text

Format = Callable[[bytes], FoundBlog]

FORMATS: Final[dict[str, Format]] = {
    "guardian": guardian,
    "page-text": page_text,
}


def found_in(raw: bytes, as_: str) -> FoundBlog:
    """Read a file as a format of that name. Raises ImportRefused."""
    if as_ not in FORMATS:
        raise refused(f"There is no format {as_!r}.", f"Choose one of: {', '.join(FORMATS)}.")
    return FORMATS[as_](raw)
