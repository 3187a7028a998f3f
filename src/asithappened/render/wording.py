"""The interface's words in the language that an edition speaks, each looked up once a language.

Owns that memory. Django's own `gettext` takes five microseconds to find which language is spoken, and ten rows of the
ledger ask seventy times. Outside `Edition.speaking()` it is asked. Never call it with words that are put together.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from django.utils import translation

_BOOKS: Final[dict[str, dict[str, str]]] = {}
_open: Final[ContextVar[tuple[str, dict[str, str]] | None]] = ContextVar("wording", default=None)


def gettext(words: str) -> str:
    """Return words of the interface in the language that is spoken."""
    book = _open.get()
    if book is None:
        return translation.gettext(words)
    found = book[1].get(words)
    if found is None:
        found = book[1][words] = translation.gettext(words)
    return found


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Make gettext, Django's too, speak a language, for this thread, until the end of the block."""
    book = _open.get()
    if book is not None and book[0] == language:
        yield  # within another such block, as nearly always: to change it costs more than a sentence
        return
    token = _open.set((language, _BOOKS.setdefault(language, {})))
    try:
        with translation.override(language):
            yield
    finally:
        _open.reset(token)
