"""Drafts of a live blog: the copies that composers save here, and the list of them.

Owns what a person sees of others' drafts: a contributor sees none, an editor all of the live blog's. Nobody writes into
another person's draft: it opens as a copy. Look next: `desk.actions.drafts`.
"""

from typing import Any, Final

import msgspec
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core.rules import Refusal
from asithappened.desk import actions
from asithappened.desk.actions import drafts as verbs
from asithappened.desk.drafts import keeping
from asithappened.desk.drafts.models import Draft
from asithappened.desk.forms.carried import name_of
from asithappened.desk.forms.draft import DraftFields, Naming, Received
from asithappened.desk.forms.reading import NO_FIELDS, Fields, Problem
from asithappened.desk.handing_over import Row, Section, Shift
from asithappened.desk.tabs import Tab, Waiting
from asithappened.desk.views.asking import asker, grant_for, page
from asithappened.desk.views.flow import flow
from asithappened.desk.views.posts import preview
from asithappened.desk.views.screen import Button, Done, Explanation, Screen, Shown
from asithappened.render.words import shorten

_SHOWN_CHARS: Final = 100  # of the first words in the list; the draft has more of them


class _Newer(actions.Refused):
    """Another composer has saved this draft since, or it was sent."""

    def __init__(self, now: Draft) -> None:
        code, message = "moved", _("This draft was changed in another window meanwhile. Nothing was overwritten.")
        if now.state == Draft.State.SENT:
            code, message = "sent_before", _("This was sent or thrown away in another window meanwhile.")
        super().__init__(Refusal(code, message))
        self.now = now


@flow
def drafts(request: HttpRequest, slug: str) -> Screen:
    """List the drafts, save a copy, open one."""
    grant, by = grant_for(request, slug, to=Verb.SUBMIT), asker(request)
    listed = reverse("desk:drafts", args=[grant.state.slug])

    def save(received: Received) -> Done:
        if received.author != by.pk:
            raise _no(code="another", message=_("Somebody else is signed in here now. Nothing was saved."))
        try:
            kept = verbs.save_draft(grant.id, by=by, copy=received.copy)
        except keeping.Newer as newer:
            raise _Newer(newer.kept) from newer
        except keeping.TooMany:
            raise _no(code="too_many", message=str(_TOO_MANY).format(n=keeping.MOST)) from None
        except keeping.TooLong:
            raise _no(code="too_long", message=str(_TOO_LONG)) from None
        return Done(said=_("Saved."), to=listed, told={"draft": _told(kept, by)})

    def newer(error: Exception, received: Received) -> Explanation | None:
        if not isinstance(error, _Newer):
            return None
        now = _opened(error.now, by) if error.now.state == Draft.State.OPEN else {}
        problem = Problem(code=error.refusal.code, message=error.refusal.message)
        return Explanation(problem=problem, told={"now": now})

    def mine() -> Shown:
        own = [_told(kept, by) for kept in keeping.opened(grant.id, author=by.pk)]
        return Shown(context={}, told={"author": by.pk, "drafts": own})

    def open_(typed: dict[str, Any]) -> Shown:
        kept = _named(grant, by, typed)
        post = keeping.post_of(kept)
        context = {
            "opened": kept,
            "called": _called(kept),
            "preview": preview(grant, post) if post is not None else None,
        }
        return Shown(context=context, told={"draft": _opened(kept, by)})

    def delete(typed: dict[str, Any]) -> Done:
        verbs.delete_draft(_named(grant, by, typed), by=by)
        return Done(said=_("Thrown away."), to=listed)

    which = Fields(made=Naming, name="which", shown=False)
    return Screen(
        template="desk/drafts.html",
        context=lambda: page(grant, **_listed(grant, by)),
        buttons={
            "save": Button(reads=DraftFields(author=by.pk), verb=save, explain=newer),
            "mine": Button(reads=NO_FIELDS, verb=lambda _: mine()),
            "open": Button(reads=which, verb=open_),
            "delete": Button(reads=which, verb=delete),
        },
        back=listed,
    )


def _no(*, code: str, message: str) -> actions.Refused:
    return actions.Refused(Refusal(code, message))


_TOO_MANY: Final = gettext_lazy(
    "You have {n} drafts on this live blog, the most that are kept. Throw some away, and this one is saved."
)
_TOO_LONG: Final = gettext_lazy("This is longer than a post can be, and than is kept here. Make two posts of it.")


def _named(grant: Grant, by: User, typed: dict[str, Any]) -> Draft:
    number, key = typed["draft"], typed["once"]
    kept = keeping.find(grant.id, number=number, author=by.pk, key=key)
    if kept is None or not (kept.author == by.pk or grant.may(Verb.PUBLISH)):
        raise Http404
    return kept


def _told(kept: Draft, by: User) -> dict[str, Any]:
    """Return what identifies a copy. Only its author is told its key, because the key publishes that very post."""
    told = {"number": kept.pk, "of": kept.of, "version": kept.version, "writer": kept.writer}
    own = {"once": kept.key} if kept.author == by.pk else {}
    return {**told, **own, "saved_at": kept.saved_at.isoformat(timespec="milliseconds"), "words": _called(kept)}


def _called(kept: Draft) -> str:
    """Return what a list calls a draft: its first words, or what stands in it instead; "" while nothing does."""
    if kept.first_words:
        return shorten(kept.first_words, _SHOWN_CHARS)
    post = keeping.post_of(kept)
    blocks = post.body.content if post is not None else ()
    return next((name_of(one) for one in blocks if not isinstance(one, body.Paragraph)), "")


def _opened(kept: Draft, by: User) -> dict[str, Any]:
    form = msgspec.to_builtins(keeping.words_of(kept))
    return {**_told(kept, by), "based_on": kept.based_on, "form": form}


def _listed(grant: Grant, by: User) -> dict[str, Any]:
    found = keeping.opened(grant.id, author=None if grant.may(Verb.PUBLISH) else by.pk)
    people = User.objects.in_bulk({kept.author for kept in found})
    return {"drafts": [_row(kept, people, by) for kept in found], "named_after": keeping.UNTOUCHED.days}


def _row(kept: Draft, people: dict[int, User], by: User) -> dict[str, Any]:
    return {
        "kept": kept,
        "called": _called(kept),
        "who": people.get(kept.author),
        "own": kept.author == by.pk,
        "old": verbs.untouched(kept),
    }


def _waiting(grant: Grant, user: User) -> Waiting:
    where, values = "blog = %s AND state = %s", (grant.id, Draft.State.OPEN.value)
    if grant.may(Verb.PUBLISH):
        return Waiting(Draft, where, values)
    return Waiting(Draft, f"{where} AND author = %s", (*values, user.pk))


TAB: Final = Tab(
    name="drafts",
    label=gettext_lazy("Drafts"),
    key="d",
    may=Verb.SUBMIT,
    waiting=_waiting,
    template="desk/tabs/drafts.html",
    context=_listed,
)


def _handed_over(shift: Shift) -> list[Row]:
    found = keeping.opened(shift.grant.id, author=None)
    people = User.objects.in_bulk({kept.author for kept in found})
    return [
        Row(
            text=_called(kept) or _("Without words"),
            who=str(people.get(kept.author, "")),
            at=kept.saved_at,
            more=_("an edit") if kept.of else "",
            href=f"/desk/live/{shift.grant.state.slug}/?tab={TAB.name}",
        )
        for kept in found
    ]


SECTION: Final = Section(
    name=TAB.name, label=TAB.label, told=_handed_over, none=gettext_lazy("Nothing is being written.")
)
