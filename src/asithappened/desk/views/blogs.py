"""The list of a person's live blogs, and opening a new one."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from asithappened.accounts import gate
from asithappened.core.events import Audience
from asithappened.core.state import Status
from asithappened.desk import actions, sample
from asithappened.desk.forms import blog as forms
from asithappened.desk.forms.reading import Fields
from asithappened.desk.views import receipts
from asithappened.desk.views.asking import asker, signed_in, suggestions
from asithappened.desk.views.flow import flow
from asithappened.desk.views.screen import Button, Done, Screen
from asithappened.desk.views.welcome import is_new


@require_safe
@signed_in
def blogs(request: HttpRequest) -> HttpResponse:
    """Show every live blog that this person works on, the running ones first."""
    user = asker(request)
    grants, new = gate.blogs_for(user), is_new(user)
    if new and not grants:
        return redirect("desk:welcome")
    context = {
        "live": [g for g in grants if g.state.status is Status.LIVE],
        "closed": [g for g in grants if g.state.status is not Status.LIVE],
        "may_open": gate.may_open(user),
        "may_administer": gate.may_administer(user),
        "new": new,
        "sample": sample.blogs() if gate.may_administer(user) else [],
    }
    return render(request, "desk/blogs.html", context)


@flow
def open_blog(request: HttpRequest) -> Screen:
    by = asker(request)
    gate.check_may_open(by)

    def open_(typed: dict[str, Any]) -> Done:
        receipt = actions.open_blog(
            by=by,
            slug=typed["slug"],
            title=typed["title"],
            standfirst=typed["standfirst"],
            language=typed["language"],
            zone=typed["zone"],
            audience=Audience(typed["audience"]),
            tags=typed["tags"],
            once=f"open-{by.pk}-{typed['once']}",
        )
        to = reverse("desk:desk", args=[receipt.slug])
        return Done(said=_("Your live blog is open. Write its first post."), to=to, receipt=receipts.of_blog(receipt))

    fields = Fields(made=forms.Opening, initial={"once": secrets.token_hex(12)})
    return Screen(
        template="desk/open.html",
        context=suggestions,
        buttons={"open": Button(reads=fields, verb=open_)},
        default="open",
        back=reverse("desk:blogs"),
    )
