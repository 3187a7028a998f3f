"""The public history of a post: every revision with its changes, and every withdrawal, newest first.

Never shows withdrawn words: if a post was withdrawn and published again, everything before the last publication is
dates and reasons only. An erased revision is its date and a note.
Look next: `changes` for the comparison itself.
"""

from collections.abc import Sequence
from typing import Any, assert_never

from asithappened.core import events as e
from asithappened.core.state import PostState
from asithappened.render.changes import Version, changed, version_of
from asithappened.render.edition import Edition
from asithappened.render.engine import fill
from asithappened.render.times import Moment, moment


def history(edition: Edition, post: PostState, facts: Sequence[e.Fact]) -> bytes:
    """Return the history as HTML, newest first; b"" for a post with one revision, or one that is not visible.

    `facts`: the post's, in order; only publications, edits and withdrawals are shown.
    """
    shown = [fact for fact in facts if _is_shown(fact)]
    why = {
        seq: fact.event.reason for fact in facts if isinstance(fact.event, e.PayloadErased) for seq in fact.event.seqs
    }
    if len(shown) < 2 or not post.visible:
        return b""
    public_from = max((fact.seq for fact in shown if fact.kind == e.PostPublished.KIND), default=0)
    with edition.speaking():
        entries: list[dict[str, Any]] = []
        before = None
        for fact in shown:
            now = version_of(fact.event) if fact.seq >= public_from else None
            entry = _entry(fact, now, before, edition, first=not entries, taken_back=fact.seq < public_from)
            entries.append(entry | {"erased_why": why.get(fact.seq, "")})
            before = now
        count = sum(entry["version"] for entry in entries)
        return fill("history.html", edition, {"entries": entries[::-1], "count": count}).encode()


def _is_shown(fact: e.Fact) -> bool:
    match fact.event:
        case e.PostPublished() | e.PostRevised() | e.PostWithdrawn():
            return True
        case e.PostKindSet() | e.SilentPostEvent() | e.PayloadErased() | e.BlogEvent() | e.LedgerEvent():
            return False
        case None:  # erased, or of an unknown kind
            return fact.carries_words or fact.kind == e.PostWithdrawn.KIND
        case _:
            assert_never(fact.event)


def _entry(
    fact: e.Fact, now: Version | None, before: Version | None, edition: Edition, *, first: bool, taken_back: bool
) -> dict[str, Any]:
    event = fact.event
    return {
        "what": "first" if first else _what(fact),
        "version": fact.carries_words,
        "when": _when(fact, edition, first=first),
        "erased": fact.carries_words and event is None,
        "taken_back": taken_back,
        "reason": event.reason if isinstance(event, e.PostPublished | e.PostRevised | e.PostWithdrawn) else "",
        # After an erased revision there is nothing to compare with, and the words are unmarked.
        "lines": changed(before or now, now) if now else (),
        "same_words": before is not None and now is not None and before.lines == now.lines,
    }


def _what(fact: e.Fact) -> str:
    if fact.kind == e.PostWithdrawn.KIND:
        return "withdrawn"
    if fact.kind == e.PostPublished.KIND:
        return "again"
    return "minor" if isinstance(fact.event, e.PostRevised) and fact.event.minor else "edited"


def _when(fact: e.Fact, edition: Edition, *, first: bool) -> Moment | None:
    """Return when it happened; the time of an import is not that."""
    known = None
    if isinstance(fact.event, e.PostRevised):
        known = fact.event.updated_at
    elif isinstance(fact.event, e.PostPublished):
        known = fact.event.published_at if first else fact.event.updated_at
    return moment(known or (None if fact.origin is e.Origin.IMPORT else fact.at), edition)
