"""The finished bytes of one append: frames, fragments, parts, pages.

Owns which of them an append changes. Reads indexed rows only, never the whole log, so that the ten-thousandth post
costs what the hundredth did; the exception is a change that every fragment shows (slug, language, zone): then all is
rendered anew. Never writes: published.write does, in the append's transaction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from asithappened.core import events as e
from asithappened.core.state import BlogState, PostState
from asithappened.log import read
from asithappened.press import frames
from asithappened.press.pages import Pages
from asithappened.published import write
from asithappened.published.layout import KEY_EVENTS, PAGE_POSTS
from asithappened.render import page as render_page
from asithappened.render import post as render_post

JSONLD_POSTS: Final = (
    20  # structured data of more makes pages of half a megabyte; older posts have addresses of their own
)

Around = tuple[PostState | None, PostState | None]
"""A post before and after a fact."""


class Step(Struct, frozen=True, kw_only=True):
    """Facts and what they do: the blog before them all, and for each fact the blog after it and its post around it."""

    facts: Sequence[e.Fact]
    was: BlogState | None
    blogs: Sequence[BlogState]
    posts: Sequence[Around]

    @property
    def now(self) -> BlogState:
        """The blog after all of the facts."""
        return self.blogs[-1]

    @property
    def changed(self) -> dict[str, PostState]:
        """The posts that changed, as they are in the end."""
        return {after.id: after for before, after in self.posts if after is not None and after != before}

    @property
    def floor(self) -> int | None:
        """The seq of the last fact that changed what every fragment shows."""
        before = [self.was or self.blogs[0], *self.blogs]
        pairs = zip(self.facts, before, self.blogs, strict=False)
        return max((fact.seq for fact, was, now in pairs if seen_by_posts(was) != seen_by_posts(now)), default=None)


def finish(blog: int | None, step: Step) -> write.Finished:
    """Render all that readers get from an append."""
    history, pages = _History(blog, step), _pages(blog)
    for before, after in step.posts:
        if after is not None and after != before:
            pages.feed(after)
    made, void = _frames(step, history)
    parts = _parts(blog, step) | pagers(step.now, pages, all_of_them=step.floor is not None)
    if step.was is None or _laid_out(step.was) != _laid_out(step.now):
        parts |= layouts(step.now)
    standing = {} if blog is None else write.parts_of(blog, parts)
    posts = step.changed
    if step.floor is not None and blog is not None:
        posts = read.posts_by_id(blog) | posts
    return write.Finished(
        state=step.now,
        frames=made,
        void=sorted(void),
        parts={name: part for name, part in parts.items() if standing.get(name) != part.data},
        posts=[post_bytes(step.now, post, history.facts(post.id)) for post in posts.values()],
        pages=pages.filled,
        fingerprint=render_page.fingerprint(),
        floor=step.floor,
    )


def seen_by_posts(blog: BlogState) -> BlogState:
    """Return the blog with nothing in it but what fragments, cards and histories may depend on.

    A fragment is rendered once; so whatever else it showed of its blog would go stale without anybody noticing.
    """
    return BlogState(slug=blog.slug, title="", seq=0, language=blog.language, zone=blog.zone, replay=blog.replay)


def _laid_out(blog: BlogState) -> BlogState:
    """Return the blog with nothing in it but what layouts may depend on: the rest comes in parts."""
    return BlogState(
        slug=blog.slug,
        title="",
        seq=0,
        language=blog.language,
        zone=blog.zone,
        audience=blog.audience,
        status=blog.status,
        replay=blog.replay,
    )


def layouts(blog: BlogState) -> dict[str, write.PartBytes]:
    """Render the documents with slots that delivery fills."""
    rendered = render_page.layouts(_laid_out(blog))
    return {f"layout:{name}": write.PartBytes(data=data, live=False) for name, data in rendered.items()}


class _History:
    """The facts of single posts, stored and new, read once a post and only for posts that were there before."""

    def __init__(self, blog: int | None, step: Step) -> None:
        self._blog, self._new = blog, step.facts
        self._fresh = {after.id for before, after in step.posts if before is None and after is not None}
        self._erased = erased_in(step.facts)
        self._known: dict[str, list[e.Fact]] = {}

    def facts(self, post: str) -> list[e.Fact]:
        """Return all facts of a post, the erased ones without their events."""
        if post not in self._known:
            stored = [] if self._blog is None or post in self._fresh else list(read.facts(self._blog, post=post))
            every = [*stored, *(fact for fact in self._new if fact.post == post)]
            self._known[post] = [replace(f, event=None) if f.seq in self._erased else f for f in every]
        return self._known[post]

    def of(self, post: str) -> list[e.Fact]:
        """Return those that carry the post's words."""
        return [fact for fact in self.facts(post) if fact.position is not None]


def _frames(step: Step, history: _History) -> tuple[list[write.FrameBytes], set[int]]:
    made: list[write.FrameBytes] = []
    void: set[int] = set()
    for fact, blog, (before, after) in zip(step.facts, step.blogs, step.posts, strict=True):
        made.append(frames.frame(fact, before, after, fragments_of(blog)))
        if isinstance(fact.event, e.PostWithdrawn | e.PayloadErased):
            earlier = [f.seq for f in history.facts(fact.post) if f.seq < fact.seq]
            void |= frames.taken_back(fact, earlier)
    gone = {*void, *(fact.seq for fact in step.facts if fact.seq <= (step.floor or 0))}
    return [replace(f, data=write.empty_frame(f.seq)) if f.seq in gone else f for f in made], void


def fragments_of(blog: BlogState) -> Callable[[PostState], bytes]:
    """Return the function that renders a post of this blog."""
    shown = seen_by_posts(blog)
    return lambda post: render_post.fragment(shown, post)


def post_bytes(blog: BlogState, post: PostState, facts: Sequence[e.Fact]) -> write.PostBytes:
    """Render what is kept of a post; of one that is not visible, only what its permalink says instead.

    `facts`: all of the post, the erased ones without their events.
    """
    shown = seen_by_posts(blog)
    if post.visible:
        fragment, card = render_post.fragment(shown, post), render_post.card(shown, post)
        history = render_post.history(shown, post, facts)
        entry = render_post.key_event(shown, post)
    else:
        fragment, card, history, entry = b"", b"", render_post.withdrawn(shown, post), b""
    return write.PostBytes(
        id=post.id,
        order=post.order,
        last_seq=post.last_seq,
        visible=post.visible,
        fragment=fragment,
        card=card,
        history=history,
        entry=entry,
    )


def erased_in(facts: Iterable[e.Fact]) -> set[int]:
    """Return the seqs whose payloads these facts erase."""
    return {seq for fact in facts if isinstance(fact.event, e.PayloadErased) for seq in fact.event.seqs}


def _pages(blog: int | None) -> Pages:
    if blog is None:
        return Pages(None, ())
    newest = write.newest_page(blog)
    return Pages(newest, read.orders(blog, newer_than=newest and newest[1], newest=2 * PAGE_POSTS))


def pagers(blog: BlogState, pages: Pages, *, all_of_them: bool = False) -> dict[str, write.PartBytes]:
    """Render the links between pages: of the main page, and of those older ones whose links changed."""
    newest = pages.newest[0] if pages.newest else 0
    # The page before the first new one was the newest: its link onwards led to the main page.
    numbers = range(1, newest + 1) if all_of_them else {n for new in pages.filled for n in (new - 1, new) if n > 0}
    parts = {f"pager:{n}": _part(render_page.pager(blog, number=n, newest_page=newest), live=False) for n in numbers}
    return parts | {"pager": _part(render_page.pager(blog, number=None, newest_page=newest), live=True)}


def _part(data: bytes, *, live: bool) -> write.PartBytes:
    return write.PartBytes(data=data, live=live)


def _parts(blog: int | None, step: Step) -> dict[str, write.PartBytes]:
    changed, now = step.changed, step.now

    def newest(n: int, wanted: Callable[[PostState], bool], rows: Callable[[int], list[PostState]]) -> list[PostState]:
        # Rows from before the append, with the posts it changed laid over them.
        stored = [] if blog is None else [post for post in rows(n + len(changed)) if post.id not in changed]
        candidates = [*stored, *(post for post in changed.values() if post.visible and wanted(post))]
        return newest_first(candidates)[:n]

    def of_kind(kind: e.PostKind, n: int) -> list[PostState]:
        return newest(n, lambda post: post.kind is kind, lambda m: read.posts(blog or 0, newest=m, kind=kind))

    pinned = now.pinned and (changed.get(now.pinned) or (read.post(blog, now.pinned) if blog else None))
    return parts(
        now,
        pinned=pinned or None,
        summary=next(iter(of_kind(e.PostKind.SUMMARY, 1)), None),
        key_events=of_kind(e.PostKind.KEY_EVENT, KEY_EVENTS),
        newest=newest(JSONLD_POSTS, lambda post: True, lambda m: read.posts(blog or 0, newest=m)),
        pictured=next(
            iter(newest(1, lambda post: bool(post.picture), lambda m: read.posts(blog or 0, newest=m, pictured=True))),
            None,
        ),
    )


def newest_first(posts: Iterable[PostState]) -> list[PostState]:
    """Sort posts as a page shows them."""
    return sorted(posts, key=lambda post: post.order, reverse=True)


def parts(
    blog: BlogState,
    *,
    pinned: PostState | None,
    summary: PostState | None,
    key_events: Sequence[PostState],
    newest: Sequence[PostState],
    pictured: PostState | None,
) -> dict[str, write.PartBytes]:
    """Render the parts of the page."""
    rendered = render_page.parts(
        blog, pinned=pinned, summary=summary, key_events=key_events, newest=newest, pictured=pictured
    )
    return {name: _part(data, live=name in render_page.LIVE_PARTS) for name, data in rendered.items()}


def parts_of_all(blog: BlogState, posts: Mapping[str, PostState]) -> dict[str, write.PartBytes]:
    """Render the parts of the page from every post of the blog."""
    visible = newest_first(post for post in posts.values() if post.visible)
    return parts(
        blog,
        pinned=posts.get(blog.pinned) if blog.pinned else None,
        summary=next((post for post in visible if post.kind is e.PostKind.SUMMARY), None),
        key_events=[post for post in visible if post.kind is e.PostKind.KEY_EVENT][:KEY_EVENTS],
        newest=visible[:JSONLD_POSTS],
        pictured=next((post for post in visible if post.picture), None),
    )
