"""The desk's internal notes about a post or a live blog: adding, changing and finishing one.

Owns the life of a note. Everybody who may hand in posts may add one; its author changes it, and its author or an editor
finishes it. The audit names a note by its number: its words are in no other table, so that they can be erased.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core import limits, text
from asithappened.core.rules import Refusal
from asithappened.desk.actions.actor import permit
from asithappened.desk.actions.carry_out import Moved, Refused, note
from asithappened.desk.models import Note
from asithappened.log import read

OPEN = Q(done_at__isnull=True)


def add_note(blog: int, *, by: User, words: str, post: str = "") -> Note:
    """Add a note about a post, or about the blog. The same words again, while the first note is open, are that note."""
    permit(by, blog, Verb.SUBMIT)
    words = _cleaned(words)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # of two at the same moment, one waits here for the other
        if post and ((about := read.post(blog, post)) is None or about.erased):
            raise Refused(Refusal("no_post", "There is no such post in this live blog."))
        same = Note.objects.filter(OPEN, blog_id=blog, post=post, author=by, text=words).first()
        if same is not None:
            return same
        made = Note.objects.create(blog_id=blog, post=post, author=by, text=words)
        note(blog, by=by, name="add_note", about=str(made.pk))
    return made


def edit_note(found: Note, *, by: User, words: str, version: int) -> None:
    """Change one's own note. Raises Moved if it is not the version that was seen, or is finished."""
    permit(by, found.blog_id, Verb.SUBMIT)
    if found.author_id != by.pk:
        raise PermissionDenied
    _change(found, Q(OPEN, version=version), by=by, name="edit_note", text=_cleaned(words))


def finish_note(found: Note, *, by: User) -> None:
    """Mark a note as done. Raises Moved if somebody was first."""
    _check_may_finish(found, by)
    _change(found, OPEN, by=by, name="finish_note", done_at=timezone.now(), done_by=by)


def reopen_note(found: Note, *, by: User) -> None:
    """Open a finished note again. Raises Moved if somebody was first."""
    _check_may_finish(found, by)
    _change(found, ~OPEN, by=by, name="reopen_note", done_at=None, done_by=None)


def may_finish(found: Note, by: User) -> bool:
    """Say whether somebody may finish a note."""
    verbs = gate.verbs_of(by, found.blog_id)
    return Verb.PUBLISH in verbs or (found.author_id == by.pk and Verb.SUBMIT in verbs)


def _check_may_finish(found: Note, by: User) -> None:
    permit(by, found.blog_id, Verb.SUBMIT if found.author_id == by.pk else Verb.PUBLISH)


def _cleaned(typed: str) -> str:
    words = text.cleaned(typed).strip()
    if text.blank(words):
        raise Refused(Refusal("no_note", "A note says something."))
    if len(words) > limits.NOTE_CHARS:
        raise Refused(too_long(words))
    return words


def too_long(words: str) -> Refusal:
    """Return the refusal of a note that is too long."""
    return Refusal(
        "long_note",
        "The note has {n} characters; {most} is the most.",
        {"n": len(words), "most": limits.NOTE_CHARS},
    )


def _change(found: Note, still: Q, *, by: User, name: str, **values: object) -> None:
    with transaction.atomic():
        changed = Note.objects.filter(still, pk=found.pk).update(
            version=F("version") + 1, changed_at=timezone.now(), **values
        )
        if not changed:
            raise Moved
        note(found.blog_id, by=by, name=name, about=str(found.pk))
    found.refresh_from_db()
