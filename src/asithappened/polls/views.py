"""What readers ask of a poll: to vote, and how it stands.

Owns who is kept out: other sites' pages, and an address that has voted. No cookie is given, nor read of whoever asks
about what is everyone's. A poll can be found as long as its post is readers'; no answer may be kept, so none outlives a
withdrawal. In a rehearsal its members see what a vote looks like, and none is kept: the count begins with the readers.
Look next: `counting`, `render.poll`, frontend/reader/polls.ts.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from asithappened.accounts import attempts, gate
from asithappened.accounts.from_us import is_from_us
from asithappened.accounts.gate import Verb
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
    blog, state, block = _found(request, slug, post, poll)
    rehearsed = not state.everyones
    told: Told = ""
    option = ""
    if request.method == "POST":
        if not is_from_us(request):
            raise PermissionDenied  # other sites' readers did not mean to vote
        option = request.POST.get("option", "")
        if block.attrs.closed or option not in {one.attrs.id for one in block.content}:
            return _answer(request, state, post, _standing(blog, post, block, rehearsed), told="", status=409)
        if rehearsed:
            told = "rehearsed"
        else:
            network = attempts.network_of(request)
            done = counting.vote(blog, post=post, poll=poll, option=option, network=network)
            told = "counted" if done else "before"
    block = _standing(blog, post, block, rehearsed, shown=option)
    return _answer(request, state, post, block, told=told, status=429 if told == "before" else 200)


def _found(request: HttpRequest, slug: str, post: str, poll: str) -> tuple[int, BlogState, body.Poll]:
    found = read.found(slug)
    if found is None or not found[1].everyones:
        # Who asks is looked up whether there is such a live blog or not: the answers are the same in every header.
        known = request.user.is_authenticated
        if not known or found is None or found[1].audience is Audience.NOBODY:
            raise Http404
        gate.check(request.user, found[0], Verb.READ_DESK)
    if found[1].status is Status.GONE:
        raise Http404
    now = read.post(found[0], post)
    if now is None or not now.visible:
        raise Http404
    for block in now.body.content:
        if isinstance(block, body.Poll) and block.attrs.id == poll:
            return *found, block
    raise Http404


def _standing(blog: int, post: str, block: body.Poll, rehearsed: bool, *, shown: str = "") -> body.Poll:
    """Return a poll with its votes; in a rehearsal with the one that is `shown` to whoever gave it."""
    if block.attrs.closed:
        return block
    if rehearsed:
        return counted(block, {shown: 1} if shown else {})
    return counted(block, counting.votes(blog, post=post, poll=block.attrs.id))


def _answer(
    request: HttpRequest, state: BlogState, post: str, block: body.Poll, *, told: Told, status: int
) -> HttpResponse:
    if "part" in request.GET:
        html = poll_part(state, block, told=told)
    else:
        html = poll_page(state, block, post=post, site=settings.SITE_NAME, told=told)
    answer = HttpResponse(html, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
