"""What readers ask of a poll: to vote, and how it stands.

Owns who is kept out: other sites' pages, and an address that has voted. No cookie is read or given. A poll can be found
as long as its post is readers', in a live blog that is everyone's; no answer may be kept, so none outlives a
withdrawal. Look next: `counting`, `render.poll`, frontend/reader/polls.ts.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from asithappened.accounts import attempts
from asithappened.core import body
from asithappened.core.body.poll import counted
from asithappened.core.events import Audience
from asithappened.core.state import BlogState, Status
from asithappened.log import read
from asithappened.polls import counting
from asithappened.render.poll import Told, poll_page, poll_part


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, slug: str, post: str, poll: str) -> HttpResponse:
    """Take a vote, or say how a poll stands: as a page, or with `?part` as what an open page puts in."""
    blog, state, block = _found(slug, post, poll)
    told: Told = ""
    if request.method == "POST":
        _from_us(request)
        option = request.POST.get("option", "")
        if block.attrs.closed or option not in {one.attrs.id for one in block.content}:
            return _answer(request, blog, state, post, block, told="", status=409)
        network = attempts.network_of(request)
        done = counting.vote(blog, post=post, poll=poll, option=option, network=network)
        told = "counted" if done else "before"
    return _answer(request, blog, state, post, block, told=told, status=429 if told == "before" else 200)


def _found(slug: str, post: str, poll: str) -> tuple[int, BlogState, body.Poll]:
    found = read.found(slug)
    if found is None or found[1].audience is not Audience.EVERYONE or found[1].status is Status.GONE:
        raise Http404
    now = read.post(found[0], post)
    if now is None or not now.visible:
        raise Http404
    for block in now.body.content:
        if isinstance(block, body.Poll) and block.attrs.id == poll:
            return *found, block
    raise Http404


def _from_us(request: HttpRequest) -> None:
    """Raise PermissionDenied for what a page of another site sent: its readers did not mean to vote."""
    ours = (f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS)
    if request.headers.get("Origin") not in ours:
        raise PermissionDenied


def _answer(
    request: HttpRequest, blog: int, state: BlogState, post: str, block: body.Poll, *, told: Told, status: int
) -> HttpResponse:
    if not block.attrs.closed:
        block = counted(block, counting.votes(blog, post=post, poll=block.attrs.id))
    if "part" in request.GET:
        html = poll_part(state, block, told=told)
    else:
        html = poll_page(state, block, post=post, site=settings.SITE_NAME, told=told)
    answer = HttpResponse(html, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
