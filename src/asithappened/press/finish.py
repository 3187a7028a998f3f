"""The finished bytes of one append: frames, fragments, parts, pages.

Owns which of them an append changes; of the parts of the page it asks those that the rooms contribute
(`render.part.registered`). Reads indexed rows only, never the whole log, so that the ten-thousandth post costs what the
hundredth did; the exception is a change of edition (slug, language, zone), which every fragment shows: then all is
rendered anew. Never writes: published.write does, in the append's transaction.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from asithappened.core import body, fold
from asithappened.core import events as e
from asithappened.core.state import BlogState, PostState, Status, SubjectState
from asithappened.log import read
from asithappened.press import frames
from asithappened.press.pages import Pages
from asithappened.press.view import AfterAppend
from asithappened.published import write
from asithappened.published.layout import PAGE_POSTS
from asithappened.render import page as render_page
from asithappened.render import post as render_post
from asithappened.render.edition import Edition, edition_of
from asithappened.render.part import Change, View, registered


class Append(Struct, frozen=True):
    """What one append does, fact by fact; the first of a log opens its blog."""

    steps: Sequence[fold.Step]

    @property
    def facts(self) -> list[e.Fact]:
        """Its facts."""
        return [step.fact for step in self.steps]

    @property
    def was(self) -> BlogState | None:
        """The blog before it."""
        return self.steps[0].was

    @property
    def now(self) -> BlogState:
        """The blog after it."""
        return _open(self.steps[-1])

    @property
    def changed(self) -> dict[e.Subject, SubjectState]:
        """The subjects that changed, as they are in the end."""
        return {s.fact.subject: s.after for s in self.steps if s.after is not None and s.after != s.before}

    @property
    def floor(self) -> int | None:
        """The seq of the last fact that changed the edition, which every fragment shows."""
        pairs = ((step.fact.seq, step.was, _open(step)) for step in self.steps)
        return max((seq for seq, was, now in pairs if was and edition_of(was) != edition_of(now)), default=None)

    @property
    def taken_back(self) -> Collection[e.Subject] | None:
        """The subjects whose words were taken back from readers; None if all of the blog was, or its address."""
        was, now = self.was, self.now
        if was is not None and (was.audience, was.slug) != (now.audience, now.slug):
            return None
        if now.status is Status.GONE:
            return None
        return {fact.subject for fact in self.facts if frames.takes_back(fact)}


def _open(step: fold.Step) -> BlogState:
    assert step.now is not None, "the rules let nothing happen to a blog that was not opened"
    return step.now


class Kept:
    """Posts that are rendered anew for a change of edition, kept from one try of the same append to the next.

    Of five thousand posts the first try renders all, which takes seconds in which somebody publishes; the next one only
    what that changed. Without this a busy blog could not be renamed.
    """

    def __init__(self) -> None:
        self._posts: dict[str, tuple[Edition, write.PostBytes]] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing was kept yet."""
        return not self._posts

    def of(self, edition: Edition, post: PostState, render: Callable[[], write.PostBytes]) -> write.PostBytes:
        """Return a post that the append itself does not change."""
        printed_as, kept = self._posts.get(post.id, (None, None))
        if kept is None or (printed_as, kept.last_seq) != (edition, post.last_seq):
            kept = render()
            self._posts[post.id] = edition, kept
        return kept


def finish(blog: int | None, append: Append, kept: Kept) -> write.Finished:
    """Render all that readers get from an append. `kept`: from its earlier tries, if it had any."""
    history, pages, floor = _History(blog, append), _pages(blog), append.floor
    changed = {subject.id: state for subject, state in append.changed.items() if subject.about == e.POST}
    for step in append.steps:
        if step.after is not None and step.after != step.before:
            pages.feed(step.after)
    fragments = Fragments()
    made, void = _frames(append, history, fragments, floor=floor or 0)
    parts = _parts(blog, append, history, pages, anew=append.was is None or floor is not None)
    standing = {} if blog is None else write.parts_of(blog, parts)
    edition = edition_of(append.now)

    def rendered(post: PostState) -> write.PostBytes:
        return post_bytes(edition, post, history.facts(e.post(post.id)), fragments)

    posts = [rendered(post) for post in changed.values()]
    if floor is not None and blog is not None:
        others = [post for id_, post in read.posts_by_id(blog).items() if id_ not in changed]
        if kept.empty:
            # After the posts: what is kept of one with a fact that its state does not know yet is then not used again.
            history.read_all(blog)
        posts += [kept.of(edition, post, partial(rendered, post)) for post in others]
    return write.Finished(
        state=append.now,
        frames=made,
        void=sorted(void),
        parts={name: part for name, part in parts.items() if standing.get(name) != part.data},
        posts=posts,
        pages=pages.filled,
        fingerprint=render_page.fingerprint(),
        floor=floor,
        taken_back=append.taken_back,
    )


class _History:
    """The facts of single subjects, stored and new, read once a subject and only of those that were there before."""

    def __init__(self, blog: int | None, append: Append) -> None:
        self._blog, self._erased = blog, erased_in(append.facts)
        self.new = [self._left(fact) for fact in append.facts]
        self._fresh = {s.fact.subject for s in append.steps if s.before is None and s.after is not None}
        self._known: dict[e.Subject, list[e.Fact]] = {}

    def _left(self, fact: e.Fact) -> e.Fact:
        return replace(fact, event=None) if fact.seq in self._erased else fact

    def read_all(self, blog: int) -> None:
        """Read the facts of every subject at once: where all are asked for, a query each takes twice the rendering."""
        self._known = {}
        for fact in [*map(self._left, read.facts(blog)), *self.new]:
            self._known.setdefault(fact.subject, []).append(fact)

    def facts(self, subject: e.Subject) -> list[e.Fact]:
        """Return all facts of a subject, the erased ones without their events."""
        if subject not in self._known:
            fresh = self._blog is None or subject in self._fresh
            stored = [] if fresh else read.facts(self._blog or 0, subject=subject)
            self._known[subject] = [*map(self._left, stored), *(fact for fact in self.new if fact.subject == subject)]
        return self._known[subject]


class Fragments:
    """Renders posts, each once as it is after a fact: for that fact's frame, and for whoever loads the page."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, Edition, bytes]] = {}

    def of(self, edition: Edition, post: PostState) -> bytes:
        """Return a post's fragment."""
        seq, printed_as, fragment = self._last.get(post.id, (0, None, b""))
        if (seq, printed_as) != (post.last_seq, edition):
            fragment = render_post.fragment(edition, post)
            self._last[post.id] = post.last_seq, edition, fragment
        return fragment


def _frames(
    append: Append, history: _History, fragments: Fragments, *, floor: int
) -> tuple[list[write.FrameBytes], set[int]]:
    made: list[write.FrameBytes] = []
    void: set[int] = set()
    for step in append.steps:
        fact = step.fact
        made.append(frames.frame(fact, step.before, step.after, partial(fragments.of, edition_of(_open(step)))))
        if frames.takes_back(fact):
            void |= frames.taken_back(fact, [f.seq for f in history.facts(fact.subject) if f.seq < fact.seq])
    gone = {*void, *(frame.seq for frame in made if frame.seq <= floor)}
    return [replace(f, data=write.empty_frame(f.seq)) if f.seq in gone else f for f in made], void


def post_bytes(edition: Edition, post: PostState, facts: Sequence[e.Fact], fragments: Fragments) -> write.PostBytes:
    """Render what is kept of a post; of one that is not visible, only what its permalink says instead.

    `facts`: all of the post, the erased ones without their events.
    """
    with edition.speaking():
        if post.visible:
            fragment, card = fragments.of(edition, post), render_post.card(edition, post)
            history = render_post.history(edition, post, facts)
            entry, structured = render_post.key_event(edition, post), render_post.update(edition, post)
            media = [f"{id_}/{digest[:8]}" for id_, digest in sorted(body.media_of(post.body).items())]
        else:
            fragment, card, entry, structured, media = b"", b"", b"", b"", []
            history = render_post.withdrawn(edition, post)
    return write.PostBytes(
        id=post.id,
        order=post.order,
        last_seq=post.last_seq,
        visible=post.visible,
        fragment=fragment,
        card=card,
        history=history,
        entry=entry,
        structured=structured,
        media=media,
    )


def erased_in(facts: Iterable[e.Fact]) -> set[int]:
    """Return the seqs whose payloads these facts erase."""
    return {seq for fact in facts if isinstance(fact.event, e.PayloadErased) for seq in fact.event.seqs}


def _pages(blog: int | None) -> Pages:
    if blog is None:
        return Pages(None, ())
    newest = write.newest_page(blog)
    return Pages(newest, read.orders(blog, newer_than=newest and newest[1], newest=2 * PAGE_POSTS))


def _parts(
    blog: int | None, append: Append, history: _History, pages: Pages, *, anew: bool
) -> dict[str, write.PartBytes]:
    posts = {id_: (before, after) for id_, (before, after) in _around(append).items() if before != after}
    was, now = append.was, append.now
    change = Change(facts=history.new, was=was or now, now=now, posts=posts, filled=pages.filled)
    view = AfterAppend(blog, change, pages, relinked=pages.relinked(all_of_them=anew))
    made = parts(view, None if anew else change)
    if was is None or render_page.shell_of(was) != render_page.shell_of(now):
        made |= layouts(now)
    return made


def _around(append: Append) -> dict[str, tuple[PostState | None, PostState]]:
    """Return the posts that facts are about, before and after them all."""
    around: dict[str, tuple[PostState | None, PostState]] = {}
    for step in append.steps:
        if step.fact.subject.about == e.POST and step.after is not None:
            first = around[step.after.id][0] if step.after.id in around else step.before
            around[step.after.id] = (first, step.after)
    return around


def parts(view: View, change: Change | None) -> dict[str, write.PartBytes]:
    """Render the parts of the page that a change touches, or all of them."""
    made: dict[str, write.PartBytes] = {}
    with view.edition.speaking():
        for part in registered():
            if change is None or part.touched(change):
                made |= {name: write.PartBytes(data=data, live=part.live) for name, data in part.render(view).items()}
    return made


def layouts(blog: BlogState) -> dict[str, write.PartBytes]:
    """Render the documents with slots that delivery fills."""
    rendered = render_page.layouts(render_page.shell_of(blog))
    return {f"layout:{name}": write.PartBytes(data=data, live=False) for name, data in rendered.items()}
