"""The newsroom's front page: its public live blogs, the running ones first.

Owns one page that readers see; the live blogs themselves are delivery's.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from asithappened.core.events import Audience
from asithappened.core.state import Status
from asithappened.log import read


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the live blogs that are everyone's."""
    blogs = [state for _, state in read.blogs(audience=Audience.EVERYONE)]
    context = {
        "live": [blog for blog in blogs if blog.status is Status.LIVE],
        "closed": [blog for blog in blogs if blog.status is Status.CLOSED],
    }
    return render(request, "desk/front.html", context)
