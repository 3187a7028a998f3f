"""Keeping replays in line with their originals: what the original takes back, its replays take back.

Owns finding a blog's replays and bringing them in line: taken down with it, posts withdrawn with it, words erased that
the original's log no longer holds. Called after each such act, by a running replay, and when a server starts, so that a
process killed in between leaves nothing behind.
"""

import hashlib
from collections import defaultdict
from typing import Final

from asithappened.core import events as e
from asithappened.core.body import Doc
from asithappened.core.state import BlogState, PostState, Status
from asithappened.desk.actions.actor import System
from asithappened.desk.actions.carry_out import carry_out
from asithappened.desk.models import Act, Submission
from asithappened.log import read

_BY: Final = System(name="replay")
_Words = tuple[str, Doc]


def key_of(source: int, into: str) -> str:
    """Return the once-key of a replay's opening."""
    return "replay-" + hashlib.blake2s(f"{source}\0{into}".encode(), digest_size=16).hexdigest()


def source_of(copy: int, state: BlogState) -> int | None:
    """Return the original of a replay, if it is known and in this installation."""
    if state.replay_of is not None:
        return read.blog_id(state.replay_of.slug)
    if not state.replay:
        return None
    # Early replays do not name their original; the once-key of their opening tells it.
    opening = next(read.facts(copy, upto=1)).event
    assert isinstance(opening, e.BlogOpened)
    keys = {key_of(blog, opening.slug): blog for blog in read.every_blog()}
    return next((keys[key] for key in read.opened_with(copy) if key in keys), None)


def follow(source: int) -> None:
    """Bring every replay of a blog in line with it."""
    for copy, state in read.blogs():
        if state.replay and source_of(copy, state) == source:
            bring_in_line(copy, source)


def bring_in_line(copy: int, source: int) -> None:
    """Withdraw and erase in a replay everything that its original withdrew or erased."""
    if read.blog(copy).status is Status.GONE:
        return
    if read.blog(source).status is Status.GONE:
        carry_out(copy, [e.BlogTakenDown()], by=_BY, to=None, name="take_down_blog")
        return
    originals, mine = read.posts_by_id(source), read.posts_by_id(copy)
    taken = {id_: was for id_, was in originals.items() if id_ in mine and not was.visible}
    erased = {fact.post for fact in read.facts(source) if fact.kind == e.PayloadErased.KIND and fact.post in mine}
    for id_ in erased:
        _erase(copy, mine[id_], _words_left(source, id_))
    for id_, was in taken.items():
        post = read.post(copy, id_)
        if post is not None and post.visible:
            withdrawn = e.PostWithdrawn(post=id_, reason=was.reason, noted=was.noted)
            carry_out(copy, [withdrawn], by=_BY, to=None, name="withdraw_post", about=id_)


def _words_left(source: int, post: str) -> list[_Words]:
    events = (fact.event for fact in read.revisions(source, post))
    return [(event.title, event.body) for event in events if isinstance(event, e.PostWords)]


def _erase(copy: int, post: PostState, left: list[_Words]) -> None:
    """Erase the words of a replay's post that its original no longer holds: all of them, or single revisions."""
    held: defaultdict[bool, list[int]] = defaultdict(list)
    for fact in read.revisions(copy, post.id):
        if isinstance(fact.event, e.PostWords):
            held[(fact.event.title, fact.event.body) in left].append(fact.seq)
    doomed = held[False]
    if not doomed or post.erased:
        return
    whole = post.content_seq in doomed
    seqs = sorted(doomed + held[True]) if whole else doomed
    erasure = e.PayloadErased(of=e.post(post.id), seqs=tuple(seqs), whole=whole)

    def forget(_: object) -> None:
        Submission.objects.filter(blog_id=copy, post=post.id).delete()
        Act.objects.filter(blog_id=copy, about=post.id).update(words="")

    carry_out(copy, [erasure], by=_BY, to=None, name="erase_post", about=post.id, alongside=forget)
