"""Anchors: the words of a post that a row of the ledger rests on, found again after an edit.

Owns making and finding them. An anchor is found by its position if its words are still there, else by its words with
the words around them, else by its words alone if they occur once; an anchor that is not found is stale. Pure.
"""

from typing import Final

from asithappened.core.ledger_events import Anchor
from asithappened.core.limits import ANCHOR_CHARS, ANCHOR_CONTEXT
from asithappened.ledger.views import PostView

_CONTEXT: Final = 32  # characters on each side: enough to tell two "63 people" of a post apart


def anchor(post: PostView, start: int, end: int) -> Anchor:
    """Return the anchor of words in a post, cut to the length that an anchor may have."""
    end = min(end, start + ANCHOR_CHARS)
    text, around = post.text, min(_CONTEXT, ANCHOR_CONTEXT)
    block = next((part.block for part in post.parts if part.start <= start < part.end), "")
    return Anchor(
        post=post.id,
        revision=post.revision,
        block=block,
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - around) : start],
        suffix=text[end : end + around],
    )


def find(anchor: Anchor, post: PostView) -> tuple[int, int] | None:
    """Return the present place of an anchor's words in its post; None if it is stale."""
    text, exact = post.text, anchor.exact
    if not exact:
        return None
    if text[anchor.start : anchor.end] == exact and text[: anchor.start].endswith(anchor.prefix):
        return anchor.start, anchor.end
    for before, after in ((anchor.prefix, anchor.suffix), (anchor.prefix, ""), ("", anchor.suffix)):
        if before or after:
            at = text.find(before + exact + after)
            if at >= 0:
                return at + len(before), at + len(before) + len(exact)
    at = text.find(exact)
    if at >= 0 and text.find(exact, at + 1) < 0:
        return at, at + len(exact)
    return None
