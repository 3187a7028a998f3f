"""Any post of a live blog, found by words, author, kind and state, for the desk alone.

Owns what may be asked for, and reading that from an address (`asked`). Whoever has a grant to read a blog's desk finds
what its timeline shows them, and nothing of another blog; what was withdrawn, only who may publish.
Look next: `log.search`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from msgspec import Struct

from asithappened.accounts.gate import Grant, Verb
from asithappened.core.events import PostKind
from asithappened.core.searching import QUERY_CHARS, forms, typed_words
from asithappened.core.state import PostState, PostStatus
from asithappened.log.read import Order
from asithappened.log.search import search

PAGE: Final = 20  # as many as a screen or three: what is older comes when it is scrolled to


class Asked(Struct, frozen=True, kw_only=True):
    """What is looked for: `words` in headline, body or bylines, all of them; `author` in the bylines."""

    words: str = ""
    author: str = ""
    kind: PostKind | None = None
    state: PostStatus | None = None

    @property
    def anything(self) -> bool:
        """Whether anything is asked for; otherwise every post is found."""
        return self != Asked()

    @property
    def query(self) -> str:
        """What is asked for as the query of an address, as `asked` reads it; "" if nothing is."""
        said = {"words": self.words, "author": self.author, "kind": self.kind, "state": self.state}
        return urlencode({name: value for name, value in said.items() if value})


class Found(Struct, frozen=True, kw_only=True):
    """Posts, newest first. `before`: where the next older ones begin, as `order_of` reads it; "" if there are none."""

    posts: Sequence[PostState]
    before: str


def asked(query: Mapping[str, str]) -> Asked:
    """Read what is asked for from the query of an address; what cannot be meant is not asked for."""
    kinds, states = {str(kind) for kind in PostKind}, {str(state) for state in PostStatus}
    kind, state = query.get("kind", ""), query.get("state", "")
    return Asked(
        words=query.get("words", "")[:QUERY_CHARS],
        author=query.get("author", "")[:QUERY_CHARS],
        kind=PostKind(kind) if kind in kinds else None,
        state=PostStatus(state) if state in states else None,
    )


def find(grant: Grant, wanted: Asked, *, before: Order | None = None, newest: int = PAGE) -> Found:
    """Return the posts of a live blog that are asked for, at most `newest` of them, older than `before`.

    What was taken back from readers only those find who may publish: its words are no contributor's to pass on.
    """
    state = wanted.state
    if not grant.may(Verb.PUBLISH):
        if state in {PostStatus.WITHDRAWN, PostStatus.ERASED}:
            return Found(posts=(), before="")
        state = state or PostStatus.PUBLISHED
    posts = search(
        grant.id,
        newest=newest + 1,
        words=_groups(wanted.words),
        authors=_groups(wanted.author),
        kind=wanted.kind,
        status=state,
        before=before,
    )
    more = posts[newest - 1].order if len(posts) > newest else None
    return Found(posts=posts[:newest], before=f"{more[0]}-{more[1]}" if more else "")


def order_of(written: str) -> Order | None:
    """Read where the older posts begin, as `Found.before` writes it; None if it says nothing."""
    found = re.fullmatch(r"(\d{1,17})-(\d{1,17})", written, re.ASCII)
    return (int(found[1]), int(found[2])) if found else None


def _groups(typed: str) -> list[tuple[str, ...]]:
    return [group for word in typed_words(typed) if (group := forms(word))]
