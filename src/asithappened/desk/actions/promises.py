"""Promises that posts make to readers ("More details soon"), and whether they were kept.

Owns the phrases that make a promise, by language, and when a promise counts as kept: a later post links to the post
that made it, or somebody says so. They are recorded in the transaction that publishes, from words read before it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core.rules import Refusal
from asithappened.desk.actions.actor import permit
from asithappened.desk.actions.carry_out import Receipt, Refused, note
from asithappened.desk.draft import Draft
from asithappened.desk.models import Promise
from asithappened.jobs.clock import CLOCK
from asithappened.log import read
from asithappened.render.words import label_of

DUE: Final = timedelta(minutes=30)
_CHARS: Final = 120
_PHRASES: Final = {
    "en": (
        r"more (?:details?|information|updates?|news)(?: on this)? (?:soon|shortly|to come|to follow|as we get)\b",
        r"(?:more|details|updates?) (?:on (?:this|that) )?(?:soon|shortly|to follow|to come|as we get)\b",
        r"we(?:'ll| will) (?:bring|have|get|give) (?:you )?(?:more|updates|details|the latest)\b",
        r"(?:stand|stay) by for more\b",
    ),
    "de": (
        r"mehr (?:dazu |hierzu |details )?(?:in kürze|in wenigen minuten|gleich|bald|folgt|später)\b",
        r"(?:in kürze|gleich|bald|später) (?:hier )?(?:mehr|weitere|neue)\b",
        r"(?:weitere|nähere|genauere|mehr) (?:informationen|einzelheiten|details|angaben|infos) (?:folgen|in kürze)\b",
        r"(?:details|einzelheiten|näheres) (?:folgen|folgt)\b",
    ),
}
_FOUND: Final = {language: re.compile("|".join(phrases), re.IGNORECASE) for language, phrases in _PHRASES.items()}
_LEADS: Final = re.compile(r"(?:/p/|#p-)([A-Za-z0-9_-]{1,64})(?:[/?#]|$)")


@dataclass(frozen=True, kw_only=True)
class Said:
    """The promises in a text, by language, and the posts that it links to."""

    promised: dict[str, str]
    leads_to: frozenset[str]


def said(draft: Draft) -> Said:
    """Read a text, independent of its live blog."""
    words = f"{draft.title}\n{body.plain(draft.body)}".replace("’", "'")
    promised = {language: found[0] for language, phrase in _FOUND.items() if (found := phrase.search(words))}
    return Said(promised=promised, leads_to=frozenset(_leads(draft.body)))


def _leads(doc: body.Doc) -> set[str]:
    addresses = {
        mark.attrs.href
        for block in body.blocks(doc)
        for run in body.inline_of(block)
        if isinstance(run, body.Text)
        for mark in run.marks
        if isinstance(mark, body.Link)
    } | {block.attrs.url for block in body.blocks(doc) if isinstance(block, body.Card)}
    return {found[1] for address in addresses if (found := _LEADS.search(address))}


def with_a_post(draft: Draft, *, by: User, post: str) -> Callable[[Receipt], None] | None:
    """Return a callback that records promises made and kept by these words; None if there are none, as mostly."""
    read_ = said(draft)
    if not read_.promised and not read_.leads_to:
        return None

    def write(receipt: Receipt) -> None:
        if read_.leads_to:
            kept = Promise.objects.filter(blog_id=receipt.blog, post__in=read_.leads_to, state=Promise.State.OPEN)
            kept.update(state=Promise.State.KEPT, kept_in=post, decided_by=by)
        if read_.promised:
            language = read.blog(receipt.blog).language.partition("-")[0]
            if words := read_.promised.get(language):
                _put(receipt.blog, post=post, by=by, words=words)

    return write


def promise(blog: int, *, by: User, post: str) -> Promise:
    """Record by hand that a post owes readers more, so that the desk is reminded."""
    permit(by, blog, Verb.PUBLISH)
    about = read.post(blog, post)
    if about is None or not about.visible:
        raise Refused(Refusal("no_post", _("There is no such post in this live blog.")))
    if Promise.objects.filter(blog_id=blog, post=post, state=Promise.State.OPEN).exists():
        raise Refused(Refusal("unchanged", _("This post has an open promise already.")))
    with transaction.atomic():
        made = _put(blog, post=post, by=by, words=label_of(about, read.blog(blog).language, _CHARS))
        note(blog, by=by, name="promise", about=post)
    return made


def keep_promise(blog: int, *, by: User, number: int) -> None:
    """Mark a promise as kept."""
    _settle(blog, by=by, number=number, state=Promise.State.KEPT, name="keep_promise")


def drop_promise(blog: int, *, by: User, number: int) -> None:
    """Drop a promise: nothing more will be told."""
    _settle(blog, by=by, number=number, state=Promise.State.DROPPED, name="drop_promise")


def void(blog: int, post: str) -> None:
    """Delete the promises of a post that is withdrawn, in the caller's transaction."""
    Promise.objects.filter(blog_id=blog, post=post, state=Promise.State.OPEN).update(state=Promise.State.DROPPED)


def _put(blog: int, *, post: str, by: User, words: str) -> Promise:
    now = CLOCK.now()
    return Promise.objects.create(blog_id=blog, post=post, by=by, words=words[:_CHARS], made_at=now, due_at=now + DUE)


def _settle(blog: int, *, by: User, number: int, state: Promise.State, name: str) -> None:
    permit(by, blog, Verb.PUBLISH)
    with transaction.atomic():
        row = Promise.objects.filter(blog_id=blog, pk=number, state=Promise.State.OPEN)
        post = row.values_list("post", flat=True).first()
        if post is None or not row.update(state=state, decided_by=by):
            raise Refused(Refusal("unchanged", _("This promise is not open any more. Nothing was changed.")))
        note(blog, by=by, name=name, about=post)
