"""Erasing the words of a post for good: all of them, or those of one version.

Owns what is erased with them at the desk: submissions, notes, drafts, scheduled words. `resting` erases the rows of the
ledger that rest on them. Look next: `posts` for all other verbs of a post.
"""

from asithappened.accounts.gate import Verb
from asithappened.core import events as e
from asithappened.desk.actions import carrying, copies, pictures, resting
from asithappened.desk.actions.actor import Actor
from asithappened.desk.actions.carry_out import Receipt
from asithappened.desk.drafts import keeping
from asithappened.desk.models import Act, Embargo, Note, Promise, Scheduled, Submission
from asithappened.log import read
from asithappened.media import mentions
from asithappened.polls import counting


def erase_post(blog: int, *, by: Actor, post: str, reason: str = "") -> Receipt:
    """Erase a post's words for good, from the log, the ledger and the desk: for a court order or a source in danger."""

    def forget(receipt: Receipt) -> None:
        for kept in (Submission, Note, Scheduled, Embargo, Promise):  # the words that the desk has of it
            kept.objects.filter(blog_id=receipt.blog, post=post).delete()
        Act.objects.filter(blog_id=receipt.blog, about=post).update(words="")
        mentions.queue_deletion(pictures.shown(said), blog=receipt.blog, seq=receipt.first)
        counting.erase(receipt.blog, post)

    said = [fact for fact in read.revisions(blog, post) if fact.event is not None]
    words = [fact.seq for fact in said]
    erased = e.PayloadErased(of=e.post(post), seqs=tuple(words), whole=True, reason=reason)
    receipt = resting.carry_out_with_rows(
        blog,
        erased,
        plan=resting.erased(blog, post, reason=reason),
        by=by,
        to=Verb.OWN,
        name="erase_post",
        about=post,
        alongside=forget,
    )
    carrying.follow(blog, by=by, reason=reason)
    keeping.forget_of(blog, post)
    copies.follow(blog)
    return receipt


def erase_revision(blog: int, *, by: Actor, post: str, seq: int, reason: str = "") -> Receipt:
    """Erase the words of one older version of a post for good, on legal order; the others stay.

    `seq`: the fact that carries them. `reason`: for readers.
    """
    said = list(read.revisions(blog, post))
    words = [fact.seq for fact in said]

    def forget(receipt: Receipt) -> None:
        gone = [fact for fact in said if fact.seq == seq]
        mentions.queue_deletion(pictures.shown(gone), blog=receipt.blog, seq=receipt.first)
        if seq == min(words, default=0):  # its submission, and the digest that recognises the same words sent twice
            Submission.objects.filter(blog_id=receipt.blog, post=post).delete()
            Act.objects.filter(blog_id=receipt.blog, about=post).update(words="")

    erased = e.PayloadErased(of=e.post(post), seqs=(seq,), reason=reason)
    receipt = resting.carry_out_with_rows(
        blog,
        erased,
        plan=resting.erased(blog, post, seq=seq, reason=reason),
        by=by,
        to=Verb.OWN,
        name="erase_revision",
        about=post,
        alongside=forget,
    )
    later = min((other for other in words if other > seq), default=seq + 1)
    keeping.forget_of(blog, post, made_of=range(seq, later))
    carrying.follow(blog, by=by, reason=reason)
    copies.follow(blog)
    return receipt
