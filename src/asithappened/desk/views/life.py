"""Closing, reopening, taking down, and going on in another live blog: each says first what it means, then asks."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from asithappened.accounts import gate
from asithappened.accounts.gate import Grant, Verb
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.desk.forms.blog import Closing, Reasoning, Succession, Tomorrow, next_slug
from asithappened.desk.views.asking import asker, attempt, based_on, grant_for, page, signed_in

_ASK = require_http_methods(["GET", "HEAD", "POST"])


@_ASK
@signed_in
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a live blog, after asking what shall stand under its headline from then on."""
    grant = grant_for(request, slug, to=Verb.OWN)
    if request.method != "POST":
        return _close(request, grant, Closing(initial={"standfirst": grant.state.standfirst}))
    form = Closing(request.POST)
    if not form.is_valid():
        return _close(request, grant, form, status=422)
    standfirst = form.cleaned_data["standfirst"] if "standfirst" in request.POST else None
    try:
        actions.close_blog(grant.id, by=asker(request), standfirst=standfirst, based_on=based_on(request, grant))
    except (actions.Refused, actions.Busy) as refused:
        form.add_error(None, str(refused))
        return _close(request, grant, form, status=409)
    except actions.Moved:
        form.add_error(
            None, _("Somebody else changed the standfirst meanwhile. Closing again puts yours in its place.")
        )
        return _close(request, grant_for(request, slug, to=Verb.OWN), form, status=409)
    messages.success(request, _("Closed, as it happened. It stays as the record."))
    return redirect("desk:desk", grant.state.slug)


def _close(request: HttpRequest, grant: Grant, form: Closing, *, status: int = 200) -> HttpResponse:
    return render(request, "desk/close.html", page(grant, form=form), status=status)


@_ASK
@signed_in
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Reopen a closed live blog."""
    grant = grant_for(request, slug, to=Verb.OWN)
    if request.method != "POST":
        return render(request, "desk/reopen.html", page(grant))
    attempt(request, _("Open again."), lambda: actions.reopen_blog(grant.id, by=asker(request)))
    return redirect("desk:desk", grant.state.slug)


@_ASK
@signed_in
def take_down(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a live blog down, after its address has been typed: there is no way back."""
    grant = grant_for(request, slug, to=Verb.OWN)
    form = Reasoning(request.POST if request.method == "POST" else None)
    form.fields["reason"].help_text = _("For the audit; readers are only told that it is gone.")
    wrong = ""
    if request.method == "POST" and form.is_valid():
        if request.POST.get("slug", "").strip() == grant.state.slug:
            reason = form.cleaned_data["reason"]
            done = _("Taken down. Every address of it answers that it is gone.")
            attempt(request, done, lambda: actions.take_down_blog(grant.id, by=asker(request), reason=reason))
            return redirect("desk:desk", grant.state.slug)
        wrong = _("Type the address exactly as it stands above.")
    context = page(grant, form=form, wrong=wrong, typed=request.POST.get("slug", ""))
    return render(request, "desk/take_down.html", context, status=422 if wrong or form.errors else 200)


@_ASK
@signed_in
def continue_(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the live blog where coverage goes on, point readers to one that is there, or take the pointer back."""
    grant = grant_for(request, slug, to=Verb.OWN)
    by, do = asker(request), request.POST.get("do", "point") if request.method == "POST" else ""
    form = Succession(request.POST if do == "point" else None)
    new = Tomorrow(request.POST if do == "open" else None, prefix="new", initial=_tomorrow(grant))
    try:
        if do == "end":
            done = _("Readers are no longer pointed on.")
            attempt(request, done, lambda: actions.end_continuation(grant.id, by=by))
            return redirect("desk:desk", grant.state.slug)
        if do == "point" and form.is_valid():
            actions.continue_blog(grant.id, by=by, slug=form.cleaned_data["slug"])
            messages.success(request, _("Readers are pointed on to it, and from there back to here."))
            return redirect("desk:desk", grant.state.slug)
        if do == "open" and new.is_valid():
            typed = new.cleaned_data
            opened = actions.open_tomorrow(
                grant.id,
                by=by,
                slug=typed["slug"],
                title=typed["title"],
                standfirst=typed["standfirst"],
                once=f"open-{by.pk}-{typed['once']}",
            )
            done = _("Open. Readers are led here from “{title}”, which you close when its last post is in.")
            messages.success(request, done.format(title=grant.state.title))
            return redirect("desk:desk", opened.slug)
    except (actions.Refused, actions.Busy) as refused:
        (new if do == "open" else form).add_error("slug", str(refused))
    others = [g.state for g in gate.blogs_for(by) if g.id != grant.id and g.state.status is Status.LIVE]
    context = page(grant, form=form, new=new, others=others, may_open=gate.may_open(by))
    return render(request, "desk/continue.html", context, status=422 if form.errors or new.errors else 200)


def _tomorrow(grant: Grant) -> dict[str, str]:
    here = grant.state
    once = secrets.token_hex(12)
    return {"title": here.title, "standfirst": here.standfirst, "slug": next_slug(here.slug), "once": once}
