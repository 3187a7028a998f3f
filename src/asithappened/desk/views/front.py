"""The newsroom's front page: its public live blogs, the running ones first.

Owns one page that readers see. A replay is no news and is not on it; the live blogs themselves are delivery's.
"""

from datetime import UTC, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from asithappened.core.events import Audience
from asithappened.core.state import Status
from asithappened.log import read
from asithappened.render.direction import direction

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the live blogs that are everyone's."""
    blogs = [state for _, state in read.blogs(audience=Audience.EVERYONE) if not state.replay]
    # By when it happened: an archive that was brought in today is not today's.
    blogs.sort(key=lambda state: state.opened_at or _LONG_AGO, reverse=True)
    context = {
        "live": [(blog, direction(blog.language)) for blog in blogs if blog.status is Status.LIVE],
        "closed": [(blog, direction(blog.language)) for blog in blogs if blog.status is Status.CLOSED],
    }
    return render(request, "desk/front.html", context)
