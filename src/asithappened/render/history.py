"""The public history of a post: every revision, and what changed from one to the next, newest first.

Owns which revisions are shown. Never shows a word that was withdrawn: of a post that was taken back and published
again, the history starts at the last publication. An erased revision leaves its date and a note.
Look next: `changes` for the comparison itself.
"""

from collections.abc import Sequence
from typing import Any

from asithappened.core import events as e
from asithappened.core.state import BlogState, PostState
from asithappened.render.changes import Version, changed, version_of
from asithappened.render.edition import Edition, edition_of
from asithappened.render.engine import fill
from asithappened.render.times import Moment, moment

_KINDS = (e.PostPublished.KIND, e.PostRevised.KIND)


def history(blog: BlogState, post: PostState, revisions: Sequence[e.Fact]) -> bytes:
    """Return the revision history as HTML, newest first; nothing for a post of one revision or one that is not visible.

    `revisions`: the post's facts in order; kinds that are no revision are taken into account, or ignored.
    """
    shown = _since_last_publication(revisions)
    if len(shown) < 2 or not post.visible:
        return b""
    edition = edition_of(blog)
    with edition.speaking():
        entries, before = [], None
        for number, fact in enumerate(shown, start=1):
            now = version_of(fact.event)
            entries.append(_entry(number, fact, now, before, edition))
            before = now
        return fill("history.html", {"entries": entries[::-1], "count": len(entries), "path": edition.path}).encode()


def _since_last_publication(facts: Sequence[e.Fact]) -> list[e.Fact]:
    shown: list[e.Fact] = []
    for fact in facts:
        if fact.kind in (e.PostWithdrawn.KIND, e.PostPublished.KIND):
            shown = []
        if fact.kind in _KINDS:
            shown.append(fact)
    return shown


def _entry(number: int, fact: e.Fact, now: Version | None, before: Version | None, edition: Edition) -> dict[str, Any]:
    event = fact.event
    return {
        "number": number,
        "when": _when(fact, edition),
        "first": number == 1,
        "erased": now is None,
        "minor": isinstance(event, e.PostRevised) and event.minor,
        "reason": event.reason if isinstance(event, e.PostRevised) else "",
        # After an erased revision there is nothing to compare with: the words stand as they are.
        "lines": changed(before or now, now) if now else (),
        "compared": before is not None,
        "same_words": before is not None and now is not None and before.lines == now.lines,
    }


def _when(fact: e.Fact, edition: Edition) -> Moment | None:
    """Return when a revision was made: an import's own clock says nothing about that."""
    known = None
    if isinstance(fact.event, e.PostRevised):
        known = fact.event.updated_at
    elif isinstance(fact.event, e.PostPublished):
        known = fact.event.published_at
    return moment(known or (None if fact.origin is e.Origin.IMPORT else fact.at), edition)
