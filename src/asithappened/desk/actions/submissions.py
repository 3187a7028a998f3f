"""Submissions: handing in, approving, returning, rejecting.

Owns the life of a submission. `posts.publish_post` publishes its post like any other, and only once, however often it
is approved. Nobody overwrites another person's change: each verb takes the version that its caller saw.
"""

import msgspec
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from msgspec.structs import replace

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core import body, limits, rules, text
from asithappened.core.events import PostPublished
from asithappened.core.rules import Refusal
from asithappened.core.state import PostState
from asithappened.desk.actions import embargoed, pictures
from asithappened.desk.actions.actor import permit
from asithappened.desk.actions.carry_out import Moved, Receipt, Refused, note
from asithappened.desk.actions.notes import too_long
from asithappened.desk.actions.posts import post_id, publish_post
from asithappened.desk.draft import Draft, digest
from asithappened.desk.drafts import keeping
from asithappened.desk.models import Submission

_OPEN = Q(state__in=(Submission.State.WAITING, Submission.State.RETURNED))


def draft_of(submission: Submission) -> Draft:
    """Return the words that were handed in."""
    return msgspec.json.decode(bytes(submission.draft), type=Draft)


def words_at(submission: Submission, version: int | None) -> Draft:
    """Return the words of a version that somebody saw: the present ones, or those before it was last handed in."""
    if version is None or version >= submission.worded or not submission.before:
        return draft_of(submission)
    return msgspec.json.decode(bytes(submission.before), type=Draft)


def submit(blog: int, *, by: User, draft: Draft, once: str) -> Submission:
    """Hand in a post for approval. The same key again changes nothing, and the same words while they wait are one."""
    permit(by, blog, Verb.SUBMIT)
    draft = fit_to_print(draft, seed=once)
    pictures.check(blog, draft.body, by=by)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # of two at the same moment, one waits here for the other
        for other in Submission.objects.filter(_OPEN, blog_id=blog, author=by).exclude(once=once):
            if digest(draft_of(other)) == digest(draft):
                return other
        submission, made = Submission.objects.get_or_create(
            blog_id=blog, author=by, once=once, defaults={"draft": msgspec.json.encode(draft)}
        )
        if made:
            note(blog, by=by, name="submit", about=str(submission.pk))
    if not made and draft_of(submission) != draft:
        raise Refused(Refusal("sent_before", "This form was sent before. To change what you handed in, open it."))
    keeping.sent(blog, by.pk, once)
    return submission


def submit_again(submission: Submission, *, by: User, draft: Draft, version: int) -> None:
    """Change a submission, and hand it in again. Only its author may."""
    permit(by, submission.blog_id, Verb.SUBMIT)
    if submission.author_id != by.pk:
        raise Refused(Refusal("not_yours", "Only its author hands a post in again."))
    draft = fit_to_print(draft, seed=submission.once)
    pictures.check(submission.blog_id, draft.body, by=by)
    words = {"draft": msgspec.json.encode(draft), "before": F("draft"), "worded": F("version") + 1}
    _change(submission, version, by=by, name="submit_again", state="waiting", **words)


def return_submission(submission: Submission, *, by: User, note_: str, version: int) -> None:
    """Return it to its author, with a note of what is missing."""
    permit(by, submission.blog_id, Verb.PUBLISH)
    author = submission.author
    if author is None or Verb.SUBMIT not in gate.verbs_of(author, submission.blog_id):
        raise Refused(
            Refusal("author_gone", _("Its author no longer works on this live blog: publish it, or do not take it."))
        )
    note_ = noted(note_, Refusal("no_note", "Say what should change, so that its author can change it."))
    _change(submission, version, by=by, name="return_submission", state="returned", note=note_, decided_by=by)


def reject_submission(submission: Submission, *, by: User, note_: str, version: int) -> None:
    """Reject it, with the reason. Its author keeps the words, and may hand in others."""
    permit(by, submission.blog_id, Verb.PUBLISH)
    note_ = noted(note_, Refusal("no_note", "Say why it is not taken: its author reads it."))
    _change(submission, version, by=by, name="reject_submission", state="rejected", note=note_, decided_by=by)


def noted(typed: str, missing: Refusal) -> str:
    note_ = text.cleaned(typed).strip()
    if not note_:
        raise Refused(missing)
    if len(note_) > limits.NOTE_CHARS:
        raise Refused(too_long(note_))
    return note_


def approve(submission: Submission, *, by: User, draft: Draft, version: int) -> PostState:
    """Publish it, as it was handed in or as the editor changed it."""
    permit(by, submission.blog_id, Verb.PUBLISH)
    once = f"submission-{submission.pk}"

    def decide(receipt: Receipt) -> None:
        embargoed.forbid_post(receipt.blog, post_id(receipt.blog, submission.once))  # its own, whatever its words
        waiting = Submission.objects.filter(pk=submission.pk, version=version, state=Submission.State.WAITING)
        if not waiting.update(
            state=Submission.State.APPROVED,
            decided_by=by,
            post=post_id(receipt.blog, once),
            version=F("version") + 1,
        ):
            raise Moved

    return publish_post(submission.blog_id, by=by, draft=draft, once=once, alongside=decide)


def fit_to_print(draft: Draft, *, seed: str) -> Draft:
    """Give a draft's blocks their ids, and refuse one that no editor could publish."""
    doc = body.with_ids(draft.body, seed=seed)
    if refusal := rules.may_print(PostPublished(post="draft", title=draft.title, body=doc)):
        raise Refused(refusal)
    return replace(draft, body=doc)


def _change(submission: Submission, version: int, *, by: User, name: str, **values: object) -> None:
    with transaction.atomic():
        changed = Submission.objects.filter(_OPEN, pk=submission.pk, version=version).update(
            version=F("version") + 1, **values
        )
        if not changed:
            raise Moved
        note(submission.blog_id, by=by, name=name, about=str(submission.pk))
    submission.refresh_from_db()
