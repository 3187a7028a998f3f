"""The finished bytes of one append: frames, fragments, parts, pages.

Owns which of them an append changes; a package that contributes parts of the page (`render.part.registered`) decides
for its own. Reads indexed rows only, never the whole log, so that the ten-thousandth post costs what the hundredth did.
The exception is a change of edition (slug, language, zone), which every fragment shows: everything is rendered again.
Never writes: published.write does, in the append's transaction.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from msgspec.structs import replace

from asithappened.core import body, fold
from asithappened.core import events as e
from asithappened.core.ledger_state import Correction, Row
from asithappened.core.standing import readable, section_of
from asithappened.core.state import BlogState, PostState, Status, SubjectState
from asithappened.log import read
from asithappened.press import frames
from asithappened.press.annotations import Slots
from asithappened.press.pages import Pages
from asithappened.press.view import AfterAppend
from asithappened.published import write
from asithappened.published.layout import PAGE_POSTS, source_key
from asithappened.render import page as render_page
from asithappened.render import post as render_post
from asithappened.render.edition import Edition, edition_of
from asithappened.render.ledger import claims, row_head, rows
from asithappened.render.part import Change, View, registered
from asithappened.render.times import hour_in_print


@dataclass(frozen=True)
class Append:
    """An append as steps, one for each fact; the first append of a log opens its blog."""

    steps: Sequence[fold.Step]

    @cached_property
    def facts(self) -> list[e.Fact]:
        return [step.fact for step in self.steps]

    @property
    def was(self) -> BlogState | None:
        return self.steps[0].was

    @property
    def now(self) -> BlogState:
        return _open(self.steps[-1])

    @cached_property
    def changed(self) -> dict[e.Subject, SubjectState]:
        """The subjects that changed, in their last state."""
        return {s.fact.subject: s.after for s in self.steps if s.after is not None and s.after != s.before}

    @property
    def new(self) -> Collection[e.Subject]:
        """The subjects whose first fact is in the append."""
        begun: dict[e.Subject, bool] = {}
        for step in self.steps:
            begun.setdefault(step.fact.subject, step.before is None and step.after is not None)
        return {subject for subject, first in begun.items() if first}

    @cached_property
    def floor(self) -> int | None:
        """The seq of the last fact that changed the edition, which every fragment shows."""
        of_blog = ((s.fact.seq, s.was, _open(s)) for s in self.steps if isinstance(s.fact.event, e.BlogEvent))
        return max((seq for seq, was, now in of_blog if was and edition_of(was) != edition_of(now)), default=None)

    @property
    def slugs(self) -> Sequence[str]:
        """The addresses that the blog has or had, if these changed: one append may rename twice."""
        was, now = self.was, self.now
        if was is not None and (was.slug, was.former_slugs) == (now.slug, now.former_slugs):
            return ()
        return now.slug, *now.former_slugs

    @property
    def taken_back(self) -> Collection[e.Subject] | None:
        """The subjects whose words were taken back from readers; None if that is the whole blog, or its address."""
        was, now = self.was, self.now
        if was is not None and (was.audience, was.slug) != (now.audience, now.slug):
            return None
        if now.status is Status.GONE:
            return None
        return {fact.subject for fact in self.facts if frames.takes_back(fact)}


def _open(step: fold.Step) -> BlogState:
    assert step.now is not None, "the rules let nothing happen to a blog that was not opened"
    return step.now


class RenderedPosts:
    """Posts rendered for a change of edition, kept for the next try of the same append.

    The first try may render five thousand posts, which takes seconds, and other publishes come first; the next try
    renders only what changed since. Without this a busy blog could not be renamed.
    """

    def __init__(self) -> None:
        self._posts: dict[str, tuple[Edition, write.PostBytes]] = {}

    @property
    def empty(self) -> bool:
        return not self._posts

    def of(self, edition: Edition, post: PostState, render: Callable[[], write.PostBytes]) -> write.PostBytes:
        """Return a post that the append itself does not change."""
        printed_as, kept = self._posts.get(post.id, (None, None))
        if kept is None or (printed_as, kept.last_seq) != (edition, post.last_seq):
            kept = render()
            self._posts[post.id] = edition, kept
        return kept


def finish(blog: int | None, append: Append, kept: RenderedPosts) -> write.Finished:
    """Render all that readers get from an append. `kept`: from its earlier tries, if there were any."""
    with edition_of(append.now).speaking():  # once, since entering it for each of ten rows costs as much as a row
        return _finished(blog, append, kept)


def _finished(blog: int | None, append: Append, kept: RenderedPosts) -> write.Finished:
    history, pages, floor = _History(blog, append), _pages(blog), append.floor
    changed = {subject.id: state for subject, state in append.changed.items() if isinstance(state, PostState)}
    for step in append.steps:
        if isinstance(step.after, PostState) and step.after != step.before:
            pages.feed(step.after)
    fragments, slots = Fragments(), Slots(blog, {fact.subject for fact in append.facts}, new=append.new)
    made, void = _frames(append, history, fragments, slots, floor=floor or 0)
    parts = _parts(blog, append, history, pages, anew=append.was is None or floor is not None)
    standing = {} if blog is None else write.parts_of(blog, parts)
    edition = edition_of(append.now)

    def rendered(post: PostState) -> write.PostBytes:
        return post_bytes(edition, post, history.facts(e.post(post.id)), fragments)

    posts = [rendered(post) for post in changed.values()]
    if floor is not None and blog is not None:
        others = [post for id_, post in read.posts_by_id(blog).items() if id_ not in changed]
        if kept.empty:
            # Read after the posts: a fact that is newer than a post's state then makes its kept bytes outdated.
            history.read_all(blog)
        posts += [kept.of(edition, post, partial(rendered, post)) for post in others]
    touched = {subject: row for subject, row in append.changed.items() if isinstance(row, Row)}
    if floor is not None and blog is not None:
        touched = {e.Subject(about, row.id): row for about in e.LEDGER for row in read.rows(blog, about)} | touched
    return write.Finished(
        state=append.now,
        frames=made,
        void=sorted(void),
        parts={name: part for name, part in parts.items() if standing.get(name) != part.data},
        posts=posts,
        rows=rows_bytes(edition, touched),
        pages=pages.filled,
        fingerprint=render_page.fingerprint(),
        floor=floor,
        taken_back=append.taken_back,
        slugs=append.slugs,
        said=slots.said(edition, anew=floor is not None, earlier=history.earlier),
    )


class _History:
    """The facts of single subjects, stored and new. Read once for each subject, and only for stored ones."""

    def __init__(self, blog: int | None, append: Append) -> None:
        self._blog, self._erased = blog, erased_in(append.facts)
        self.new = [self._left(fact) for fact in append.facts]
        self._fresh = append.new
        self._known: dict[e.Subject, list[e.Fact]] = {}

    def _left(self, fact: e.Fact) -> e.Fact:
        return replace(fact, event=None) if fact.seq in self._erased else fact

    def read_all(self, blog: int) -> None:
        """Read the facts of all subjects at once: a query for each takes twice as long as rendering it."""
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

    def earlier(self, subject: e.Subject) -> list[int]:
        """Return the seqs of a subject's facts from before the append."""
        return [fact.seq for fact in self.facts(subject) if fact.seq < self.new[0].seq]


class Fragments:
    """Renders a post once for each fact, so that the fact's frame and the page share the bytes."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, Edition, bytes]] = {}

    def of(self, edition: Edition, post: PostState) -> bytes:
        seq, printed_as, fragment = self._last.get(post.id, (0, None, b""))
        if (seq, printed_as) != (post.last_seq, edition):
            fragment = render_post.fragment(edition, post)
            self._last[post.id] = post.last_seq, edition, fragment
        return fragment


def _frames(
    append: Append, history: _History, fragments: Fragments, slots: Slots, *, floor: int
) -> tuple[list[write.FrameBytes], set[int]]:
    made: dict[int, write.FrameBytes] = {}
    void: set[int] = set()
    for step in append.steps:
        fact, edition = step.fact, edition_of(_open(step))
        said = slots.after(step, edition)
        if frames.takes_back(fact):
            slots.take_from(made, fact.subject)
            void |= frames.taken_back(fact, [f.seq for f in history.facts(fact.subject) if f.seq < fact.seq])
        made[fact.seq] = frames.frame(fact, step.before, step.after, partial(fragments.of, edition), said)
    gone = {*void, *(seq for seq in made if seq <= floor)}
    return [replace(f, data=write.empty_frame(f.seq)) if f.seq in gone else f for f in made.values()], void


def post_bytes(edition: Edition, post: PostState, facts: Sequence[e.Fact], fragments: Fragments) -> write.PostBytes:
    """Render the stored bytes of a post; if it is not visible, only the note in its place and on its own page.

    `facts`: all of the post, the erased ones without their events.
    """
    with edition.speaking():
        if post.visible:
            fragment, card = fragments.of(edition, post), render_post.card(edition, post)
            history = render_post.history(edition, post, facts)
            entry, structured = render_post.key_event(edition, post), render_post.update(edition, post)
            hour = hour_in_print(post.published_at, edition)
            media = [f"{id_}/{digest[:8]}" for id_, digest in sorted(body.media_of(post.body).items())]
        else:
            fragment = fragments.of(edition, post) if post.placed else b""
            card, entry, structured, hour, media = b"", b"", b"", b"", []
            history = render_post.withdrawn(edition, post)
    return write.PostBytes(
        id=post.id,
        order=post.order,
        last_seq=post.last_seq,
        visible=post.visible,
        placed=post.placed,
        fragment=fragment,
        card=card,
        history=history,
        entry=entry,
        structured=structured,
        media=media,
        hour=hour,
    )


def rows_bytes(edition: Edition, touched: Mapping[e.Subject, Row]) -> list[write.RowBytes]:
    """Render the stored bytes of rows of the ledger; of a row that readers may not have, only a page that says so."""
    with edition.speaking():
        return [_row_bytes(edition, subject.about, row) for subject, row in touched.items()]


def _row_bytes(edition: Edition, about: str, row: Row) -> write.RowBytes:
    visible = readable(row)
    source = rows.source_of(row) if visible else ""
    html = rows.row_html(edition, row)
    head = row_head.head(edition, row) if visible and not isinstance(row, Correction) else None
    return write.RowBytes(
        about=about,
        id=row.id,
        section=section_of(row),
        source=source_key(source),
        named=rows.source_link(edition, source).encode(),
        post=row.post if visible and isinstance(row, Correction) else "",
        last_seq=row.last_seq,
        visible=visible,
        entry=html.entry.encode(),
        page=html.page.encode() if html.page != html.entry else b"",
        title=head.title.encode() if head else b"",
        said=head.said.encode() if head else b"",
        card=head.card if head else "",
        structured=claims.structured(edition, row) if visible else b"",
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
    posts = {id_: (before, after) for id_, (before, after) in _changed_posts(append).items() if before != after}
    was, now = append.was, append.now
    rows = {subject: state for subject, state in append.changed.items() if not isinstance(state, PostState)}
    change = Change(facts=history.new, was=was or now, now=now, posts=posts, rows=rows, filled=pages.filled)
    view = AfterAppend(blog, change, pages, relinked=pages.relinked(all_of_them=anew))
    made = parts(view, None if anew else change)
    if was is None or render_page.shell_of(was) != render_page.shell_of(now):
        made |= layouts(now)
    return made


def _changed_posts(append: Append) -> dict[str, tuple[PostState | None, PostState]]:
    """Return the posts that facts are about, before and after them all."""
    around: dict[str, tuple[PostState | None, PostState]] = {}
    for step in append.steps:
        before, after = step.before, step.after
        if isinstance(after, PostState) and not isinstance(before, Row):
            first = around[after.id][0] if after.id in around else before
            around[after.id] = (first, after)
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
    """Render the layouts, whose slots delivery fills."""
    rendered = render_page.layouts(render_page.shell_of(blog))
    return {f"layout:{name}": write.PartBytes(data=data, live=False) for name, data in rendered.items()}
