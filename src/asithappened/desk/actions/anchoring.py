"""Anchors of rows that are made by hand: words that somebody copied from a post, or the whole post.

Owns finding those words, so that a row quotes only words that are in the post. Look next: `resting`.
"""

from asithappened.core import events as e
from asithappened.core.refusal import Refusal
from asithappened.desk.actions.carry_out import Refused
from asithappened.ledger import anchors, views
from asithappened.log import read


def anchor(blog: int, post: str, words: str) -> e.Anchor:
    """Return the anchor of words in the present version of a post; "" means the whole post. Raises Refused."""
    found = read.post(blog, post)
    if found is None or not found.visible:
        raise Refused(Refusal("not_there", "This post is not there for readers. Nothing can rest on it."))
    view = views.of_post(found, number=1)
    if not words:
        return e.Anchor(post=post, revision=found.revision)
    start = _place(view.text, words)
    if start < 0:
        raise Refused(Refusal("no_words", "These words do not stand in the post."))
    return anchors.anchor(view, start, start + len(words))


def _place(text: str, words: str) -> int:
    """Return where words begin, exactly or in another case; -1 if they are not there."""
    if (exact := text.find(words)) >= 0:
        return exact
    folded = text.casefold()
    return folded.find(words.casefold()) if len(folded) == len(text) else -1
