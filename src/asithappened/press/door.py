"""The one door: everything a reader may ever see goes through `publish`.

Owns the order of it: check, read the state, ask the rules, render, and only then, under the blog's lock and if the head
is still the one it was rendered for, append facts with their finished bytes in one short transaction; otherwise redo.
Who may call it: desk.actions and importers.run. Who asked is theirs to know and to note (`alongside`).
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from msgspec import Struct, UnsetType
from msgspec.structs import replace

from asithappened.core import chain, codec, events, fold, limits, rules
from asithappened.core.rules import Refusal
from asithappened.core.state import BlogState
from asithappened.log import append as log
from asithappened.log import read
from asithappened.log.models import Blog
from asithappened.press.epochs import new_epoch
from asithappened.press.finish import Append, Kept, finish
from asithappened.press.refused import Busy, Refused
from asithappened.published import write

REDOS: Final = 40  # each redo means that somebody else's publish went through; forty in a row is a runaway importer


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
    happened: Sequence[events.Event],
    *,
    origin: events.Origin = events.Origin.LIVE,
    once: str | None = None,
    alongside: Callable[[Receipt], None] | None = None,
) -> Receipt:
    """Make events facts, all of them or none, and give readers what they change. Answered means kept.

    `blog`: None to open one, with BlogOpened first. `once`: an idempotency key, unique to the blog (for an opening, to
    the installation): called again with it, the first receipt comes back and nothing is appended. `alongside` runs in
    the transaction. Raises Refused, or Busy; then nothing was written.
    """
    payloads = _encoded(happened, once)
    digest, kept = _digest(happened, payloads), Kept()
    for _ in range(REDOS):
        if once is not None and (done := log.done(blog, once)):
            return _repeated(done, digest)
        try:
            append, link = _taken(blog, happened, origin)
        except Refused:
            if once is not None and log.done(blog, once):
                continue  # what stands in the way is what this very call, made twice at once, has done meanwhile
            raise
        finished, now, epoch = finish(blog, append, kept), append.now, append.facts[0].epoch

        def within(
            done: log.Done, now: BlogState = now, epoch: str = epoch, finished: write.Finished = finished
        ) -> None:
            write.write(done.blog, epoch=epoch, head=done.last, finished=finished)
            if alongside is not None:
                alongside(_receipt(done, now, epoch))

        try:
            done = log.append(
                blog=blog,
                facts=append.facts,
                payloads=payloads,
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
            if once is not None and log.done(blog, once):
                continue  # taken by this very opening, called twice at once
            raise Refused(
                Refusal("slug_taken", "The address “{slug}” is not free. Choose another.", {"slug": str(taken)})
            ) from taken
        except log.NothingToErase as error:
            raise Refused(Refusal("no_post", "There is nothing of this post to erase there.")) from error
        except log.WordsLeft as error:
            raise Refused(
                Refusal("words_left", "Other revisions hold words of this post too. Erase all of them.")
            ) from error
        return _receipt(done, now, epoch)
    raise Busy(f"Others published {REDOS} times while this was being made ready. Nothing was lost: try again.")


def _digest(happened: Sequence[events.Event], payloads: Sequence[bytes]) -> str:
    # Keyed: it outlives an erasure, and nobody shall be able to confirm a guess at what was erased.
    key = hashlib.blake2s(settings.SECRET_KEY.encode()).digest()
    return hashlib.blake2s(b"\0".join([*(e.KIND.encode() for e in happened), *payloads]), key=key).hexdigest()


def _encoded(happened: Sequence[events.Event], once: str | None) -> list[bytes]:
    if not 0 < len(happened) <= limits.EVENTS_AN_APPEND:
        raise Refused(Refusal("bad_event", "An append has 1 to {most} events.", {"most": limits.EVENTS_AN_APPEND}))
    if once is not None and not 0 < len(once) <= limits.ONCE_CHARS:
        raise Refused(Refusal("bad_event", "A once-key has 1 to {most} characters.", {"most": limits.ONCE_CHARS}))
    payloads = []
    for event in happened:
        try:
            payloads.append(codec.encode(event))
        except codec.EventError as error:
            raise Refused(
                Refusal("bad_event", "This is not what a live blog can hold: {why}", {"why": str(error)}), event
            ) from error
    return payloads


def _repeated(done: log.Done, digest: str) -> Receipt:
    if done.digest != digest:
        raise Refused(Refusal("once_reused", "This key was used before, for something else. Nothing was published."))
    epoch, _ = read.head(done.blog)
    return _receipt(done, read.blog(done.blog), epoch, repeated=True)


def _receipt(done: log.Done, state: BlogState, epoch: str, *, repeated: bool = False) -> Receipt:
    return Receipt(blog=done.blog, slug=state.slug, epoch=epoch, first=done.first, last=done.last, repeated=repeated)


def _taken(blog: int | None, happened: Sequence[events.Event], origin: events.Origin) -> tuple[Append, bytes]:
    """Return what events do to a blog as it is now, with the link (core.chain) of its last fact. Raises Refused."""
    epoch, head, link = new_epoch(), 0, chain.FIRST
    standing = fold.Standing()
    if blog is not None:
        try:
            # First: what is read after it is at least as new, or the append redoes.
            epoch, head, link, standing.blog = read.standing(blog)
        except Blog.DoesNotExist as error:
            raise Refused(Refusal("not_open", "There is no such live blog.")) from error
        standing.subjects = read.subjects(blog, {event.subject for event in happened})
    at = datetime.now(UTC)
    facts = _facts(
        happened, standing, epoch=epoch, head=head, at=at, origin=origin, above=_newest(blog, happened, at, origin)
    )
    return Append(list(fold.steps(facts, standing))), link


def _facts(
    happened: Sequence[events.Event],
    standing: fold.Standing,
    *,
    epoch: str,
    head: int,
    at: datetime,
    origin: events.Origin,
    above: int,
) -> Iterator[events.Fact]:
    """Put each event in its envelope once the rules allow it, as the blog then stands. Raises Refused."""
    for seq, event in enumerate(happened, head + 1):
        before = standing.subjects.get(event.subject)
        if refusal := rules.may(standing.blog, before, event, origin):
            raise Refused(refusal, event)
        fact = fold.in_envelope(event, epoch=epoch, seq=seq, at=at, origin=origin)
        if before is None and fact.position is not None and _appears_now(event, at, origin):
            above = max(fact.position, above + 1)
            fact = replace(fact, position=above)
        yield fact


def _newest(blog: int | None, happened: Sequence[events.Event], at: datetime, origin: events.Origin) -> int:
    """Return where the newest post stands, if one is to appear above it; -1 if there is none, or none asks."""
    if blog is None or not any(_appears_now(event, at, origin) for event in happened):
        return -1
    return max((position for _, (position, _) in read.orders(blog, newer_than=None, newest=1)), default=-1)


def _appears_now(event: events.Event, at: datetime, origin: events.Origin) -> bool:
    """Say whether a post that is published happens now: then it stands above all others, whatever the clock says.

    A clock that was set back an hour would otherwise put an hour of new posts below old ones. The time that is printed
    stays what the clock said. A post of another time (an import's, a date that was typed) keeps its place by that.
    """
    if not isinstance(event, events.PostPublished) or not isinstance(event.position, UnsetType):
        return False
    return origin is not events.Origin.IMPORT and (event.published_at is None or abs(at - event.published_at) < _NOW)


_NOW: Final = timedelta(minutes=1)  # of waiting for a lock, at the most
