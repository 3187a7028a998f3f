"""The list of somebody's live blogs, and opening a new one."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from asithappened.accounts import gate
from asithappened.core.events import Audience
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.desk.forms import blog as forms
from asithappened.desk.views.asking import asker, signed_in, suggestions


@require_safe
@signed_in
def blogs(request: HttpRequest) -> HttpResponse:
    """Show every live blog that this person works on, the running ones first."""
    grants = gate.blogs_for(asker(request))
    context = {
        "live": [g for g in grants if g.state.status is Status.LIVE],
        "closed": [g for g in grants if g.state.status is not Status.LIVE],
        "may_open": gate.may_open(asker(request)),
    }
    return render(request, "desk/blogs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def open_blog(request: HttpRequest) -> HttpResponse:
    """Open a live blog."""
    user = asker(request)
    gate.check_may_open(user)
    if request.method != "POST":
        form = forms.Opening(initial={"once": secrets.token_hex(12)})
        return render(request, "desk/open.html", {"form": form, **suggestions()})
    form = forms.Opening(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            receipt = actions.open_blog(
                by=user,
                slug=typed["slug"],
                title=typed["title"],
                standfirst=typed["standfirst"],
                language=typed["language"],
                zone=typed["zone"],
                audience=Audience(typed["audience"]),
                tags=typed["tags"],
                once=f"open-{user.pk}-{typed['once']}",
            )
        except actions.Refused as refused:
            form.add_error("slug" if refused.refusal.code == "slug_taken" else None, str(refused))
        else:
            messages.success(request, _("Your live blog is open. Write its first post."))
            return redirect("desk:desk", receipt.slug)
    return render(request, "desk/open.html", {"form": form, **suggestions()}, status=422)
