"""What each event does to a live blog.

Owns the one loop over facts, `steps`: door, rebuild, replay and `fold` all use it. A fact changes the state of its
subject (`apply`) and the blog's own. Pure: no clock, no I/O. A fact of an unknown kind changes only the seq; a fact
whose payload was erased does what its envelope alone says.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, assert_never

from msgspec import Struct, UnsetType
from msgspec.structs import replace

from asithappened.core import events as e
from asithappened.core.ledger_fold import apply_row
from asithappened.core.standing import section_of
from asithappened.core.state import (
    BlogState,
    Contributor,
    GivenReason,
    LiveVideo,
    PostState,
    Predecessor,
    State,
    Status,
    SubjectState,
    Successor,
)


class Folding(Struct):
    """The state of a live blog while it is folded, changed in place by each fact. `subjects`: those of its facts."""

    blog: BlogState | None = None
    subjects: dict[e.Subject, SubjectState] = {}


class Step(Struct, frozen=True):
    """A fact and its effect: the blog and the fact's subject, before and after it."""

    fact: e.Fact
    was: BlogState | None
    now: BlogState | None
    before: SubjectState | None
    after: SubjectState | None


def steps(facts: Iterable[e.Fact], folding: Folding) -> Iterator[Step]:
    """Apply facts to `folding` one after the other, and yield the effect of each.

    The next fact is asked for only after the one before it was applied, so that a generator of facts may read
    `folding`.
    """
    for fact in facts:
        was, before = folding.blog, folding.subjects.get(fact.subject)
        after = apply(before, fact)
        folding.blog = apply_blog(was, fact, before, after)
        if after is not None:
            folding.subjects[fact.subject] = after
        yield Step(fact, was, folding.blog, before, after)


def fold(facts: Iterable[e.Fact], state: State | None = None) -> State:
    """Return the state after some facts, in order, on top of an earlier state."""
    state = state or State()
    seq, folding = state.seq, Folding(state.blog, dict(state.subjects))
    for step in steps(facts, folding):
        seq = step.fact.seq
    return State(seq=seq, blog=folding.blog, subjects=folding.subjects)


def apply_blog(
    blog: BlogState | None, fact: e.Fact, before: SubjectState | None, after: SubjectState | None
) -> BlogState | None:
    """Return the blog after a fact; `before` and `after` are the fact's subject around it."""
    if blog is None:
        return _opened(fact) if isinstance(fact.event, e.BlogOpened) else None
    rows = blog.rows
    if fact.subject.about in e.LEDGER:
        left, joined = _section(before), _section(after)
        rows = rows if left == joined else _counted(rows, left, joined)
    if _is_news(fact):  # it replaces the clock time that was printed
        blog = replace(blog, seq=fact.seq, rows=rows, updated_at=fact.at, updated_text="")
    else:
        blog = replace(blog, seq=fact.seq, rows=rows)
    if fact.subject.about in e.LEDGER:
        return blog
    was, is_ = _visible(before), _visible(after)
    if was != is_:
        blog = replace(blog, posts=blog.posts + (1 if is_ else -1))
    if _key_event(before) != _key_event(after):
        blog = replace(blog, key_events=blog.key_events + (1 if _key_event(after) else -1))
    if was and not is_:
        blog = replace(blog, pins=_without(blog.pins, fact.post))
    return _changed(blog, fact)


def _is_news(fact: e.Fact) -> bool:
    """Say whether a fact moves "last updated"; an import does not, nor the close of a coverage that ended earlier."""
    if fact.origin is e.Origin.IMPORT:
        return False
    match fact.event:
        case e.BlogClosed(ended_at=ended_at):
            return ended_at is None
        case e.EmbeddersSet() | e.ContributorDescribed() | e.LiveVideoSet():
            return False
        case _:
            return True


def _visible(post: SubjectState | None) -> bool:
    return isinstance(post, PostState) and post.visible


def _key_event(post: SubjectState | None) -> bool:
    return isinstance(post, PostState) and post.visible and post.kind is e.PostKind.KEY_EVENT


def _section(row: SubjectState | None) -> str:
    return "" if row is None or isinstance(row, PostState) else section_of(row)


def _counted(rows: dict[str, int], left: str, joined: str) -> dict[str, int]:
    """Return the rows in each section after one left a section and joined another, or ""."""
    count = dict(rows)
    for section, more in ((left, -1), (joined, 1)):
        if section:
            count[section] = count.get(section, 0) + more
    # Sorted, so that an erasure before does not change the bytes of the state.
    return {section: number for section, number in sorted(count.items()) if number}


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
        case e.LedgerEvent() | e.PayloadErased() | None:
            return blog
        case e.PostPinned():
            return replace(blog, pins=pins_after(blog.pins, fact.event))
        case e.PostUnpinned(post=post):
            return replace(blog, pins=_without(blog.pins, post))
        case e.BlogOpened() | e.PostEvent():
            return blog
        case e.BlogDescribed(title=title, standfirst=standfirst, language=language, zone=zone, tags=tags):
            return replace(blog, title=title, standfirst=standfirst, language=language, zone=zone, tags=tags)
        case e.BlogRenamed(slug=slug):
            former = tuple(s for s in (*blog.former_slugs, blog.slug) if s != slug)
            return replace(blog, slug=slug, former_slugs=former)
        case e.BlogDated(opened_at=opened, modified_at=modified, modified_text=words):
            return replace(blog, opened_at=opened, updated_at=modified, updated_text=words)
        case e.AudienceSet(audience=audience):
            return replace(blog, audience=audience)
        case e.BlogClosed(ended_at=ended):
            closed_at = ended or (None if fact.origin is e.Origin.IMPORT else fact.at)
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
        case e.EmbeddersSet(origins=origins):
            return replace(blog, embedders=origins)
        case e.ContributorJoined(name=name):
            others = tuple(c for c in blog.contributors if c.name != name)
            known = next((c for c in blog.contributors if c.name == name), Contributor(name=name, on=True))
            return replace(blog, contributors=(*others, replace(known, on=True)))
        case e.ContributorLeft(name=name):
            changed = (replace(c, on=False) if c.name == name else c for c in blog.contributors)
            return replace(blog, contributors=tuple(changed))
        case e.ContributorDescribed(name=name, role=role, url=url, picture=picture):
            told = (replace(c, role=role, url=url, picture=picture) if c.name == name else c for c in blog.contributors)
            return replace(blog, contributors=tuple(told))
        case e.ContributionsSet(open=open_):
            return replace(blog, contributions=open_)
        case e.AlertsSet(mode=mode):
            return replace(blog, alerts=mode)
        case e.LiveVideoSet(url=url):
            since = None if fact.origin is e.Origin.IMPORT else fact.at
            return replace(blog, live_video=LiveVideo(url=url, since=since) if url else None)
        case _:
            assert_never(fact.event)


def pins_after(pins: tuple[str, ...], event: e.PostPinned) -> tuple[str, ...]:
    """Return the pins after a post was pinned, the topmost first."""
    others = () if event.alone else _without(pins, event.post)
    return (*others[: event.place], event.post, *others[event.place :])


def _without(pins: tuple[str, ...], post: str) -> tuple[str, ...]:
    return tuple(pin for pin in pins if pin != post)


def apply(subject: SubjectState | None, fact: e.Fact) -> SubjectState | None:
    """Return the state of a fact's subject after it; None if there is no such subject, or it is the blog."""
    if fact.subject.about == e.POST:
        assert subject is None or isinstance(subject, PostState)
        return _apply_post(subject, fact)
    if fact.subject.about in e.LEDGER:
        assert not isinstance(subject, PostState)
        return apply_row(subject, fact)
    return subject


def _apply_post(post: PostState | None, fact: e.Fact) -> PostState | None:
    event = fact.event
    if event is None:
        return _without_payload(post, fact)
    if isinstance(event, e.PostPublished):
        return _published(post, fact, event)
    if post is None:
        return None
    match event:
        case e.PostRevised():
            return _revised(post, fact, event)
        case e.PostKindSet(kind=kind):
            return replace(post, last_seq=fact.seq, kind=kind)
        case e.PostWithdrawn(reason=reason, noted=noted):
            at = None if fact.origin is e.Origin.IMPORT else fact.at
            return replace(post, last_seq=fact.seq, withdrawn=True, withdrawn_at=at, noted=noted, reason=reason)
        case e.PayloadErased():
            return _erased(post, fact, event)
        case e.PostPinned() | e.PostUnpinned() | e.BlogEvent() | e.LedgerEvent():
            return post
        case _:
            assert_never(event)


def _published(post: PostState | None, fact: e.Fact, event: e.PostPublished) -> PostState:
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
        signed=event.signed,
        published_at=event.published_at,
        graphic=event.graphic,
        revision=post.revision + 1 if post else 1,
        updated=event.updated or event.updated_at is not None,
        updated_at=event.updated_at,
        reasons=_reasons(post, fact, event.reason, event.updated_at),
        reason=event.reason,
    )


def _revised(post: PostState, fact: e.Fact, event: e.PostRevised) -> PostState:
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
        signed=event.signed,
        published_at=event.published_at,
        graphic=event.graphic,
        revision=post.revision + 1,
        updated=post.updated or marked,
        updated_at=(event.updated_at or own_time) if marked else post.updated_at,
        reasons=_reasons(post, fact, event.reason, event.updated_at),
        reason=event.reason if marked else post.reason,
    )


def _erased(post: PostState, fact: e.Fact, event: e.PayloadErased) -> PostState:
    if event.whole:
        return PostState(
            id=post.id,
            position=post.position,
            first_seq=post.first_seq,
            content_seq=post.content_seq,
            last_seq=fact.seq,
            revision=post.revision,
            reason=event.reason,
            erased=True,
        )
    # The erasure is the newest change of the post's words. The "Updated" marks of the erased revisions cannot be kept:
    # a fold of what is left of the log does not know them.
    left = replace(post, reasons=tuple(given for given in post.reasons if given.seq not in event.seqs))
    reasons = _reasons(left, fact, event.reason, None)
    return replace(left, last_seq=fact.seq, updated=True, updated_at=fact.at, reasons=reasons, reason=event.reason)


def _without_payload(post: PostState | None, fact: e.Fact) -> PostState | None:
    """Return a post after a fact whose payload was erased: a later fact carries the whole post, or erases it."""
    if not fact.carries_words:
        if post is None or fact.kind != e.PostWithdrawn.KIND:  # a withdrawal lost its reason only: it still withdraws
            return post
        return replace(post, last_seq=fact.seq, withdrawn=True)
    position = fact.position or 0
    if post is None:
        seq = fact.seq
        return PostState(id=fact.post, position=position, first_seq=seq, content_seq=seq, last_seq=seq)
    return replace(
        post,
        position=position,
        content_seq=fact.seq,
        last_seq=fact.seq,
        revision=post.revision + 1,
        withdrawn=False,
        withdrawn_at=None,
        noted=False,
    )


def _reasons(post: PostState | None, fact: e.Fact, text: str, at: datetime | None) -> tuple[GivenReason, ...]:
    """Return a post's reasons with one more, if one was given: earlier reasons stay, since readers have seen them."""
    before = post.reasons if post else ()
    if not text:
        return before
    own_time = None if fact.origin is e.Origin.IMPORT else fact.at
    return (*before, GivenReason(seq=fact.seq, text=text, at=at or own_time))


def in_envelope(event: e.Event, *, epoch: str, seq: int, at: datetime, origin: e.Origin) -> e.Fact:
    """Return an event as a fact, in its envelope."""
    return e.Fact(
        epoch=epoch,
        seq=seq,
        at=at,
        origin=origin,
        kind=event.KIND,
        version=event.VERSION,
        subject=event.subject,
        position=position_of(event, at),
        event=event,
    )


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
