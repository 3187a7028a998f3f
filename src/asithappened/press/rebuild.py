"""The published bytes of a blog, and its current-state rows, made again from its log.

Owns the proof that nothing readers have comes from anywhere but the log: what this writes equals what was
lived, byte for byte. After an upgrade that folds or renders differently, rows and bytes become what this program says,
with a new generation.
"""

from functools import partial

from django.db import transaction

from asithappened.core import events as e
from asithappened.core import fold
from asithappened.core.state import SubjectState
from asithappened.log import append as log
from asithappened.log import read
from asithappened.log.models import Blog
from asithappened.press import finish, frames
from asithappened.press.pages import Pages
from asithappened.press.view import Whole
from asithappened.published import write
from asithappened.render import page as render_page
from asithappened.render.edition import edition_of


def rebuild(blog: int, *, anew: bool = False) -> int:
    """Write a blog's rows and published bytes again from its log; return its head.

    `anew`: they come from another rendering than before, so frames are emptied and open pages start over.
    Renders outside the lock and looks again if something was published meanwhile.
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
    """Render anew every blog that was rendered by other code, templates or translations; return their ids."""
    blogs = outdated()
    for blog in blogs:
        rebuild(blog, anew=True)
    return blogs


def outdated() -> list[int]:
    """Return the blogs whose bytes were rendered by other code, templates or translations."""
    blogs = read.every_blog()  # before what they were rendered by: one that is opened meanwhile is not outdated
    known, current = write.fingerprints(), render_page.fingerprint()
    return [blog for blog in blogs if known.get(blog) != current]


def remade(blog: int, head: int, *, anew: bool) -> tuple[write.Finished, dict[e.Subject, SubjectState]]:
    """Return all that readers have of a blog up to a head, and its subjects, from its log alone."""
    standing = fold.Standing()
    made: dict[int, write.FrameBytes] = {}
    facts_of: dict[e.Subject, list[e.Fact]] = {}
    void: set[int] = set()
    pages, fragments = Pages(None, ()), finish.Fragments()
    facts = list(read.facts(blog, upto=head))
    for step in fold.steps(facts, standing):
        fact = step.fact
        assert step.now is not None
        if step.after is not None and step.after != step.before:
            pages.feed(step.after)
        edition = edition_of(step.now)
        if step.was is not None and edition_of(step.was) != edition:
            void |= {*made, fact.seq}
        of_subject = facts_of.setdefault(fact.subject, [])
        void |= frames.taken_back(fact, [f.seq for f in of_subject])
        of_subject.append(fact)
        made[fact.seq] = frames.frame(fact, step.before, step.after, partial(fragments.of, edition))
    state, posts = standing.blog, {s.id: post for s, post in standing.subjects.items() if s.about == e.POST}
    assert state is not None
    as_now = edition_of(state)
    for seq in void & made.keys():
        made[seq] = write.FrameBytes(seq=seq, data=write.empty_frame(seq))
    finished = write.Finished(
        state=state,
        frames=list(made.values()),
        parts=finish.parts(Whole(blog, state, posts, facts, pages), None) | finish.layouts(state),
        posts=[finish.post_bytes(as_now, one, facts_of[e.post(id_)], fragments) for id_, one in posts.items()],
        pages=pages.filled,
        fingerprint=render_page.fingerprint(),
        floor=head if anew else None,
    )
    return finished, standing.subjects
