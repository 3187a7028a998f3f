"""The verbs of a post.

A post's words are passed as a Draft. A new post's id is made from its form's key, so that a form sent twice names the
same post twice. Look next: `carry_out`.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec.structs import replace

from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.rules import Refusal
from asithappened.core.state import BlogState, PostState
from asithappened.desk.actions import accepting, copies, promises, resting
from asithappened.desk.actions.actor import Actor
from asithappened.desk.actions.carry_out import Moved, Receipt, Refused, carry_out, unmoved
from asithappened.desk.draft import Draft, digest, draft_of
from asithappened.desk.drafts import keeping
from asithappened.desk.models import Act
from asithappened.ledger.accepted import AnyAccepted
from asithappened.log import read

__all__ = [
    "Moved",
    "SaidBefore",
    "move_pin",
    "pin_post",
    "post_id",
    "publish_post",
    "restore_post",
    "revise_post",
    "said_before",
    "set_kind",
    "unpin_post",
    "withdraw_post",
]


class SaidBefore(Exception):
    """The same person published these exact words before, as `post`. Nothing was written."""

    def __init__(self, post: PostState) -> None:
        super().__init__(post.id)
        self.post = post


def post_id(blog: int, once: str) -> str:
    """Return the id of the post that a form with this key makes: short enough for an address, and always the same."""
    return hashlib.blake2s(f"{blog}\0{once}".encode(), digest_size=6).hexdigest()


def publish_post(
    blog: int,
    *,
    by: Actor,
    draft: Draft,
    once: str,
    origin: e.Origin = e.Origin.LIVE,
    pin: bool = False,
    again: str | None = None,
    at: datetime | None = None,
    rows: Sequence[AnyAccepted] = (),
    alongside: Callable[[Receipt], None] | None = None,
) -> PostState:
    """Publish a post now, and return it. The same key with the same words again changes nothing.

    `pin`: also pin it, in the same append. `again`: the earlier post with the same words, if they are repeated on
    purpose, "" for none; SaidBefore is raised for any other post of this person with these words. None: do not check.
    `at`: an earlier time that the post carries and is sorted by. `rows`: of the ledger, recorded in the
    same append as far as they may be.
    """
    if at is not None:
        _may_say(read.blog(blog), at)
    id_ = post_id(blog, once)
    words = digest(draft)
    doc = body.with_ids(draft.body, seed=id_)
    draft = replace(draft, body=doc)
    events: list[e.Event] = [
        e.PostPublished(
            post=id_,
            title=draft.title,
            body=doc,
            kind=draft.kind,
            bylines=draft.bylines,
            published_at=at or datetime.now(UTC),
            graphic=draft.graphic,
        )
    ]
    if pin:
        events.append(e.PostPinned(post=id_))
    promised = None
    if isinstance(by, User) and origin is e.Origin.LIVE:
        promised = promises.with_a_post(draft, by=by, post=id_)

    def checked(receipt: Receipt) -> None:
        """Under the blog's lock, so that of two at the same moment the later is noticed."""
        if again is not None and isinstance(by, User):
            said_before(receipt.blog, by=by, post=id_, words=words, again=again)
        accepting.remember(receipt.blog, by=by, rows=rows)

    def act(events: Sequence[e.Event]) -> Receipt:
        return carry_out(
            blog,
            events,
            by=by,
            to=Verb.PUBLISH,
            name="publish_post",
            about=id_,
            words=words,
            once=f"post-{id_}",
            origin=origin,
            alongside=_together(checked, promised, alongside),
        )

    try:
        accepting.with_rows(act, events, accepting.of_post(rows, id_, draft, doc=doc, revision=1, by=by))
    except Refused as refused:
        if refused.refusal.code not in {"once_reused", "already_published"}:
            raise
        published = _repeated(blog, id_, draft, refused)
    else:
        published = _post(blog, id_)
    if isinstance(by, User):
        keeping.sent(blog, by.pk, once)
    return published


_BEFORE: Final = timedelta(days=1)  # before its opening: what led to it is told too, and another year is a slip


def _may_say(blog: BlogState, at: datetime) -> None:
    """Refuse an earlier time that a post of this live blog cannot have."""
    if at > datetime.now(UTC):
        raise Refused(Refusal("future", "That time is still to come: schedule the post for it."))
    if blog.opened_at is not None and at < blog.opened_at - _BEFORE:
        raise Refused(Refusal("too_early", "That is more than a day before this live blog was opened."))


def _together(*each: Callable[[Receipt], None] | None) -> Callable[[Receipt], None]:
    def alongside(receipt: Receipt) -> None:
        for one in each:
            if one is not None:
                one(receipt)

    return alongside


def said_before(blog: int, *, by: User, post: str, words: str, again: str) -> None:
    """Raise SaidBefore if this person published these words as a post other than `post` and `again`."""
    same = Act.objects.filter(blog_id=blog, user=by, verb="publish_post", words=words)
    before = same.exclude(about=post).order_by("-pk").values_list("about", flat=True).first()
    if before is not None and before != again:
        raise SaidBefore(_post(blog, before))


def _repeated(blog: int, id_: str, draft: Draft, refused: Refused) -> PostState:
    post = read.post(blog, id_)
    if post is not None and post.visible and draft_of(post) == draft:
        return post
    why = Refusal("sent_before", "This form was sent before, and its post is published. To change that post, edit it.")
    raise Refused(why, refused.event) from refused


def _post(blog: int, id_: str) -> PostState:
    post = read.post(blog, id_)
    if post is None:
        raise Refused(Refusal("no_post", "There is no such post in this live blog."))
    return post


def revise_post(
    blog: int,
    *,
    by: Actor,
    post: str,
    draft: Draft,
    based_on: int,
    minor: bool = False,
    reason: str = "",
    rows: Sequence[AnyAccepted] = (),
) -> PostState:
    """Give a post new words, and return its new state.

    `based_on`: the last_seq of the post that was edited. Raises Moved if somebody changed it since, unless into these
    exact words (a form sent twice). `rows`: as in publish_post; if the words are unchanged, only the rows are recorded.
    """
    now = _post(blog, post)
    new = _kept_ids(draft, now)
    if rows and isinstance(by, User) and draft_of(now) == new:
        accepting.record_rows(blog, by=by, post=now, rows=rows)
        return now
    if now.last_seq != based_on:
        if draft_of(now) == new:
            return now
        raise Moved
    revised = e.PostRevised(
        post=post,
        title=new.title,
        body=new.body,
        kind=new.kind,
        bylines=new.bylines,
        published_at=now.published_at,
        position=now.position,
        graphic=new.graphic,
        minor=minor,
        reason=reason,
    )
    unchanged = unmoved(blog, _CHANGES, since=based_on, post=post)

    def act(events: Sequence[e.Event]) -> Receipt:
        return carry_out(
            blog,
            events,
            by=by,
            to=Verb.PUBLISH,
            name="revise_post",
            about=post,
            alongside=_together(unchanged, lambda receipt: accepting.remember(receipt.blog, by=by, rows=rows)),
        )

    with_it = accepting.of_post(rows, post, new, doc=new.body, revision=now.revision + 1, by=by)
    accepting.with_rows(act, [revised], with_it)
    if isinstance(by, User):
        keeping.sent_edit(blog, by.pk, post, new)
    return _post(blog, post)


_CHANGES = (e.PostPublished, e.PostRevised, e.PostKindSet, e.PostWithdrawn, e.PayloadErased)


def _kept_ids(draft: Draft, post: PostState) -> Draft:
    """Return a draft whose blocks have the ids of the same blocks in the post from which it was made."""
    return replace(draft, body=body.with_ids(draft.body, seed=post.id, old=post.body))


def withdraw_post(blog: int, *, by: Actor, post: str, reason: str = "", noted: bool = False) -> Receipt:
    """Withdraw a post, with the rows of the ledger that rest on it: no byte served from now on holds its words.

    `noted`: a note takes its place that says when and why it was withdrawn.
    """
    withdrawn = resting.carry_out_with_rows(
        blog,
        e.PostWithdrawn(post=post, reason=reason, noted=noted),
        plan=lambda: resting.taken_back(blog, post),
        by=by,
        to=Verb.PUBLISH,
        name="withdraw_post",
        about=post,
        alongside=lambda receipt: promises.void(receipt.blog, post),
    )
    copies.follow(blog)
    return withdrawn


def restore_post(
    blog: int,
    *,
    by: Actor,
    post: str,
    draft: Draft | None = None,
    based_on: int | None = None,
    minor: bool = False,
    reason: str = "",
    rows: Sequence[AnyAccepted] = (),
    alongside: Callable[[Receipt], None] | None = None,
) -> PostState:
    """Publish a withdrawn post again in its place, unchanged or with the words of a draft, and return it.

    Readers get the new words with the publication and not before. `based_on`, Moved: as in revise_post. `minor`: it
    gets no new "Updated" mark. `reason`: what changed and why, for readers. `rows`: as in publish_post.
    """
    was = _post(blog, post)
    new = draft_of(was) if draft is None else _kept_ids(draft, was)
    if was.visible:
        if draft is not None and draft_of(was) == new:
            return was  # a form sent twice
        raise Refused(Refusal("already_published", "This post is published already."))
    marked = new != draft_of(was) and not minor
    published = e.PostPublished(
        post=post,
        title=new.title,
        body=new.body,
        kind=new.kind,
        bylines=new.bylines,
        published_at=was.published_at,
        position=was.position,
        graphic=new.graphic,
        updated=was.updated or marked,
        updated_at=datetime.now(UTC) if marked else was.updated_at,
        reason=reason,
    )
    check = None if based_on is None else unmoved(blog, _CHANGES, since=based_on, post=post)

    def act(events: Sequence[e.Event]) -> Receipt:
        return carry_out(
            blog,
            events,
            by=by,
            to=Verb.PUBLISH,
            name="restore_post",
            about=post,
            alongside=_together(check, lambda receipt: accepting.remember(receipt.blog, by=by, rows=rows), alongside),
        )

    accepting.with_rows(
        act, [published], accepting.of_post(rows, post, new, doc=new.body, revision=was.revision + 1, by=by)
    )
    if draft is not None and isinstance(by, User):
        keeping.sent_edit(blog, by.pk, post, new)
    return _post(blog, post)


def pin_post(blog: int, *, by: Actor, post: str) -> Receipt:
    """Pin a post above all others, including those that are pinned already."""
    return _do(blog, e.PostPinned(post=post), by=by, name="pin_post")


def move_pin(blog: int, *, by: Actor, post: str, places: int) -> Receipt:
    """Move a pinned post down by that many places among the pinned ones; up, if negative."""
    pins = read.blog(blog).pins
    if post not in pins:
        raise Refused(Refusal("unchanged", "This post is not pinned."))
    place = min(max(0, pins.index(post) + places), len(pins) - 1)
    return _do(blog, e.PostPinned(post=post, place=place), by=by, name="move_pin")


def unpin_post(blog: int, *, by: Actor, post: str) -> Receipt:
    """Unpin a post; it goes back to its place."""
    return _do(blog, e.PostUnpinned(post=post), by=by, name="unpin_post")


def set_kind(blog: int, *, by: Actor, post: str, kind: e.PostKind) -> Receipt:
    """Make a post a key event, a summary or a plain update."""
    return _do(blog, e.PostKindSet(post=post, kind=kind), by=by, name="set_kind")


def _do(
    blog: int, change: e.PostChange, *, by: Actor, name: str, alongside: Callable[[Receipt], None] | None = None
) -> Receipt:
    return carry_out(blog, [change], by=by, to=Verb.PUBLISH, name=name, about=change.post, alongside=alongside)
