"""Closing, reopening, taking down, and going on in another live blog: each page says what it will do before it asks."""

import secrets
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from asithappened.accounts import gate
from asithappened.accounts.gate import Grant, Verb
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.desk.forms.blog import ClosingThen, Succession, TakingDown, Tomorrow, next_slug
from asithappened.desk.forms.reading import Fields
from asithappened.desk.views import receipts, when
from asithappened.desk.views.asking import asker, grant_for, page
from asithappened.desk.views.flow import flow
from asithappened.desk.views.posts import at
from asithappened.desk.views.screen import Button, Done, Screen, press


@flow
def close(request: HttpRequest, slug: str) -> Screen:
    """Close a live blog, after asking for the standfirst that it has from then on."""
    grant, by = grant_for(request, slug, to=Verb.OWN), asker(request)

    def end(typed: dict[str, Any]) -> Done:
        receipt = actions.close_blog(
            grant.id,
            by=by,
            standfirst=typed["standfirst"],
            ended_at=when.typed(typed["ended"], grant.state.zone) if typed["ended"] else None,
            based_on=typed["based_on"],
        )
        return Done(
            said=_("Closed, as it happened. It stays as the record."), to=at(grant), receipt=receipts.of_blog(receipt)
        )

    fields = Fields(made=ClosingThen, initial={"standfirst": grant.state.standfirst}, based_on=grant.state.seq)
    return Screen(
        template="desk/close.html",
        context=lambda: page(grant),
        buttons={"close": Button(reads=fields, verb=end)},
        default="close",
        back=at(grant),
        moved=_("Somebody else changed the standfirst meanwhile. Closing again puts yours in its place."),
    )


@flow
def reopen(request: HttpRequest, slug: str) -> Screen:
    grant, by = grant_for(request, slug, to=Verb.OWN), asker(request)

    def go_on() -> Done:
        receipt = actions.reopen_blog(grant.id, by=by)
        return Done(said=_("Open again."), to=at(grant), receipt=receipts.of_blog(receipt))

    return Screen(
        template="desk/reopen.html",
        context=lambda: page(grant),
        buttons={"reopen": press(go_on)},
        default="reopen",
        back=at(grant),
    )


@flow
def take_down(request: HttpRequest, slug: str) -> Screen:
    """Take a live blog down. Its address has to be typed first, because this cannot be undone."""
    grant, by = grant_for(request, slug, to=Verb.OWN), asker(request)

    def take(typed: dict[str, Any]) -> Done:
        receipt = actions.take_down_blog(grant.id, by=by, reason=typed["reason"])
        done = _("Taken down. Every address of it answers that it is gone.")
        return Done(said=done, to=at(grant), receipt=receipts.of_blog(receipt))

    return Screen(
        template="desk/take_down.html",
        context=lambda: page(grant),
        buttons={"take_down": Button(reads=Fields(made=partial(TakingDown, of=grant.state.slug)), verb=take)},
        default="take_down",
        back=at(grant),
    )


@flow
def continue_(request: HttpRequest, slug: str) -> Screen:
    """Open the live blog in which coverage goes on, point readers to one that exists, or remove the pointer."""
    grant, by = grant_for(request, slug, to=Verb.OWN), asker(request)

    def end() -> Done:
        receipt = actions.end_continuation(grant.id, by=by)
        return Done(said=_("Readers are no longer pointed on."), to=at(grant), receipt=receipts.of_blog(receipt))

    def point(typed: dict[str, Any]) -> Done:
        receipt = actions.continue_blog(grant.id, by=by, slug=typed["slug"])
        said = _("Readers are pointed on to it, and from there back to here.")
        return Done(said=said, to=at(grant), receipt=receipts.of_blog(receipt))

    def open_(typed: dict[str, Any]) -> Done:
        receipt = actions.open_tomorrow(
            grant.id,
            by=by,
            slug=typed["slug"],
            title=typed["title"],
            standfirst=typed["standfirst"] or "",
            pins=typed["pins"],
            drafts=typed["drafts"],
            once=f"open-{by.pk}-{typed['once']}",
        )
        said = _("Open. Readers are led here from “{title}”, which you close when its last post is in.")
        to = f"/desk/live/{receipt.slug}/"
        return Done(said=said.format(title=grant.state.title), to=to, receipt=receipts.of_blog(receipt))

    def context() -> dict[str, Any]:
        others = [g.state for g in gate.blogs_for(by) if g.id != grant.id and g.state.status is Status.LIVE]
        return page(grant, others=others, may_open=gate.may_open(by))

    new = Fields(made=Tomorrow, name="new", prefix="new", initial=_tomorrow(grant))
    return Screen(
        template="desk/continue.html",
        context=context,
        buttons={
            "end": press(end),
            "point": Button(reads=Fields(made=Succession), verb=point),
            "open": Button(reads=new, verb=open_),
        },
        default="point",
        back=at(grant),
    )


def _tomorrow(grant: Grant) -> dict[str, Any]:
    here = grant.state
    once = secrets.token_hex(12)
    return {
        "title": here.title,
        "standfirst": here.standfirst,
        "slug": next_slug(here.slug),
        "pins": True,
        "drafts": True,
        "once": once,
    }
