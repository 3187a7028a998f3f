"""Caches translations of the interface's words, by language.

Django's own `gettext` takes five microseconds to find the active language, and ten rows of the ledger call it seventy
times. Outside `Edition.speaking()` Django is called. Never call it with composed text, which would fill the cache.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Final

from django.utils import translation

_CACHES: Final[dict[str, dict[str, str]]] = {}
_AS_IT_IS: Final = nullcontext()
_active: Final[ContextVar[tuple[str, dict[str, str]] | None]] = ContextVar("wording", default=None)


def gettext(words: str) -> str:
    """Return the translation of the interface's words into the active language."""
    active = _active.get()
    if active is None:
        return translation.gettext(words)
    found = active[1].get(words)
    if found is None:
        found = active[1][words] = translation.gettext(words)
    return found


def pgettext(context: str, words: str) -> str:
    """Return the translation of words with a context into the active language."""
    active = _active.get()
    if active is None:
        return translation.pgettext(context, words)
    key = f"{context}\x04{words}"  # as gettext's own catalogues have it
    found = active[1].get(key)
    if found is None:
        found = active[1][key] = translation.pgettext(context, words)
    return found


def speaking(language: str) -> AbstractContextManager[None]:
    """Activate a language for gettext, Django's too, in this thread, inside the block."""
    active = _active.get()
    # Inside another such block, as nearly always: activating costs more than rendering a sentence.
    return _AS_IT_IS if active is not None and active[0] == language else _speaking(language)


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    token = _active.set((language, _CACHES.setdefault(language, {})))
    try:
        with translation.override(language):
            yield
    finally:
        _active.reset(token)
