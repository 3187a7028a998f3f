"""Scheduled posts, embargoes, and promises to readers: their pages and buttons.

Owns the two tabs and the buttons of a row in each. Look next: `actions.scheduling`; `when` for typed times.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.actions import embargoed, scheduling
from asithappened.desk.forms import post as post_form
from asithappened.desk.forms.reading import Fields
from asithappened.desk.forms.writing import PostFields, Written
from asithappened.desk.handing_over import Row, Section, Shift
from asithappened.desk.models import Embargo, Promise, Scheduled
from asithappened.desk.tabs import Tab, Waiting
from asithappened.desk.views import receipts, when
from asithappened.desk.views.asking import asker, grant_for, page, signed_in
from asithappened.desk.views.flow import flow, post_only
from asithappened.desk.views.posts import at, preview, previewing
from asithappened.desk.views.screen import Button, Done, Screen, press
from asithappened.jobs.clock import CLOCK
from asithappened.log import read
from asithappened.render.words import label_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

_MOST: Final = 100
_NEAR: Final = timedelta(hours=12)  # a time this near is shown without its day


class Moment(forms.Form):
    """A time, and the zone in which it was typed."""

    at = forms.CharField(
        label=gettext_lazy("When"), max_length=40, help_text=gettext_lazy("2026-11-26 06:00, in this live blog’s zone.")
    )
    zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


@require_safe
@signed_in
def scheduled(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is scheduled on a page of its own, for a browser without script, which has no tabs."""
    grant = grant_for(request, slug, to=Verb.PUBLISH)
    return render(request, "desk/scheduled.html", page(grant, **_in_tab(grant, asker(request))))


@flow
def scheduled_post(request: HttpRequest, slug: str, number: int) -> Screen:
    """Show one scheduled post: change its words or time, publish it now, take it back, or set an embargo."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    row = _unpublished(grant).filter(pk=number).first()
    if row is None:
        raise Http404
    found, draft, zone = row, scheduling.words_of(row), grant.state.zone
    listed = reverse("desk:scheduled", args=[grant.state.slug])
    words = PostFields(
        begins=post_form.of(draft, based_on=found.version),
        zone=zone,
        also=("based_on",),
        seed=found.post,
        old=lambda _: draft,
    )
    moment = Fields(made=Moment, name="moment", initial=_moment(found.due_at, zone), based_on=found.version)

    def save(written: Written) -> Done:
        actions.reword_post(found, by=by, draft=written.draft, version=written.form.based_on or 0)
        return Done(said=_("Saved. Its time is as it was."), to=listed, told=when.told(found))

    def reschedule(typed: dict[str, Any]) -> Done:
        meant = typed["zone"] or zone
        due = when.typed(typed["at"], meant)
        actions.reschedule_post(found, by=by, at=due, zone=meant, version=typed["based_on"])
        said = _("Scheduled for {time}.").format(time=when.said(due, meant))
        return Done(said=said, to=listed, told=when.told(found))

    def embargo(typed: dict[str, Any]) -> Done:
        meant = typed["zone"] or zone
        until = when.typed(typed["at"], meant)
        actions.embargo_draft(grant.id, by=by, draft=draft, post=found.post, until=until)
        said = _("Under embargo until {time}: nobody publishes it before.").format(time=when.said(until, meant))
        return Done(said=said, to=listed, told=when.told(found))

    def publish() -> Done:
        verb = "publish_post" if read.post(grant.id, found.post) is None else "restore_post"
        post = actions.publish_scheduled(found, by=by)
        receipt = receipts.of_words(grant.id, post, verb)
        return Done(said=_("Published. Readers have it."), to=at(grant, post.id), receipt=receipt)

    def unschedule() -> Done:
        actions.unschedule_post(found, by=by)
        told = {**when.told(found), **when.words(found)}
        here = reverse("desk:scheduled_post", args=[grant.state.slug, found.pk])
        return Done(said=_("Taken back. Its words wait for you here."), to=here, told=told)

    def discard() -> Done:
        actions.discard_scheduled(found, by=by)
        return Done(said=_("Thrown away."), to=listed)

    return Screen(
        template="desk/scheduled_post.html",
        context=lambda: page(grant, row=_shown(found, grant), zone=zone),
        initial_context=lambda: {"preview": preview(grant, draft)},
        buttons={
            "save": Button(reads=words, verb=save),
            "preview": previewing(grant, words),
            "reschedule": Button(reads=moment, verb=reschedule, explain=when.explain),
            "embargo": Button(reads=moment, verb=embargo, explain=when.explain),
            "publish": press(publish),
            "unschedule": press(unschedule),
            "discard": press(discard),
        },
        back=listed,
    )


def _unpublished(grant: Grant) -> "QuerySet[Scheduled]":
    return Scheduled.objects.filter(scheduling.UNPUBLISHED, blog_id=grant.id).select_related("author", "by")


def _moment(due: datetime | None, zone: str) -> dict[str, str]:
    return {"at": when.said(due, zone).partition(" (")[0] if due is not None else "", "zone": zone}


@post_only
def embargo(request: HttpRequest, slug: str, number: int) -> Screen:
    """Lift an embargo, which only an owner may."""
    grant, by = grant_for(request, slug, to=Verb.OWN), asker(request)
    if not Embargo.objects.filter(blog_id=grant.id, pk=number).exists():
        raise Http404

    def lift() -> Done:
        actions.lift_embargo(grant.id, by=by, number=number)
        return Done(said=_("The embargo is lifted. Nothing was published by that."), to=listed)

    listed = reverse("desk:scheduled", args=[grant.state.slug])
    return Screen(buttons={"lift": press(lift)}, back=listed)


@post_only
def promise(request: HttpRequest, slug: str, number: int) -> Screen:
    """Mark a promise as kept, or drop it."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    if not Promise.objects.filter(blog_id=grant.id, pk=number).exists():
        raise Http404
    listed = reverse("desk:promises", args=[grant.state.slug])

    def keep() -> Done:
        actions.keep_promise(grant.id, by=by, number=number)
        return Done(said=_("Kept."), to=listed)

    def drop() -> Done:
        actions.drop_promise(grant.id, by=by, number=number)
        return Done(said=_("Dropped: nobody is reminded any more."), to=listed)

    return Screen(buttons={"keep": press(keep), "drop": press(drop)}, back=listed)


@require_safe
@signed_in
def promises(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the promises on a page of their own, for a browser without script, which has no tabs."""
    grant = grant_for(request, slug, to=Verb.PUBLISH)
    return render(request, "desk/promises.html", page(grant, **_promised(grant, asker(request))))


def _shown(row: Scheduled, grant: Grant) -> dict[str, Any]:
    due, now = row.due_at, CLOCK.now()
    late = scheduling.late(row, now)
    return {
        "row": row,
        "words": label_of(scheduling.words_of(row), grant.state.language),
        "late": late,
        "late_minutes": int((now - due).total_seconds() // 60) if late and due is not None else 0,
        "embargo": _embargo_of(row),
        "format": "H:i" if due is not None and abs(due - now) < _NEAR else "j M Y H:i",
        "at": _moment(due, grant.state.zone)["at"],
    }


def _embargo_of(row: Scheduled) -> Embargo | None:
    return embargoed.in_force(row.blog_id).filter(post=row.post).order_by("-until", "-pk").first()


def _in_tab(grant: Grant, user: User) -> dict[str, Any]:
    listed = [_shown(row, grant) for row in _unpublished(grant).order_by("due_at", "pk")[:_MOST]]
    listed.sort(key=lambda one: (not one["late"], one["row"].state != Scheduled.State.STOPPED))
    mine = {one["row"].post for one in listed}
    drafts = embargoed.in_force(grant.id).exclude(post__in=mine).select_related("by").order_by("until", "-pk")
    return {
        "listed": [one for one in listed if one["row"].state != Scheduled.State.BACK],
        "taken_back": [one for one in listed if one["row"].state == Scheduled.State.BACK],
        "embargoes": list({one.post: one for one in drafts}.values()),
    }


def _promised(grant: Grant, user: User) -> dict[str, Any]:
    found = Promise.objects.filter(blog_id=grant.id, state=Promise.State.OPEN).select_related("by").order_by("due_at")
    now = CLOCK.now()
    return {
        "promises": [
            {"promise": one, "due": one.due_at <= now, "minutes": int((now - one.made_at).total_seconds() // 60)}
            for one in found[:_MOST]
        ]
    }


def _open(grant: Grant, user: User) -> Waiting:
    where = f"blog_id = %s AND state IN ({', '.join(['%s'] * len(scheduling.OPEN_STATES))})"
    return Waiting(Scheduled, where, (grant.id, *scheduling.OPEN_STATES))


def _due(grant: Grant, user: User) -> Waiting:
    where = "blog_id = %s AND state = %s AND due_at <= %s"
    return Waiting(Promise, where, (grant.id, Promise.State.OPEN.value, CLOCK.now()))


SCHEDULED: Final = Tab(
    name="scheduled",
    label=gettext_lazy("Scheduled"),
    key="s",
    may=Verb.PUBLISH,
    waiting=_open,
    template="desk/tabs/scheduled.html",
    context=_in_tab,
)
PROMISES: Final = Tab(
    name="promises",
    label=gettext_lazy("Promises"),
    key="m",
    may=Verb.PUBLISH,
    waiting=_due,
    template="desk/tabs/promises.html",
    context=_promised,
)


def _waits(shift: Shift) -> list[Row]:
    listed = _in_tab(shift.grant, shift.by)["listed"]
    return [
        Row(
            text=one["words"] or _("Without words"),
            who=str(one["row"].author),
            at=one["row"].due_at,
            more=_("Late") if one["late"] else one["row"].get_state_display(),
            href=reverse("desk:scheduled_post", args=[shift.grant.state.slug, one["row"].pk]),
        )
        for one in listed
    ]


def _open_promises(shift: Shift) -> list[Row]:
    found = _promised(shift.grant, shift.by)["promises"]
    posts = read.posts_by_id(shift.grant.id, [one["promise"].post for one in found])
    return [
        Row(
            text=label_of(posts[one["promise"].post], shift.grant.state.language) or _("Without words"),
            who=str(one["promise"].by),
            at=one["promise"].made_at,
            href=at(shift.grant, one["promise"].post),
        )
        for one in found
        if one["promise"].post in posts
    ]


SECTIONS: Final = (
    Section(name="scheduled", label=SCHEDULED.label, told=_waits, none=gettext_lazy("Nothing is scheduled.")),
    Section(name="promises", label=PROMISES.label, told=_open_promises, none=gettext_lazy("No promise is open.")),
)
