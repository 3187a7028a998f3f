"""Erased names of sources, stored as digests only, so that none returns with words that were accepted before.

Owns those digests, under the home's secret, so that nobody can confirm a guess from the table. A row of the ledger that
was accepted before the erasure, and waits in a draft or for its time, is published without such a name. A name that is
added to the house's sources again is no longer treated as erased. Look next: `actions.forgetting`.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import Final

from django.db import connection

from asithappened.core.searching import searchable
from asithappened.desk.draft import secret
from asithappened.desk.models import ErasedName

_WORD: Final = re.compile(r"\w+")


class ErasedNames:
    """The erased names, read once at construction."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:  # in plain SQL: each post with rows of the ledger asks
            cursor.execute("SELECT digest, words FROM desk_erasedname")
            self._digests: dict[str, int] = dict(cursor.fetchall())
        self._sizes = sorted(set(self._digests.values()))

    def __bool__(self) -> bool:
        return bool(self._digests)

    def among(self, texts: Iterable[str]) -> bool:
        """Say whether a text contains one of them as whole words."""
        if not self._digests:
            return False
        for text in texts:
            words = _words(text)
            for size in self._sizes:
                if any(_digest(words[at : at + size]) in self._digests for at in range(len(words) - size + 1)):
                    return True
        return False


def remember(names: Iterable[str]) -> None:
    """Remember names as erased, in the transaction that erases them."""
    spoken = {_digest(words): len(words) for name in names if (words := _words(name))}
    ErasedName.objects.bulk_create(
        [ErasedName(digest=digest, words=size) for digest, size in spoken.items()], ignore_conflicts=True
    )


def known_again(names: Iterable[str]) -> None:
    """No longer treat names as erased, because somebody added a source with them."""
    ErasedName.objects.filter(digest__in=[_digest(_words(name)) for name in names]).delete()


def _words(text: str) -> list[str]:
    return _WORD.findall(searchable(text))


def _digest(words: Iterable[str]) -> str:
    return hashlib.blake2s(" ".join(words).encode(), digest_size=16, key=secret()).hexdigest()
