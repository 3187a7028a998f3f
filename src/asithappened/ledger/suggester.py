"""The protocol of a suggester, ours or a plug-in's: a pure function of a post and its live blog.

Owns only that. Look next: `reading`, which asks them all; `gate`, which every answer passes.
"""

from collections.abc import Iterable
from typing import Protocol

from asithappened.ledger.suggestions import AnySuggestion
from asithappened.ledger.views import BlogView, PostView


class Suggester(Protocol):
    """Reads a post in its live blog.

    `name`: unique, lower case. `version`: changes when its answers do. `kinds`: the kinds that it may suggest.
    """

    name: str
    version: str
    kinds: frozenset[str]

    def suggest(self, post: PostView, blog: BlogView) -> Iterable[AnySuggestion]:
        """Yield what the post's words suggest. Asks nobody, stores nothing, takes time linear in their number."""
        ...
