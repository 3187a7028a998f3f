"""Any post of a live blog, found by words, author, kind and state, for the desk alone.

Owns the search, and reading it from an address (`asked`). A person who may read a blog's desk finds the posts that its
timeline shows them, and none of another blog; only people who may publish find withdrawn posts.
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

PAGE: Final = 20  # one to three screens full; older posts are loaded by scrolling


class Asked(Struct, frozen=True, kw_only=True):
    """A search: `words`, all of which are in headline, body or bylines; `author`: in the bylines."""

    words: str = ""
    author: str = ""
    kind: PostKind | None = None
    state: PostStatus | None = None

    @property
    def anything(self) -> bool:
        """Whether it restricts anything; otherwise every post is found."""
        return self != Asked()

    @property
    def query(self) -> str:
        """The search as the query of an address, which `asked` reads; "" if it restricts nothing."""
        said = {"words": self.words, "author": self.author, "kind": self.kind, "state": self.state}
        return urlencode({name: value for name, value in said.items() if value})


class Found(Struct, frozen=True, kw_only=True):
    """Posts, newest first. `before`: the start of the next older ones, which `order_of` reads; "" if there are none."""

    posts: Sequence[PostState]
    before: str


def asked(query: Mapping[str, str]) -> Asked:
    """Read a search from the query of an address; invalid values are ignored."""
    kinds, states = {str(kind) for kind in PostKind}, {str(state) for state in PostStatus}
    kind, state = query.get("kind", ""), query.get("state", "")
    return Asked(
        words=query.get("words", "")[:QUERY_CHARS],
        author=query.get("author", "")[:QUERY_CHARS],
        kind=PostKind(kind) if kind in kinds else None,
        state=PostStatus(state) if state in states else None,
    )


def find(grant: Grant, wanted: Asked, *, before: Order | None = None, newest: int = PAGE) -> Found:
    """Return the posts of a live blog that match, at most `newest` of them, older than `before`.

    Only people who may publish find withdrawn posts, because a contributor must not pass their words on.
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
    """Parse `Found.before`; None if it is empty or invalid."""
    found = re.fullmatch(r"(\d{1,17})-(\d{1,17})", written, re.ASCII)
    return (int(found[1]), int(found[2])) if found else None


def _groups(typed: str) -> list[tuple[str, ...]]:
    return [group for word in typed_words(typed) if (group := forms(word))]
