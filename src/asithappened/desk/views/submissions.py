"""Handing in posts, and deciding about them.

Owns the contributor's form and the editor's. Look next: `actions.submissions`.
"""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from asithappened.accounts.gate import Grant, Verb
from asithappened.desk import actions
from asithappened.desk.actions import submissions as verbs
from asithappened.desk.forms import post as post_form
from asithappened.desk.forms.post import PostForm
from asithappened.desk.models import Submission
from asithappened.desk.views.asking import asker, grant_for, page, signed_in
from asithappened.desk.views.posts import preview
from asithappened.render.words import label_of

_MOVED = gettext_lazy(
    "Somebody else changed this while you were at it: below is how it stands now, and your own text in the form. "
    "Nothing of either is lost. Sending the form again puts yours in its place."
)
_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@_WRITE
@signed_in
def hand_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a post for an editor to approve."""
    grant = grant_for(request, slug, to=Verb.SUBMIT)
    if request.method != "POST":
        return _page(request, grant, post_form.blank(asker(request).byline))
    form = post_form.sent(request.POST)
    do = request.POST.get("do", "")
    if do not in {"publish", "preview"}:
        return _page(request, grant, post_form.pressed(form, do))
    form, draft = form.draft(seed=form.once, zone=grant.state.zone)
    if form.wrong:
        return _page(request, grant, form, status=422)
    if do == "preview":
        return _page(request, grant, form, preview=preview(grant, draft))
    try:
        submission = verbs.submit(grant.id, by=asker(request), draft=draft, once=form.once)
    except actions.Refused as refused:
        return _page(request, grant, form.refused(str(refused)), status=409)
    messages.success(request, _("Handed in. An editor will publish it or return it with a note."))
    return redirect("desk:submission", grant.state.slug, submission.pk)


def _page(request: HttpRequest, grant: Grant, form: PostForm, *, status: int = 200, **more: object) -> HttpResponse:
    return render(request, "desk/submit.html", page(grant, form=form, **more), status=status)


@require_safe
@signed_in
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """List what awaits approval: all of it for editors, their own for contributors."""
    grant = grant_for(request, slug, to=Verb.SUBMIT)
    found = Submission.objects.filter(blog_id=grant.id).select_related("author", "decided_by").order_by("-changed_at")
    if not grant.may(Verb.PUBLISH):
        found = found.filter(author=asker(request))
    listed = [(s, label_of(verbs.draft_of(s), grant.state.language)) for s in found[:100]]
    return render(request, "desk/submissions.html", page(grant, listed=listed))


@_WRITE
@signed_in
def submission(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Look at one: its author may change it and hand it in again, an editor publish it or return it."""
    grant = grant_for(request, slug, to=Verb.SUBMIT)
    by = asker(request)
    found = Submission.objects.filter(pk=number, blog_id=grant.id).select_related("author", "decided_by").first()
    editor = grant.may(Verb.PUBLISH)
    if found is None or not (editor or found.author_id == by.pk):
        raise Http404
    draft = verbs.draft_of(found)
    if request.method != "POST":
        form = post_form.of(draft, based_on=found.version)
        return _one(request, grant, found, form, preview=preview(grant, draft))
    form = post_form.sent(request.POST)
    do = request.POST.get("do", "")
    if do not in {"publish", "preview", "return", "reject"}:
        return _one(request, grant, found, post_form.pressed(form, do))
    form, draft = form.draft(seed=form.once, zone=grant.state.zone, old=draft.body)
    if form.wrong:
        return _one(request, grant, found, form, status=422)
    if do == "preview":
        return _one(request, grant, found, form, preview=preview(grant, draft))
    version = form.based_on or 0
    try:
        if do == "return":
            verbs.return_submission(found, by=by, note_=request.POST.get("note", ""), version=version)
            messages.success(request, _("Returned to {who} with your note.").format(who=found.author))
        elif do == "reject":
            verbs.reject_submission(found, by=by, note_=request.POST.get("note", ""), version=version)
            messages.success(request, _("Not taken. {who} sees your note.").format(who=found.author))
        elif editor and (found.author_id != by.pk or found.state == Submission.State.WAITING):
            verbs.approve(found, by=by, draft=draft, version=version)
            messages.success(request, _("Published. Readers have it."))
            return redirect("desk:desk", grant.state.slug)
        elif found.author_id == by.pk:
            verbs.submit_again(found, by=by, draft=draft, version=version)
            messages.success(request, _("Handed in again."))
        else:
            raise PermissionDenied
    except actions.Moved:
        found.refresh_from_db()
        form = replace(form.refused(str(_MOVED)), based_on=found.version)
        return _one(request, grant, found, form, status=409, preview=preview(grant, verbs.draft_of(found)))
    except (actions.Refused, actions.Busy) as refused:
        return _one(request, grant, found, form.refused(str(refused)), status=409)
    return redirect("desk:submissions", grant.state.slug)


def _one(
    request: HttpRequest, grant: Grant, found: Submission, form: PostForm, *, status: int = 200, **more: object
) -> HttpResponse:
    mine = found.author_id == asker(request).pk
    context = page(grant, form=form, submission=found, own=mine, note=request.POST.get("note", found.note), **more)
    return render(request, "desk/submission.html", context, status=status)
