"""Makes the published bytes of a blog, and its current-state rows, again from its log.

The result equals what publishing wrote, byte for byte, which proves that readers get nothing but the log. After an
upgrade that folds or renders differently, it is what this version makes of the log, with a new generation.
"""

from functools import partial

from django.db import transaction

from asithappened.core import events as e
from asithappened.core import fold
from asithappened.core.state import PostState, SubjectState
from asithappened.log import append as log
from asithappened.log import read
from asithappened.log.models import Blog
from asithappened.press import finish, frames
from asithappened.press.annotations import Slots
from asithappened.press.pages import Pages
from asithappened.press.view import WholeBlog
from asithappened.published import write
from asithappened.render import page as render_page
from asithappened.render.edition import edition_of


def rebuild(blog: int, *, anew: bool = False) -> int:
    """Write a blog's rows and published bytes again from its log; return its head.

    `anew`: other code rendered them before, so frames are emptied and open pages begin again.
    Renders outside the lock, and redoes it if something was published meanwhile.
    """
    while True:
        epoch, head = read.head(blog)
        finished, subjects = remade(blog, head, anew=anew)
        with transaction.atomic(durable=True):
            if not Blog.objects.filter(pk=blog, head=head).update(head=head):  # takes the lock
                continue
            log.keep(blog, finished.state, subjects)
            write.replace_all(blog, epoch=epoch, head=head, finished=finished)
        return head


def rebuild_outdated() -> list[int]:
    """Rebuild every blog that was rendered by other code, templates or translations; return their ids."""
    blogs = outdated()
    for blog in blogs:
        rebuild(blog, anew=True)
    return blogs


def outdated() -> list[int]:
    """Return the blogs whose bytes were rendered by other code, templates or translations."""
    blogs = read.every_blog()  # before the fingerprints: a blog that is opened in between is not outdated
    known, current = write.fingerprints(), render_page.fingerprint()
    return [blog for blog in blogs if known.get(blog) != current]


def remade(blog: int, head: int, *, anew: bool) -> tuple[write.Finished, dict[e.Subject, SubjectState]]:
    """Return the published bytes of a blog up to a head, and its subjects, from its log alone."""
    folding = fold.Folding()
    made: dict[int, write.FrameBytes] = {}
    facts_of: dict[e.Subject, list[e.Fact]] = {}
    void: set[int] = set()
    pages, fragments, slots = Pages(None, ()), finish.Fragments(), Slots(None, ())
    facts = list(read.facts(blog, upto=head))
    for step in fold.steps(facts, folding):
        fact = step.fact
        assert step.now is not None
        if isinstance(step.after, PostState) and step.after != step.before:
            pages.feed(step.after)
        edition = edition_of(step.now)
        if step.was is not None and edition_of(step.was) != edition:
            void |= {*made, fact.seq}
        of_subject = facts_of.setdefault(fact.subject, [])
        void |= frames.taken_back(fact, [f.seq for f in of_subject])
        of_subject.append(fact)
        said = slots.after(step, edition)
        if frames.takes_back(fact):
            slots.take_from(made, fact.subject)
        made[fact.seq] = frames.frame(fact, step.before, step.after, partial(fragments.of, edition), said)
    state, posts = folding.blog, {one.id: one for one in folding.subjects.values() if isinstance(one, PostState)}
    assert state is not None
    as_now = edition_of(state)
    for seq in void & made.keys():
        made[seq] = write.FrameBytes(seq=seq, data=write.empty_frame(seq))
    finished = write.Finished(
        state=state,
        frames=list(made.values()),
        parts=finish.parts(WholeBlog(blog, state, folding.subjects, facts, pages), None) | finish.layouts(state),
        posts=[finish.post_bytes(as_now, one, facts_of[e.post(id_)], fragments) for id_, one in posts.items()],
        rows=finish.rows_bytes(
            as_now, {subject: row for subject, row in folding.subjects.items() if not isinstance(row, PostState)}
        ),
        pages=pages.filled,
        fingerprint=render_page.fingerprint(),
        floor=head if anew else None,
        said=slots.said(as_now, anew=True),
        slugs=(state.slug, *state.former_slugs),
    )
    return finished, folding.subjects
