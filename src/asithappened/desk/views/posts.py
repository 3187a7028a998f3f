"""Writing, editing and taking back posts.

Owns the pages around the post's form. Whatever is refused comes back with every word that was typed, and why.
Look next: `forms.post` for the form, `actions.posts` for the verbs.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import lazy
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from asithappened.accounts.gate import Grant, Verb
from asithappened.core import body
from asithappened.core.events import PostKind, PostWords
from asithappened.core.state import PostState
from asithappened.desk import actions
from asithappened.desk.draft import Draft, draft_of
from asithappened.desk.forms import post as post_form
from asithappened.desk.forms.blog import Reasoning
from asithappened.desk.forms.post import PostForm
from asithappened.desk.views.asking import asker, attempt, called, grant_for, page, pinned, signed_in
from asithappened.log import read
from asithappened.log.scrub import owed_since
from asithappened.published.models import PublishedPost
from asithappened.render.post import fragment

_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@_WRITE
@signed_in
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a post, and publish it."""
    grant = grant_for(request, slug, to=Verb.PUBLISH)
    if request.method != "POST":
        return _form(request, grant, post_form.blank(asker(request).byline))
    form = post_form.sent(request.POST)
    do = request.POST.get("do", "")
    if do not in {"publish", "preview"}:
        return _form(request, grant, post_form.pressed(form, do))
    form, draft = form.draft(seed=form.once, zone=grant.state.zone)
    if form.wrong:
        return _form(request, grant, form, status=422)
    if do == "preview":
        return _form(request, grant, form, preview=preview(grant, draft))
    try:
        post = actions.publish_post(
            grant.id, by=asker(request), draft=draft, once=form.once, pin=form.pin, again=form.again
        )
    except actions.SaidBefore as said:
        return _form(request, grant, form, said_before=said.post, status=409)
    except actions.Refused as refused:
        sent = actions.post_id(grant.id, form.once) if refused.refusal.code == "sent_before" else ""
        return _form(request, grant, form.refused(str(refused)), sent=sent, status=409)
    except actions.Busy as refused:
        return _form(request, grant, form.refused(str(refused)), status=409)
    messages.success(
        request, _("Published. Readers have it.") + (f" {_pinned(grant, called(grant, post))}" if form.pin else "")
    )
    return redirect(f"{_desk(grant)}#p-{post.id}")


def _desk(grant: Grant) -> str:
    return f"/desk/live/{grant.state.slug}/"


def _form(request: HttpRequest, grant: Grant, form: PostForm, *, status: int = 200, **more: object) -> HttpResponse:
    return render(request, "desk/write.html", page(grant, form=form, **more), status=status)


def preview(grant: Grant, draft: Draft, post: PostState | None = None) -> SafeString:
    """Return a draft as readers would see it, by the same renderer."""
    shown = PostState(
        id=post.id if post else "preview",
        position=post.position if post else 0,
        first_seq=post.first_seq if post else 0,
        content_seq=0,
        last_seq=0,
        title=draft.title,
        body=draft.body,
        kind=draft.kind,
        bylines=draft.bylines,
        published_at=post.published_at if post else datetime.now(UTC),
        updated=post.updated if post else False,
        updated_at=post.updated_at if post else None,
        reasons=post.reasons if post else (),
    )
    return mark_safe(fragment(grant.state, shown).decode())  # noqa: S308 -- sanitised by render


@_WRITE
@signed_in
def edit(request: HttpRequest, slug: str, post: str) -> HttpResponse:
    """Edit a post, a withdrawn one before it is published again; if somebody else changed it, show both texts."""
    grant = grant_for(request, slug, to=Verb.PUBLISH)
    now = _post(grant, post)
    if now.erased:
        raise Http404  # and whoever was editing it gets their own words back with that
    if request.method != "POST":
        return _edit(request, grant, now, post_form.of(draft_of(now), based_on=now.last_seq))
    form = post_form.sent(request.POST)
    do = request.POST.get("do", "")
    if do not in {"publish", "preview"}:
        return _edit(request, grant, now, post_form.pressed(form, do))
    form, draft = form.draft(seed=post, zone=grant.state.zone, old=_body_at(grant, now, form.based_on))
    if form.wrong:
        return _edit(request, grant, now, form, status=422)
    if do == "preview":
        return _edit(request, grant, now, form, shown=preview(grant, draft, now))
    try:
        save = actions.revise_post if now.visible else actions.restore_post
        save(
            grant.id,
            by=asker(request),
            post=post,
            draft=draft,
            based_on=form.based_on or 0,
            minor=form.minor,
            reason=form.reason.strip(),
        )
    except actions.Moved:
        return _conflict(request, grant, _post(grant, post), form, draft)
    except (actions.Refused, actions.Busy) as refused:
        return _edit(request, grant, now, form.refused(str(refused)), status=409)
    done = _("Saved. Readers have the new text.") if now.visible else _("Published again. Readers have it.")
    messages.success(request, done)
    return redirect(f"{_desk(grant)}#p-{post}")


def _post(grant: Grant, post: str) -> PostState:
    found = read.post(grant.id, post)
    if found is None:
        raise Http404
    return found


def _body_at(grant: Grant, post: PostState, seq: int | None) -> body.Doc:
    """Return the body that somebody began to edit, for the ids of its blocks."""
    if seq is None or seq >= post.content_seq:
        return post.body
    found = post.body
    for fact in read.revisions(grant.id, post.id):
        if fact.seq <= seq and isinstance(fact.event, PostWords):
            found = fact.event.body
    return found


def _edit(
    request: HttpRequest,
    grant: Grant,
    post: PostState,
    form: PostForm,
    *,
    shown: SafeString | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = PublishedPost.objects.filter(blog=grant.id, post=post.id, visible=True)
    row = rows.values_list("history", flat=True).first()
    history = mark_safe(bytes(row).decode()) if row else ""  # noqa: S308 -- render's own, as readers have it
    context = page(grant, form=form, post=post, preview=shown, history=history)
    return render(request, "desk/edit.html", context, status=status)


def _conflict(request: HttpRequest, grant: Grant, now: PostState, form: PostForm, draft: Draft) -> HttpResponse:
    """Show what is there now beside what was typed. The form comes back on top of the newer text: saving it now is a
    decision that somebody has made with both before them."""
    theirs = preview(grant, draft_of(now), now)
    yours = preview(grant, draft, now)
    form = PostForm(
        title=form.title,
        kind=form.kind,
        bylines=form.bylines,
        minor=form.minor,
        reason=form.reason,
        once=form.once,
        based_on=now.last_seq,
        fieldsets=form.fieldsets,
    )
    context = page(grant, form=form, post=now, theirs=theirs, yours=yours)
    return render(request, "desk/conflict.html", context, status=409)


@_WRITE
@signed_in
def withdraw(request: HttpRequest, slug: str, post: str) -> HttpResponse:
    """Take a post back, after saying what that means and asking why."""
    done = _("Withdrawn. No reader is sent its words any more; the desk keeps them.")
    grant = grant_for(request, slug, to=Verb.PUBLISH)
    return _after_asking(request, grant, post, actions.withdraw_post, "desk/withdraw.html", done=done)


@_WRITE
@signed_in
def erase(request: HttpRequest, slug: str, post: str) -> HttpResponse:
    """Delete a post's words for good, after saying what that means and asking why."""
    grant = grant_for(request, slug, to=Verb.OWN)
    done = lazy(_erased, str)()  # what is left where is known when it has happened
    return _after_asking(request, grant, post, actions.erase_post, "desk/erase.html", done=done)


def _erased() -> str:
    if owed_since() is None:
        return _("Erased: gone from the log and the database's files. A backup made before holds the words still.")
    return _(
        "Erased: gone from every page and from the log. The words are being scrubbed from the database's files, where "
        "somebody is reading what was there before; a backup made before holds them still."
    )


def _after_asking(
    request: HttpRequest, grant: Grant, post: str, verb: Callable[..., object], template: str, *, done: str
) -> HttpResponse:
    now = _post(grant, post)
    form = Reasoning(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        attempt(request, done, lambda: verb(grant.id, by=asker(request), post=post, reason=reason))
        return redirect(_desk(grant))
    context = page(grant, form=form, post=now, preview=preview(grant, draft_of(now), now))
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
@signed_in
def change(request: HttpRequest, slug: str, post: str) -> HttpResponse:
    """Pin, unpin, restore, or say what a post is: a button each."""
    grant = grant_for(request, slug, to=Verb.PUBLISH)
    name = called(grant, _post(grant, post))
    by = asker(request)
    match request.POST.get("do", ""):
        case "pin":
            attempt(request, _pinned(grant, name), lambda: actions.pin_post(grant.id, by=by, post=post))
        case "unpin":
            done = _("{post} is no longer pinned.").format(post=name)
            attempt(request, done, lambda: actions.unpin_post(grant.id, by=by, post=post))
        case "restore":
            done = _("{post} is published again, as it was.").format(post=name)
            attempt(request, done, lambda: actions.restore_post(grant.id, by=by, post=post))
        case kind if kind in set(PostKind):
            new = PostKind(kind)
            done = str(_NOW[new]).format(post=name)
            attempt(request, done, lambda: actions.set_kind(grant.id, by=by, post=post, kind=new))
        case _:
            messages.error(request, _("That button is not known here. Nothing was changed."))
    return redirect(f"{_desk(grant)}#p-{post}")


_NOW = {
    PostKind.UPDATE: gettext_lazy("{post} is now a plain update."),
    PostKind.KEY_EVENT: gettext_lazy("{post} is now a key event."),
    PostKind.SUMMARY: gettext_lazy("{post} is now a summary."),
}


def _pinned(grant: Grant, name: str) -> str:
    before = pinned(grant)
    if not before:
        return _("{post} is pinned.").format(post=name)
    return _("{post} is pinned; {before} no longer is.").format(post=name, before=before)
