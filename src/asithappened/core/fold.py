"""What each event does to a live blog.

Owns the two steps, `apply_blog` and `apply_post`, which press uses to keep the current-state rows, and `fold`, which
runs both over a log to rebuild them. Pure: no clock, no I/O. A fact of an unknown kind changes nothing but the count;
one whose payload was erased does what its envelope alone says.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import UnsetType
from msgspec.structs import replace

from asithappened.core import events as e
from asithappened.core.state import (
    BlogState,
    Contributor,
    GivenReason,
    PostState,
    Predecessor,
    State,
    Status,
    Successor,
)


def fold(facts: Iterable[e.Fact], state: State | None = None) -> State:
    """Return the state after some facts, in order, on top of an earlier state."""
    state = state or State()
    seq, blog, posts = state.seq, state.blog, dict(state.posts)
    for fact in facts:
        before = posts.get(fact.post)
        after = apply_post(before, fact)
        if after is not None:
            posts[fact.post] = after
        blog = apply_blog(blog, fact, before, after)
        seq = fact.seq
    return State(seq=seq, blog=blog, posts=posts)


def apply_blog(
    blog: BlogState | None, fact: e.Fact, before: PostState | None, after: PostState | None
) -> BlogState | None:
    """Return the blog after a fact; `before` and `after` are the fact's post around it."""
    if blog is None:
        return _opened(fact) if isinstance(fact.event, e.BlogOpened) else None
    blog = replace(blog, seq=fact.seq)
    was, is_ = before is not None and before.visible, after is not None and after.visible
    if was != is_:
        blog = replace(blog, posts=blog.posts + (1 if is_ else -1))
    if _key(before) != _key(after):
        blog = replace(blog, key_events=blog.key_events + (1 if _key(after) else -1))
    if was and not is_ and blog.pinned == fact.post:
        blog = replace(blog, pinned=None)
    if fact.origin is e.Origin.IMPORT:
        return _changed(blog, fact)
    # An import is not news: only what happens here moves "last updated". A clock time of the original's is then past.
    return _changed(replace(blog, updated_at=fact.at, updated_text=""), fact)


def _key(post: PostState | None) -> bool:
    return post is not None and post.visible and post.kind is e.PostKind.KEY_EVENT


def _opened(fact: e.Fact) -> BlogState:
    event = fact.event
    assert isinstance(event, e.BlogOpened)
    imported = fact.origin is e.Origin.IMPORT
    return BlogState(
        slug=event.slug,
        title=event.title,
        seq=fact.seq,
        standfirst=event.standfirst,
        language=event.language,
        zone=event.zone,
        audience=event.audience,
        tags=event.tags,
        opened_at=None if imported else fact.at,
        updated_at=None if imported else fact.at,
        replay=fact.origin is e.Origin.REPLAY,
        replay_of=event.replay_of,
    )


def _changed(blog: BlogState, fact: e.Fact) -> BlogState:
    match fact.event:
        case e.BlogDescribed(title=title, standfirst=standfirst, language=language, zone=zone, tags=tags):
            return replace(blog, title=title, standfirst=standfirst, language=language, zone=zone, tags=tags)
        case e.BlogRenamed(slug=slug):
            former = tuple(s for s in (*blog.former_slugs, blog.slug) if s != slug)
            return replace(blog, slug=slug, former_slugs=former)
        case e.BlogDated(opened_at=opened, modified_at=modified, modified_text=words):
            return replace(blog, opened_at=opened, updated_at=modified, updated_text=words)
        case e.AudienceSet(audience=audience):
            return replace(blog, audience=audience)
        case e.BlogClosed():
            closed_at = None if fact.origin is e.Origin.IMPORT else fact.at
            return replace(blog, status=Status.CLOSED, closed_at=closed_at)
        case e.BlogReopened():
            return replace(blog, status=Status.LIVE, closed_at=None)
        case e.BlogTakenDown():
            return replace(blog, status=Status.GONE)
        case e.BlogContinued(slug=slug, title=title):
            return replace(blog, successor=Successor(slug=slug, title=title))
        case e.BlogContinuationEnded():
            return replace(blog, successor=None)
        case e.BlogPreceded(slug=slug, title=title):
            return replace(blog, predecessor=Predecessor(slug=slug, title=title) if slug else None)
        case e.RelatedSet(items=items):
            return replace(blog, related=items)
        case e.ContributorJoined(name=name):
            others = tuple(c for c in blog.contributors if c.name != name)
            return replace(blog, contributors=(*others, Contributor(name=name, on=True)))
        case e.ContributorLeft(name=name):
            changed = (replace(c, on=False) if c.name == name else c for c in blog.contributors)
            return replace(blog, contributors=tuple(changed))
        case e.PostPinned(post=post):
            return replace(blog, pinned=post)
        case e.PostUnpinned():
            return replace(blog, pinned=None)
        case _:
            return blog


def apply_post(post: PostState | None, fact: e.Fact) -> PostState | None:
    """Return the fact's post after it; None if the fact is about no post."""
    match fact.event:
        case e.PostPublished() as event:
            return PostState(
                id=event.post,
                position=fact.position or 0,
                first_seq=post.first_seq if post else fact.seq,
                content_seq=fact.seq,
                last_seq=fact.seq,
                title=event.title,
                body=event.body,
                kind=event.kind,
                bylines=event.bylines,
                published_at=event.published_at,
                revision=post.revision + 1 if post else 1,
                updated=event.updated or event.updated_at is not None,
                updated_at=event.updated_at,
                reasons=_reasons(post, fact, event.reason, event.updated_at),
                reason=event.reason,
            )
        case e.PostRevised() as event if post:
            marked = not event.minor
            own_time = None if fact.origin is e.Origin.IMPORT else fact.at
            return replace(
                post,
                position=fact.position or 0,
                content_seq=fact.seq,
                last_seq=fact.seq,
                title=event.title,
                body=event.body,
                kind=event.kind,
                bylines=event.bylines,
                published_at=event.published_at,
                revision=post.revision + 1,
                updated=post.updated or marked,
                updated_at=(event.updated_at or own_time) if marked else post.updated_at,
                reasons=_reasons(post, fact, event.reason, event.updated_at),
                reason=event.reason if marked else post.reason,
            )
        case e.PostKindSet(kind=kind) if post:
            return replace(post, last_seq=fact.seq, kind=kind)
        case e.PostWithdrawn(reason=reason) if post:
            return replace(post, last_seq=fact.seq, withdrawn=True, reason=reason)
        case e.PayloadErased(whole=True, reason=reason) if post:
            return PostState(
                id=post.id,
                position=post.position,
                first_seq=post.first_seq,
                content_seq=post.content_seq,
                last_seq=fact.seq,
                revision=post.revision,
                reason=reason,
                erased=True,
            )
        case e.PayloadErased(reason=reason) as event if post:
            # Whatever marks the erased revisions had left, this is the newest thing that happened to the post's words;
            # and a fold of what is left of the log cannot know those marks.
            left = replace(post, reasons=tuple(given for given in post.reasons if given.seq not in event.seqs))
            reasons = _reasons(left, fact, reason, None)
            return replace(left, last_seq=fact.seq, updated=True, updated_at=fact.at, reasons=reasons, reason=reason)
        case None if post and fact.kind == e.PostWithdrawn.KIND:  # its reason was erased with the whole post
            return replace(post, last_seq=fact.seq, withdrawn=True)
        case None if fact.post and fact.kind in _REVISIONS:
            # Erased since. Only the count is left; a later fact of this post carries the whole of it, or erases it.
            if post is None:
                return PostState(
                    id=fact.post,
                    position=fact.position or 0,
                    first_seq=fact.seq,
                    content_seq=fact.seq,
                    last_seq=fact.seq,
                )
            return replace(
                post,
                position=fact.position or 0,
                content_seq=fact.seq,
                last_seq=fact.seq,
                revision=post.revision + 1,
                withdrawn=False,
            )
        case _:
            return post


def _reasons(post: PostState | None, fact: e.Fact, text: str, at: datetime | None) -> tuple[GivenReason, ...]:
    """Return a post's reasons with one more, if one was given: what readers were told stays told."""
    before = post.reasons if post else ()
    if not text:
        return before
    own_time = None if fact.origin is e.Origin.IMPORT else fact.at
    return (*before, GivenReason(seq=fact.seq, text=text, at=at or own_time))


_REVISIONS: Final = (e.PostPublished.KIND, e.PostRevised.KIND)


def position_of(event: e.Event, at: datetime) -> int | None:
    """Return where an event's post stands, for the envelope; None if the event does not carry a post's words."""
    if not isinstance(event, e.PostWords):
        return None
    if isinstance(event.position, UnsetType):
        return microseconds(event.published_at or at)
    return event.position


def microseconds(at: datetime) -> int:
    """Return an instant as microseconds of Unix time, the scale of positions; 0 for one before 1970."""
    return max(0, (at - _UNIX) // timedelta(microseconds=1))


_UNIX: Final = datetime(1970, 1, 1, tzinfo=UTC)
