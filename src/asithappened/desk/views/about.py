"""A live blog's settings: what it is about, its address, its audience, who covers it, what belongs to it.

Owns one page of several forms; `do` says which was sent, and only that one is read. The others come back as they are.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from asithappened.accounts.gate import Grant, Verb
from asithappened.core.events import Audience
from asithappened.desk import actions
from asithappened.desk.forms import blog as forms
from asithappened.desk.views.asking import asker, attempt, based_on, grant_for, page, signed_in, suggestions

_MOVED = gettext_lazy(
    "Somebody else changed this while you were at it. What it says now stands under “As it is now”; what you typed is "
    "still in the fields. Saving again puts yours in its place."
)

_SAVED = {
    "describe": gettext_lazy("Saved: headline, standfirst, tags, language and zone. Readers have them."),
    "rename": gettext_lazy("Saved: the new address. The former one leads on to it."),
    "audience": gettext_lazy("Saved: who may read it."),
    "on": gettext_lazy("{name} is on. Readers see it."),
    "related": gettext_lazy("Saved: related coverage. Readers have it."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and change a live blog's settings."""
    grant = grant_for(request, slug, to=Verb.DESCRIBE)
    each = _forms(grant)
    status = 200
    if request.method == "POST":
        name = request.POST.get("do", "")
        form = _sent(request, grant, name)
        if form is None:
            messages.error(request, _("That button is not known here. Nothing was changed."))
            return redirect("desk:settings", grant.state.slug)
        if form.is_valid() and _changed(request, grant, name, form):
            messages.success(request, str(_SAVED[name]).format(name=form.cleaned_data.get("name", "")))
            new = grant_for(request, slug, to=Verb.DESCRIBE).state.slug
            return redirect("desk:settings", new)
        each[name] = form
        status = 422
    context = page(grant, forms=each, **suggestions())
    return render(request, "desk/settings.html", context, status=status)


def _forms(grant: Grant) -> dict[str, Form]:
    blog = grant.state
    described = {
        "title": blog.title,
        "standfirst": blog.standfirst,
        "language": blog.language,
        "zone": blog.zone,
        "tags": blog.tags,
    }
    return {
        "describe": forms.Described(initial=described, prefix="describe"),
        "rename": forms.Renaming(initial={"slug": blog.slug}, prefix="rename"),
        "audience": forms.AudienceForm(initial={"audience": blog.audience}, prefix="audience"),
        "on": forms.Naming(prefix="on"),
        "related": forms.RelatedForm(initial={"items": forms.related_lines(blog.related)}, prefix="related"),
    }


def _sent(request: HttpRequest, grant: Grant, name: str) -> Form | None:
    match name:
        case "describe":
            return forms.Described(request.POST, prefix=name)
        case "rename":
            return forms.Renaming(request.POST, prefix=name)
        case "audience":
            return forms.AudienceForm(request.POST, prefix=name)
        case "on":
            return forms.Naming(request.POST, prefix=name)
        case "related":
            return forms.RelatedForm(request.POST, prefix=name, old=grant.state.related)
        case _:
            return None


def _changed(request: HttpRequest, grant: Grant, name: str, form: Form) -> bool:
    by, typed = asker(request), form.cleaned_data
    if name in {"rename", "audience"} and not grant.may(Verb.OWN):
        raise PermissionDenied
    try:
        match name:
            case "describe":
                actions.describe_blog(grant.id, by=by, based_on=based_on(request, grant), **_described(typed))
            case "rename":
                actions.rename_blog(grant.id, by=by, slug=typed["slug"])
            case "audience":
                actions.set_audience(grant.id, by=by, audience=Audience(typed["audience"]))
            case "on":
                actions.contributor_on(grant.id, by=by, name=typed["name"])
            case _:
                actions.set_related(grant.id, by=by, items=typed["items"], based_on=based_on(request, grant))
    except (actions.Refused, actions.Busy) as refused:
        form.add_error(None, str(refused))
        return False
    except actions.Moved:
        form.add_error(None, _MOVED)
        return False
    return True


def _described(typed: dict[str, Any]) -> dict[str, Any]:
    return {name: typed[name] for name in ("title", "standfirst", "language", "zone", "tags")}


@require_POST
@signed_in
def contributor(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that somebody is on again, or has handed over."""
    grant = grant_for(request, slug, to=Verb.DESCRIBE)
    by, name = asker(request), request.POST.get("name", "")
    if request.POST.get("do") == "off":
        done = _("{name} has handed over.").format(name=name)
        attempt(request, done, lambda: actions.contributor_off(grant.id, by=by, name=name))
    else:
        done = _("{name} is on.").format(name=name)
        attempt(request, done, lambda: actions.contributor_on(grant.id, by=by, name=name))
    return redirect("desk:settings", grant.state.slug)
