"""One live blog's desk: the composer on top, below it the posts as readers see them, beside it what else to do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from asithappened.accounts import tickets
from asithappened.accounts.gate import Grant, Verb
from asithappened.core.events import Audience, PostKind
from asithappened.core.state import PostState
from asithappened.desk.draft import draft_of
from asithappened.desk.forms import post as post_form
from asithappened.desk.models import Act, Submission
from asithappened.desk.views import notes
from asithappened.desk.views.asking import asker, grant_for, page, signed_in
from asithappened.desk.views.posts import preview
from asithappened.log import read
from asithappened.published.models import PublishedPost

PAGE: Final = 30  # posts: as many as fit a few screens; a whole day is some forty


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A post on the desk: its state, and the bytes that its readers have (None if they have none).

    `words`: of a withdrawn post, as its readers had them. `notes`: how many of the desk's about it wait.
    """

    post: PostState
    fragment: SafeString | None
    words: SafeString | None
    pinned: bool
    notes: int = 0


@require_safe
@signed_in
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the desk of one live blog."""
    grant = grant_for(request, slug, to=Verb.READ_DESK)
    user = asker(request)
    show = request.GET.get("show", "all")
    posts = _posts(grant, show, _order(request.GET.get("before", "")))
    more = posts[PAGE - 1].order if len(posts) > PAGE else None
    context = page(
        grant,
        form=post_form.blank(user.byline),
        shown=shown(grant, posts[:PAGE]),
        show=show if show in _FILTERS else "all",
        filters=_FILTERS,
        before=f"{more[0]}-{more[1]}" if more else "",
        acts=Act.objects.filter(blog_id=grant.id).select_related("user").order_by("-at", "-pk")[:8],
        mine=Submission.objects.filter(blog_id=grant.id, author=user).exclude(state="approved").order_by("-changed_at"),
    )
    return render(request, "desk/desk.html", context)


_FILTERS: Final = ("all", "key_events", "summaries", "withdrawn")


def _posts(grant: Grant, show: str, before: tuple[int, int] | None) -> Sequence[PostState]:
    match show:
        case "key_events":
            return read.posts(grant.id, newest=PAGE + 1, before=before, kind=PostKind.KEY_EVENT)
        case "summaries":
            return read.posts(grant.id, newest=PAGE + 1, before=before, kind=PostKind.SUMMARY)
        case "withdrawn":
            return read.posts(grant.id, newest=PAGE + 1, before=before, visible=False)
        case _:
            return read.posts(grant.id, newest=PAGE + 1, before=before, visible=None)


def _order(raw: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d{1,17})-(\d{1,17})", raw)
    return (int(found[1]), int(found[2])) if found else None


def shown(grant: Grant, posts: Sequence[PostState]) -> list[Shown]:
    """Return posts with the bytes that readers have: the same, not the like."""
    rows = PublishedPost.objects.filter(blog=grant.id, post__in=[post.id for post in posts], visible=True)
    fragments = {post: bytes(fragment).decode() for post, fragment in rows.values_list("post", "fragment")}
    noted = notes.waiting_by_post(grant.id, [post.id for post in posts])
    return [
        Shown(
            post=post,
            # render's own finished and sanitised bytes, as delivery sends them
            fragment=mark_safe(fragments[post.id]) if post.id in fragments else None,  # noqa: S308
            words=preview(grant, draft_of(post), post) if post.withdrawn else None,
            pinned=grant.state.pinned == post.id,
            notes=noted.get(post.id, 0),
        )
        for post in posts
    ]


@require_safe
@signed_in
def as_readers(request: HttpRequest, slug: str) -> HttpResponse:
    """Go to the reader's page; with a ticket in hand where it is not everyone's."""
    grant = grant_for(request, slug, to=Verb.READ_DESK)
    if grant.state.audience is Audience.NOBODY:
        messages.info(request, _("Nobody may read it yet. Choose “Members” in its settings to see its page."))
        return redirect("desk:desk", grant.state.slug)
    path = f"/live/{grant.state.slug}/"
    if grant.state.audience is not Audience.EVERYONE:
        path += f"enter?ticket={tickets.issue(grant.id, asker(request).pk)}"
    return redirect(path)
