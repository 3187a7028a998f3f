"""Plans an import: the events that make the blog here equal to the source.

Owns what counts as a change: words, headline, kind, byline, pin; not a displayed time, because sources change it with
the zone and the age. Never withdraws: a post that disappeared at the source is reported. Pure: no database, no clock.
Look next: matching.py for posts without ids, positions.py for posts without times, run.py for the writing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from msgspec import UNSET

from asithappened.core import body, codec, limits, rules
from asithappened.core import events as e
from asithappened.core.fold import microseconds
from asithappened.core.state import BlogState, PostState, Status
from asithappened.importers import matching, positions
from asithappened.importers.found import FoundBlog, FoundPost, refused, shortened
from asithappened.importers.report import Report, figures_of


@dataclass(frozen=True, kw_only=True)
class Known:
    """The blog here: none, or an imported one with all its posts, withdrawn ones too."""

    blog: BlogState | None = None
    posts: dict[str, PostState] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The events, oldest post first, in groups that must not be divided between appends; and the report on success."""

    groups: tuple[tuple[e.Event, ...], ...]
    report: Report


def plan(found: FoundBlog, known: Known, *, slug: str, audience: e.Audience | None = None) -> Plan:
    """Return the events that make the blog here equal to the source.

    `audience`: None is everyone for a new blog, as at its source, and unchanged for a known one.
    Raises ImportRefused if the blog as a whole is refused: no valid headline, or another blog at that address.
    """
    problems = list(found.problems)
    found = matching.with_known_ids(found, known.posts)
    _refuse_other_blog(found, known, slug)
    posts = list(reversed(found.posts))
    places = positions.of(posts, known.posts)
    taken: list[FoundPost] = []
    groups: list[tuple[e.Event, ...]] = []
    added = revised = unchanged = 0
    for post, place in zip(posts, places, strict=True):
        was = known.posts.get(post.id)
        if was is not None and not was.visible:
            gone = "erased" if was.erased else "withdrawn"
            problems.append(f"{post.place} was {gone} here, and was left so: {shortened(post.words)!r}.")
            continue
        changes: tuple[e.Event, ...] = ()
        try:
            changes = tuple(_changes(post, was, place))
            refusal = _refusal(changes)
        except body.BodyError as error:
            refusal = str(error)
        if refusal:
            problems.append(f"{post.place} was left out: {refusal} It begins {shortened(post.words)!r}.")
            continue
        taken.append(post)
        if changes:
            groups.append(changes)
        added += was is None
        revised += was is not None and bool(changes)
        unchanged += was is not None and not changes
    present = {post.id for post in found.posts}
    gone_ids = () if found.partial else tuple(i for i, one in known.posts.items() if one.visible and i not in present)
    if not taken and not known.posts:
        raise refused("Not one post of the file can be taken: " + " ".join(problems[:3]), "Look at the file.")
    opening, problems = _opening(found, known.blog, slug, audience, problems)
    ending = tuple(_ending(found, known, taken))
    every = tuple(group for group in (*((one,) for one in opening), *groups, ending) if group)
    report = Report(
        slug=known.blog.slug if known.blog else slug,
        title=found.title,
        live=found.live,
        opened=known.blog is None,
        added=added,
        revised=revised,
        unchanged=unchanged,
        disappeared=len(gone_ids),
        disappeared_posts=gone_ids,
        skipped=len(posts) - len(taken),
        related=len(found.related),
        events=sum(map(len, every)),
        problems=tuple(problems),
        **figures_of(taken),
    )
    return Plan(groups=every, report=report)


def _refuse_other_blog(found: FoundBlog, known: Known, slug: str) -> None:
    """Refuse to import one blog over another: two pages with the same headline have the same slug."""
    here = {id_ for id_, post in known.posts.items() if post.visible}
    if here and not found.partial and not here & {post.id for post in found.posts}:
        raise refused(
            f"The live blog at /live/{slug}/ has {len(here)} posts and none of them is in this file: it is another.",
            "Give this one an address of its own with --slug.",
        )


# --- posts


def _changes(post: FoundPost, was: PostState | None, position: int) -> Iterator[e.Event]:
    if was is None:
        timed = post.published_at is not None and position == microseconds(post.published_at)
        yield e.PostPublished(
            post=post.id,
            title=post.title,
            body=body.with_ids(post.body, seed=post.id),
            kind=post.kind,
            bylines=post.bylines,
            published_at=post.published_at,
            position=UNSET if timed else position,
            updated=post.updated,
            updated_at=post.updated_at,
        )
        return
    doc = body.with_ids(post.body, seed=post.id, old=was.body)
    dated = was.published_at is None and post.published_at is not None
    if (post.title, _compared(doc), post.bylines) != (was.title, _compared(was.body), was.bylines) or dated:
        # A known time stays: sources shift it by a zone, or to the day of their move to another system.
        yield e.PostRevised(
            post=post.id,
            title=post.title,
            body=doc,
            kind=was.kind if post.kind_inferred else post.kind,
            bylines=post.bylines,
            published_at=was.published_at or post.published_at,
            position=position,
            graphic=was.graphic,
            minor=not post.updated,
            updated_at=post.updated_at,
        )
    elif post.kind is not was.kind and not post.kind_inferred:
        yield e.PostKindSet(post=post.id, kind=post.kind)


def _compared(doc: body.Doc) -> bytes:
    """Return a body for comparison: the same for http and https, because sources change between them."""
    return body.dump(doc).replace(b'"http://', b'"https://')


def _refusal(changes: tuple[e.Event, ...]) -> str:
    """Return why a post cannot be imported, or ""."""
    for change in changes:
        try:
            codec.encode(change)
        except codec.EventError as error:
            return f"{error}" if str(error).endswith(".") else f"{error}."
        if isinstance(change, e.PostWords) and (refusal := rules.may_print(change)):
            return refusal.message
    return ""


# --- the blog


def _opening(
    found: FoundBlog, was: BlogState | None, slug: str, audience: e.Audience | None, problems: list[str]
) -> tuple[list[e.Event], list[str]]:
    standfirst = found.standfirst
    if len(standfirst) > limits.STANDFIRST_CHARS:
        problems.append(
            f"The standfirst has {len(standfirst):,} characters; only the first {limits.STANDFIRST_CHARS:,} were taken."
        )
        standfirst = standfirst[: limits.STANDFIRST_CHARS]
    found = replace(found, standfirst=standfirst)
    out: list[e.Event] = list(_opened(found, slug, audience) if was is None else _changed(found, was, audience))
    for event in out:
        try:
            codec.encode(event)
        except codec.EventError as error:
            raise refused(
                f"The blog itself cannot be taken: {error}", "Look at its headline and standfirst."
            ) from error
    return out, problems


def _opened(found: FoundBlog, slug: str, audience: e.Audience | None) -> Iterator[e.Event]:
    """Yield the events of a new blog. It is closed from its first append on; only this newsroom may reopen it."""
    yield e.BlogOpened(
        slug=slug,
        title=found.title,
        standfirst=found.standfirst,
        language=found.language,
        zone=found.zone,
        audience=audience or e.Audience.EVERYONE,
        tags=found.tags,
    )
    yield e.BlogClosed()
    if found.opened_at or found.modified_at or found.modified_text:
        yield _dated(found)
    yield from _contributors(found, None)
    if found.related:
        yield e.RelatedSet(items=found.related)


def _dated(found: FoundBlog) -> e.BlogDated:
    return e.BlogDated(opened_at=found.opened_at, modified_at=found.modified_at, modified_text=found.modified_text)


def _redated(found: FoundBlog, was: BlogState) -> Iterator[e.Event]:
    """Yield new dates of a blog: the earlier opening and the later last change of the source's and ours."""
    opened = min(filter(None, (found.opened_at, was.opened_at)), default=None)
    changed = max(filter(None, (found.modified_at, was.updated_at)), default=None)
    words = found.modified_text if found.modified_at == changed else ""
    words = words or ("" if changed else was.updated_text)
    if (opened, changed, words) != (was.opened_at, was.updated_at, was.updated_text):
        yield e.BlogDated(opened_at=opened, modified_at=changed, modified_text=words)


def _changed(found: FoundBlog, was: BlogState, audience: e.Audience | None) -> Iterator[e.Event]:
    now = (found.title, found.standfirst, found.language, found.zone, found.tags)
    if now != (was.title, was.standfirst, was.language, was.zone, was.tags):
        yield e.BlogDescribed(
            title=found.title, standfirst=found.standfirst, language=found.language, zone=found.zone, tags=found.tags
        )
    if audience is not None and audience is not was.audience:
        yield e.AudienceSet(audience=audience)
    yield from _redated(found, was)
    yield from _contributors(found, was)
    if found.related != was.related:
        yield e.RelatedSet(items=found.related)


def _contributors(found: FoundBlog, was: BlogState | None) -> Iterator[e.Event]:
    """Yield the changes to the source's contributors, in their order; one that it no longer has becomes "earlier"."""
    known = {one.name: one.on for one in was.contributors} if was else {}
    named = {one.name: one.on for one in found.contributors}
    for name, on in named.items():
        if name not in known or (on and not known[name]):
            yield e.ContributorJoined(name=name)
    for name, on in (*named.items(), *((name, False) for name in known if name not in named)):
        if not on and known.get(name, True):
            yield e.ContributorLeft(name=name)


def _ending(found: FoundBlog, known: Known, taken: list[FoundPost]) -> Iterator[e.Event]:
    was = known.blog
    pinned = next((post.id for post in reversed(taken) if post.pinned), None)
    before = was.pinned if was else None
    if pinned and pinned != before:
        yield e.PostPinned(post=pinned, alone=True)
    elif before and not pinned and any(post.id == before for post in taken):
        yield e.PostUnpinned(post=before)
    if was and was.status is Status.LIVE and not found.live:
        yield e.BlogClosed()
