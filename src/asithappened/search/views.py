"""The pages of readers' search: in one live blog, and in all of the house.

Owns the permission: everybody may search public live blogs; any other answers as if it did not exist. The cost of a
search is bounded in finding.py and, as for every page that Django makes for strangers, in delivery/behind.py.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from asithappened.core.state import BlogState
from asithappened.log import read
from asithappened.render.edition import Edition, edition_of
from asithappened.render.search import Shown, search_page
from asithappened.search.finding import TooLong
from asithappened.search.results import Asking, Results, asking, look


@require_safe
def in_the_house(request: HttpRequest) -> HttpResponse:
    """Show what is found in all live blogs."""
    edition = Edition(slug="", language=settings.LANGUAGE_CODE, zone="UTC")
    return _answer(edition, asking(request.GET), None, None)


@require_safe
def in_a_live_blog(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is found in one live blog."""
    found = read.found(slug)
    if found is None or not found[1].listed:
        raise Http404
    id_, blog = found
    what = asking(request.GET)
    if slug != blog.slug:
        return HttpResponseRedirect(f"{edition_of(blog).search_path}?{what.query}")
    return _answer(edition_of(blog), what, id_, blog)


def _answer(edition: Edition, what: Asking, id_: int | None, blog: BlogState | None) -> HttpResponse:
    status = 200
    try:
        results = look(what, blog=id_)
    except TooLong:
        results, status = Results(wanted=()), 503
    shown = Shown(
        typed=what.typed,
        best=what.best,
        key_events=what.key_events,
        wanted=results.wanted,
        items=[(item.blog, item.post, item.page) for item in results.items],
        older=results.older.query if results.older else "",
        first=Asking(typed=what.typed, best=what.best, key_events=what.key_events).query if what.after else "",
        too_long=status == 503,
    )
    answer = HttpResponse(search_page(edition, blog, shown, site=settings.SITE_NAME), status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
