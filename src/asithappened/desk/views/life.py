"""Closing, reopening, taking down, and going on in another live blog: each says first what it means, then asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.desk.forms.blog import Reasoning, Succession
from asithappened.desk.views.asking import asker, attempt, grant_for, page, signed_in

_ASK = require_http_methods(["GET", "HEAD", "POST"])


@_ASK
@signed_in
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a live blog."""
    grant = grant_for(request, slug, to=Verb.OWN)
    if request.method != "POST":
        return render(request, "desk/close.html", page(grant))
    done = _("Closed, as it happened. It stays as the record.")
    attempt(request, done, lambda: actions.close_blog(grant.id, by=asker(request)))
    return redirect("desk:desk", grant.state.slug)


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
    """Point readers to the live blog where coverage goes on."""
    grant = grant_for(request, slug, to=Verb.OWN)
    form = Succession(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.continue_blog(grant.id, by=asker(request), slug=form.cleaned_data["slug"])
        except (actions.Refused, actions.Busy) as refused:
            form.add_error("slug", str(refused))
        else:
            return redirect("desk:desk", grant.state.slug)
    others = [g.state for g in gate.blogs_for(asker(request)) if g.id != grant.id and g.state.status is Status.LIVE]
    context = page(grant, form=form, others=others)
    return render(request, "desk/continue.html", context, status=422 if form.errors else 200)
