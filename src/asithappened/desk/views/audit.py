"""Who did what: a page of one live blog for its owner, a page of all for site admins, and both as CSV.

Look next: `desk.audit` for the filters.
"""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.core.state import BlogState, PostState
from asithappened.desk import audit
from asithappened.desk.act_names import SAID
from asithappened.desk.models import Act
from asithappened.desk.views.asking import asker, grant_for, page, signed_in
from asithappened.log import read
from asithappened.render.words import label_of


@require_safe
@signed_in
def of_blog(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who did what on one live blog."""
    grant = grant_for(request, slug, to=Verb.OWN)
    here = reverse("desk:audit", args=[grant.state.slug])
    return render(request, "desk/audit.html", page(grant, **_shown(request, grant.id, grant.state.zone, here)))


@require_safe
@signed_in
def of_all(request: HttpRequest) -> HttpResponse:
    """Show who did what on every live blog."""
    gate.check_may_administer(asker(request))
    return render(request, "desk/audit_all.html", _shown(request, None, "UTC", reverse("desk:audit_all")))


@require_safe
@signed_in
def blog_table(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Return the audit of one live blog as CSV: all of it, not one page."""
    grant = grant_for(request, slug, to=Verb.OWN)
    return _table(request, grant.id, grant.state.zone, grant.state.slug)


@require_safe
@signed_in
def whole_table(request: HttpRequest) -> HttpResponseBase:
    """Return the audit of every live blog as CSV."""
    gate.check_may_administer(asker(request))
    return _table(request, None, "UTC", "all")


def _shown(request: HttpRequest, blog: int | None, zone: str, here: str) -> dict[str, Any]:
    wanted = audit.asked(request.GET)
    found = audit.acts(blog, wanted, zone=zone)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    acts = list(found[: audit.PAGE + 1])
    listed = acts[: audit.PAGE]
    return {
        "rows": _rows(listed),
        "older": listed[-1].pk if len(acts) > audit.PAGE else "",
        "asked": wanted,
        "people": audit.people(blog),
        "verbs": sorted(((verb, str(said)) for verb, said in SAID.items()), key=lambda one: one[1].casefold()),
        "zone": zone,
        "here": here,
    }


def _rows(acts: list[Act]) -> list[dict[str, Any]]:
    """Return acts with the live blogs and the headlines of the posts that they are about."""
    blogs: dict[int, BlogState] = {id_: read.blog(id_) for id_ in {act.blog_id for act in acts if act.blog_id}}
    posts = {
        blog: read.posts_by_id(blog, [act.about for act in acts if act.blog_id == blog and act.first]) for blog in blogs
    }
    return [_row(act, blogs.get(act.blog_id or 0), posts.get(act.blog_id or 0, {}).get(act.about)) for act in acts]


def _row(act: Act, blog: BlogState | None, post: PostState | None) -> dict[str, Any]:
    called = label_of(post, blog.language, 80) if blog and post else ""
    return {"act": act, "blog": blog, "post": post, "called": called}


def _table(request: HttpRequest, blog: int | None, zone: str, name: str) -> HttpResponseBase:
    found = audit.acts(blog, audit.asked(request.GET), zone=zone)
    answer = StreamingHttpResponse(audit.table(found), content_type="text/csv; charset=utf-8; header=present")
    answer["Content-Disposition"] = f'attachment; filename="audit-{name}-{datetime.now(UTC):%Y%m%d-%H%M}.csv"'
    return answer
