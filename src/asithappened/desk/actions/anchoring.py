"""Where a row rests that is made by hand: words of a post as somebody copied them, or all of it.

Owns finding those words, so that what a row quotes does stand in the post. Look next: `resting`.
"""

from asithappened.core import events as e
from asithappened.core.refusal import Refusal
from asithappened.desk.actions.carry_out import Refused
from asithappened.ledger import anchors, views
from asithappened.log import read


def anchor(blog: int, post: str, words: str) -> e.Anchor:
    """Return where words stand in a post as it is now; "" is all of it. Raises Refused."""
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
    """Return where words begin, as they are or in other letters; -1 if nowhere."""
    if (exact := text.find(words)) >= 0:
        return exact
    folded = text.casefold()
    return folded.find(words.casefold()) if len(folded) == len(text) else -1
