"""What a suggester is, ours or a plug-in's: a pure function of a post and its live blog.

Owns the protocol alone. Look next: `reading`, which asks them all; `gate`, which every answer passes.
"""

from collections.abc import Iterable
from typing import Protocol

from asithappened.ledger.suggestions import AnySuggestion
from asithappened.ledger.views import BlogView, PostView


class Suggester(Protocol):
    """Reads a post in its live blog.

    `name`: unique, lower case. `version`: rises when its answers change. `kinds`: which kinds it may answer.
    """

    name: str
    version: str
    kinds: frozenset[str]

    def suggest(self, post: PostView, blog: BlogView) -> Iterable[AnySuggestion]:
        """Yield what the post's words suggest. Asks nobody, keeps nothing, takes time linear in them."""
        ...
