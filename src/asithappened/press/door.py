"""`publish`, through which goes everything that a reader may ever see.

Owns the order of its steps: check, read the state, ask the rules, render, and only then, under the blog's lock and if
the head is still the one that was rendered for, append facts with their finished bytes in one short transaction;
otherwise redo. Only desk.actions and importers.run call it; they know who asked, and note that (`alongside`).
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from msgspec import Struct, UnsetType
from msgspec.structs import replace

from asithappened.core import chain, codec, fold, limits, rules, signing
from asithappened.core import events as e
from asithappened.core.rules import Refusal
from asithappened.core.state import BlogState
from asithappened.log import append as log
from asithappened.log import read
from asithappened.log.models import Blog
from asithappened.press.epochs import new_epoch
from asithappened.press.finish import Append, RenderedPosts, finish
from asithappened.press.refused import Busy, Refused
from asithappened.published import write

REDOS: Final = 40  # each redo means that another publish went through first; forty in a row is a runaway importer


class Receipt(Struct, frozen=True, kw_only=True):
    """What was appended: facts `first` to `last` of a blog, both included. `repeated`: by an earlier call."""

    blog: int
    slug: str
    epoch: str
    first: int
    last: int
    repeated: bool = False


def publish(
    blog: int | None,
    events: Sequence[e.Event],
    *,
    origin: e.Origin = e.Origin.LIVE,
    once: str | None = None,
    alongside: Callable[[Receipt], None] | None = None,
) -> Receipt:
    """Append events, all of them or none, with the finished bytes that readers get. Once it returns, they are durable.

    `blog`: None to open one, with BlogOpened first. `once`: an idempotency key, unique to the blog (for an opening, to
    the installation): a repeated call returns the first receipt and appends nothing. `alongside` runs in the
    transaction. Raises Refused, or Busy; then nothing was written.
    """
    payloads = _encoded(events, once)
    digest, kept = _digest(events, payloads), RenderedPosts()
    for _ in range(REDOS):
        if once is not None and (appended := log.appended(blog, once)):
            return _repeated(appended, digest)
        try:
            append, link = _applied(blog, events, origin)
        except Refused:
            if once is not None and log.appended(blog, once):
                continue  # a concurrent call with the same key was appended meanwhile: return its receipt
            raise
        finished, now, epoch = finish(blog, append, kept), append.now, append.facts[0].epoch

        def within(
            appended: log.Appended, now: BlogState = now, epoch: str = epoch, finished: write.Finished = finished
        ) -> None:
            write.write(appended.blog, epoch=epoch, head=appended.last, finished=finished)
            if alongside is not None:
                alongside(_receipt(appended, now, epoch))

        try:
            appended = log.append(
                blog=blog,
                facts=append.facts,
                payloads=_as_signed(append.facts, events, payloads, once),
                link=link,
                state=now,
                subjects=append.changed,
                once=once,
                digest=digest,
                within=within,
            )
        except log.HeadMoved:
            continue
        except log.SlugTaken as taken:
            if once is not None and log.appended(blog, once):
                continue  # by a concurrent call with the same key: return its receipt
            raise Refused(
                Refusal("slug_taken", "The address “{slug}” is not free. Choose another.", {"slug": str(taken)})
            ) from taken
        except log.NothingToErase as error:
            raise Refused(Refusal("no_post", "There is nothing of this post to erase there.")) from error
        except log.WordsLeft as error:
            raise Refused(
                Refusal("words_left", "Other revisions hold words of this post too. Erase all of them.")
            ) from error
        return _receipt(appended, now, epoch)
    raise Busy(f"Others published {REDOS} times while this was being made ready. Nothing was lost: try again.")


def receipt_of(blog: int, once: str) -> Receipt | None:
    """Return the receipt of the append with this idempotency key, if there was one."""
    appended = log.appended(blog, once)
    return None if appended is None else _repeated(appended, appended.digest)


def _digest(events: Sequence[e.Event], payloads: Sequence[bytes]) -> str:
    # Keyed, because the digest outlives an erasure, and could otherwise confirm a guess at the erased words.
    key = hashlib.blake2s(settings.SECRET_KEY.encode()).digest()
    return hashlib.blake2s(b"\0".join([*(event.KIND.encode() for event in events), *payloads]), key=key).hexdigest()


def _encoded(events: Sequence[e.Event], once: str | None) -> list[bytes]:
    if not 0 < len(events) <= limits.EVENTS_AN_APPEND:
        raise Refused(Refusal("bad_event", "An append has 1 to {most} events.", {"most": limits.EVENTS_AN_APPEND}))
    if once is not None and not 0 < len(once) <= limits.ONCE_CHARS:
        raise Refused(Refusal("bad_event", "A once-key has 1 to {most} characters.", {"most": limits.ONCE_CHARS}))
    payloads = []
    for event in events:
        try:
            payloads.append(codec.encode(event))
        except codec.EventError as error:
            raise Refused(
                Refusal("bad_event", "This is not what a live blog can hold: {why}", {"why": str(error)}), event
            ) from error
    return payloads


def _as_signed(
    facts: Sequence[e.Fact], events: Sequence[e.Event], payloads: Sequence[bytes], once: str | None
) -> list[bytes]:
    """Return the payloads of facts: those of the events, except of posts that were signed here."""
    pairs = zip(facts, events, payloads, strict=True)
    return [
        payload if fact.event is None or fact.event is event else _encoded([fact.event], once)[0]
        for fact, event, payload in pairs
    ]


def _repeated(appended: log.Appended, digest: str) -> Receipt:
    if appended.digest != digest:
        raise Refused(Refusal("once_reused", "This key was used before, for something else. Nothing was published."))
    epoch, _ = read.head(appended.blog)
    return _receipt(appended, read.blog(appended.blog), epoch, repeated=True)


def _receipt(appended: log.Appended, state: BlogState, epoch: str, *, repeated: bool = False) -> Receipt:
    return Receipt(
        blog=appended.blog, slug=state.slug, epoch=epoch, first=appended.first, last=appended.last, repeated=repeated
    )


def _applied(blog: int | None, events: Sequence[e.Event], origin: e.Origin) -> tuple[Append, bytes]:
    """Apply events to a blog as it is now; return the result and the link (core.chain) before it. Raises Refused."""
    epoch, head, link = new_epoch(), 0, chain.FIRST
    folding = fold.Folding()
    if blog is not None:
        try:
            # Read first: if the subjects below are newer than this head, the append fails and is redone.
            epoch, head, link, folding.blog = read.tip(blog)
        except Blog.DoesNotExist as error:
            raise Refused(Refusal("not_open", "There is no such live blog.")) from error
        folding.subjects = read.subjects(blog, {event.subject for event in events})
    at = datetime.now(UTC)
    facts = _facts(
        events, folding, epoch=epoch, head=head, at=at, origin=origin, above=_newest(blog, events, at, origin)
    )
    return Append(list(fold.steps(facts, folding))), link


def _facts(
    events: Sequence[e.Event],
    folding: fold.Folding,
    *,
    epoch: str,
    head: int,
    at: datetime,
    origin: e.Origin,
    above: int,
) -> Iterator[e.Fact]:
    """Put each event in its envelope if the rules allow it after the events before. Raises Refused."""
    for seq, event in enumerate(events, head + 1):
        before = folding.subjects.get(event.subject)
        if refusal := rules.may(folding.blog, before, event, origin):
            raise Refused(refusal, event)
        signed = signing.signed(event, folding.blog, before)
        fact = fold.in_envelope(signed, epoch=epoch, seq=seq, at=at, origin=origin)
        if before is None and fact.position is not None and _appears_now(event, at, origin):
            above = max(fact.position, above + 1)
            fact = replace(fact, position=above)
        yield fact


def _newest(blog: int | None, events: Sequence[e.Event], at: datetime, origin: e.Origin) -> int:
    """Return the position of the newest post; -1 if there is none, or if no event needs to appear above it."""
    if blog is None or not any(_appears_now(event, at, origin) for event in events):
        return -1
    return max((position for _, (position, _) in read.orders(blog, newer_than=None, newest=1)), default=-1)


def _appears_now(event: e.Event, at: datetime, origin: e.Origin) -> bool:
    """Say whether a post is published as of now, and so goes above all others.

    By time alone, after a clock was set back an hour, an hour of new posts would go below old ones. The printed time
    stays the clock's. A post with another time (of an import, or typed) is sorted by that time.
    """
    if not isinstance(event, e.PostPublished) or not isinstance(event.position, UnsetType):
        return False
    return origin is not e.Origin.IMPORT and (event.published_at is None or abs(at - event.published_at) < _NOW)


_NOW: Final = timedelta(minutes=1)  # more than a publish waits for a lock
