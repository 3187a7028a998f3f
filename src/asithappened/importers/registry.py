"""The registry of formats: a name for the command line, and the function that reads a file's bytes.

Look next: the docstring of `importers` for how to add one.
"""

from collections.abc import Callable
from typing import Final

from asithappened.importers.formats import guardian, page_text
from asithappened.importers.found import FoundBlog, refused

Format = Callable[[bytes], FoundBlog]

FORMATS: Final[dict[str, Format]] = {
    "guardian": guardian.read,
    "page-text": page_text.read,
}


def found_in(raw: bytes, as_: str) -> FoundBlog:
    """Read a file in the named format. Raises ImportRefused."""
    if as_ not in FORMATS:
        raise refused(f"There is no format {as_!r}.", f"Choose one of: {', '.join(FORMATS)}.")
    return FORMATS[as_](raw)
