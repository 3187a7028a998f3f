"""A post's history for the desk, step by step, with withdrawn words, reasons, and who did it.

Readers have another history, without withdrawn words: `render.history`. Both compare versions by `render.changes`. Look
next: `views.post_history` for the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from asithappened.core import events as e
from asithappened.core.state import PostState
from asithappened.desk.models import Act
from asithappened.log import read
from asithappened.render.changes import Changed, Version, changed, version_of

SHOWN: Final = 100  # steps: to compare two versions takes some milliseconds for a long post


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a post's history.

    `kind`: the fact's. `at`: None if an import did not say. `who`: "" if the audit has no line. `words`: it carries the
    post's words, or did before they were erased. `lines`: the changes in them. `current`: these are the present words.
    """

    seq: int
    kind: str
    at: datetime | None
    who: str = ""
    reason: str = ""
    minor: bool = False
    words: bool = False
    erased: bool = False
    current: bool = False
    same_words: bool = False
    becomes: e.PostKind | None = None
    lines: Sequence[Changed] = ()


def steps(blog: int, post: PostState) -> list[Step]:
    """Return the steps of a post's history, newest first, at most SHOWN."""
    facts = list(read.facts(blog, subject=e.post(post.id)))
    shown = {fact.seq for fact in facts[-SHOWN:]}
    done_by = _who(blog, post.id, facts)
    found: list[Step] = []
    before: Version | None = None
    for fact in facts:
        now = version_of(fact.event) if fact.carries_words else before
        if fact.seq in shown:
            found.append(_step(fact, before, now, post, done_by.get(fact.seq, "")))
        before = now
    return found[::-1]


def _step(fact: e.Fact, before: Version | None, now: Version | None, post: PostState, who: str) -> Step:
    event, words = fact.event, fact.carries_words
    compared = words and now is not None
    return Step(
        seq=fact.seq,
        kind=fact.kind,
        at=_when(fact),
        who=who,
        reason=getattr(event, "reason", ""),
        minor=isinstance(event, e.PostRevised) and event.minor,
        words=words,
        erased=words and event is None,
        current=fact.seq == post.content_seq and not post.erased,
        same_words=compared and before is not None and now is not None and before.lines == now.lines,
        becomes=event.kind if isinstance(event, e.PostKindSet) else None,
        # After an erased version there is nothing to compare with, so the words are shown without changes.
        lines=changed(before or now, now) if compared and now is not None else (),
    )


def _when(fact: e.Fact) -> datetime | None:
    if fact.origin is not e.Origin.IMPORT:
        return fact.at
    if isinstance(fact.event, e.PostPublished):
        return fact.event.published_at
    return fact.event.updated_at if isinstance(fact.event, e.PostRevised) else None


def _who(blog: int, post: str, facts: Sequence[e.Fact]) -> dict[int, str]:
    """Return who published each fact, by seq. One line of the audit covers all facts of an append."""
    acts = Act.objects.filter(blog_id=blog, about=post, first__isnull=False).select_related("user")
    seqs = {fact.seq for fact in facts}
    return {
        seq: str(act.user or act.system)
        for act in acts
        for seq in range(act.first or 0, (act.last or 0) + 1)
        if seq in seqs
    }
