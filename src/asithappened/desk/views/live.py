"""One live blog's desk: the composer, the timeline beside it, and the tabs of what waits.

Owns the page around them. Look next: `rows` for the timeline, `tabs` for the tabs, `frontend/desk` for what the script
does on this page.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from asithappened.accounts import tickets
from asithappened.accounts.gate import Verb
from asithappened.core.events import Audience
from asithappened.desk.forms import post as post_form
from asithappened.desk.views import rows, tabs
from asithappened.desk.views.asking import asker, grant_for, page, signed_in
from asithappened.desk.views.standing import standing
from asithappened.published.models import PublishedBlog


@require_safe
@signed_in
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the desk of one live blog, or the part of it that an open screen asks for again.

    `part=frame`: the frame with the live blog's name and state. `part=composer`: the composer for new posts.
    """
    grant, user = grant_for(request, slug, to=Verb.READ_DESK), asker(request)
    part, form = request.GET.get("part"), post_form.blank(user.byline)
    if part == "composer":
        return render(request, "desk/parts/composer_room.html", page(grant, form=form))
    chosen, listed = tabs.chosen(grant, request.GET.get("tab", "")), tabs.shown(grant, user)
    if part == "frame":
        frame = page(grant, tabs=listed, chosen=chosen, **standing(grant, user))
        return render(request, "desk/parts/frame.html", frame)
    context = page(
        grant,
        form=form,
        tabs=listed,
        chosen=chosen,
        **standing(grant, user),
        panel=tabs.panel(request, grant, chosen),
        rendering=PublishedBlog.objects.values_list("render", flat=True).filter(pk=grant.id).first(),
        **rows.timeline(grant, request.GET),
    )
    return render(request, "desk/desk.html", context)


@require_safe
@signed_in
def as_readers(request: HttpRequest, slug: str) -> HttpResponse:
    """Redirect to the reader's page; with a ticket, if the live blog is not for everyone."""
    grant = grant_for(request, slug, to=Verb.READ_DESK)
    if grant.state.audience is Audience.NOBODY:
        messages.info(request, _("Nobody may read it yet. Choose “Members” in its settings to see its page."))
        return redirect("desk:desk", grant.state.slug)
    path = f"/live/{grant.state.slug}/"
    if not grant.state.everyones:
        path += f"enter?ticket={tickets.issue(grant.id, asker(request).pk)}"
    return redirect(path)
