"""People's choices about suggestions and sweeps: accepted, rejected, left as it is.

Owns reading and writing their table. A choice is stored by a key of the words (`ledger.accepted.remembered`) under the
home's secret, so that nobody can confirm a guess at the words from the table alone.
"""

import hashlib
from collections.abc import Collection

from asithappened.accounts.models import User
from asithappened.desk.draft import secret
from asithappened.desk.models import Choice


class Chosen:
    """The keys with one kind of choice on a live blog, read once at construction."""

    def __init__(self, blog: int, what: Choice.What) -> None:
        self._kept = frozenset(Choice.objects.filter(blog_id=blog, what=what).values_list("words", flat=True))

    def __contains__(self, key: str) -> bool:
        return bool(self._kept) and _kept_as(key) in self._kept


def choose(blog: int, by: User, keys: Collection[str], what: Choice.What) -> None:
    """Remember a choice about suggestions, by their keys. The last choice about each counts."""
    if not keys:
        return
    Choice.objects.bulk_create(
        [Choice(blog_id=blog, words=_kept_as(key), what=what, by=by) for key in sorted(keys)],
        update_conflicts=True,
        unique_fields=["blog", "words"],
        update_fields=["what", "by", "at"],
    )


def take_back(blog: int, key: str, what: Choice.What) -> None:
    """Delete one choice."""
    Choice.objects.filter(blog_id=blog, words=_kept_as(key), what=what).delete()


def _kept_as(key: str) -> str:
    return hashlib.blake2s(key.encode(), digest_size=12, key=secret()).hexdigest()
