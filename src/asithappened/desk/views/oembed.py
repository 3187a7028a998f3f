"""oEmbed 1.0, as JSON or XML: what another site may embed, given the address of one of our pages.

Owns which addresses get an answer: those of public live blogs and of their posts, under the installation's own address.
Every other address gets a 404, so that nobody learns what is hidden. A live blog that no site may frame is answered
with a link. Look next: embed_code.py.
"""

import re
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from asithappened.accounts import attempts
from asithappened.core.state import BlogState, PostState
from asithappened.desk import embed_code
from asithappened.log import read
from asithappened.render.edition import edition_of
from asithappened.render.headline import headline
from asithappened.render.words import called

OF_A_NETWORK: Final = 120  # in a window of ten minutes: a site asks once for each page that it shows
IN_ALL: Final = 1_200
LEAST: Final = 200  # pixels of width or height; nothing can be read in less
_PATH: Final = re.compile(r"/live/([a-z0-9]+(?:-[a-z0-9]+)*)/?(?:p/([A-Za-z0-9_-]{1,64})/?)?(?:[?#].*)?")


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer an oEmbed request."""
    format_ = request.GET.get("format") or "json"
    if format_ not in {"json", "xml"}:
        return _said(501, "There is oEmbed as JSON and as XML.")
    network = attempts.network_of(request)
    if not (attempts.count(f"oembed {network}", OF_A_NETWORK) and attempts.count("oembed", IN_ALL)):
        answer = _said(429, "Too many addresses were asked about. Ask again in ten minutes.")
        answer["Retry-After"] = "600"
        return answer
    found = _found(request.GET.get("url", "")[:2_000])
    if found is None:
        return _said(404, "This address is no live blog of ours.")
    data = _data(*found, width=_most(request, "maxwidth"), height=_most(request, "maxheight"))
    answer = _xml(data) if format_ == "xml" else JsonResponse(data)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _found(url: str) -> tuple[BlogState, PostState | None] | None:
    path = _PATH.fullmatch(url.removeprefix(settings.PUBLIC_URL)) if url.startswith(settings.PUBLIC_URL) else None
    found = read.found(path[1]) if path else None
    if path is None or found is None:
        return None
    blog, state = found
    if not state.public:
        return None
    if not path[2]:
        return state, None
    post = read.post(blog, path[2])
    return (state, post) if post is not None and post.visible else None


def _data(blog: BlogState, post: PostState | None, *, width: int, height: int) -> dict[str, Any]:
    edition = edition_of(blog)
    with edition.speaking():
        title = headline(blog) if post is None else called(post, edition)
    data: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": title,
        "provider_name": settings.SITE_NAME,
        "provider_url": settings.PUBLIC_URL,
        "cache_age": 300,
    }
    if post is not None and post.bylines:
        data["author_name"] = ", ".join(post.bylines)
    if not (blog.embedders or settings.EMBEDDERS):
        return data
    width, height = min(width, embed_code.WIDTH), min(height, embed_code.HEIGHT)
    code = embed_code.frame(
        settings.PUBLIC_URL, blog.slug, title, post=post.id if post else "", width=str(width), height=height
    )
    return data | {"type": "rich", "html": code, "width": width, "height": height}


def _most(request: HttpRequest, name: str) -> int:
    """Return `maxwidth` or `maxheight`, at least LEAST; if it was not given, or is no number, it bounds nothing."""
    given = request.GET.get(name, "")
    return max(LEAST, int(given)) if given.isascii() and given.isdigit() and len(given) < 6 else 100_000


def _xml(data: dict[str, Any]) -> HttpResponse:
    fields = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in data.items())
    words = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{fields}</oembed>\n'
    return HttpResponse(words, content_type="text/xml; charset=utf-8")


def _said(status: int, words: str) -> HttpResponse:
    answer = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer
