"""Bytes of media files, served by the desk: before they are published, and where delivery does not have the file.

Owns how bytes are served: nothing in them can run, no cache keeps them, and a long file comes in ranges of bounded
size. Delivery passes a request for a post's file on to here in two cases: a signed-in person asks for a file that is
not public, and the gate decides; or the file is public but not on this machine's disk, and is fetched from the store.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.core import body
from asithappened.core import media as names
from asithappened.delivery.behind import MAY_READ
from asithappened.log import read
from asithappened.media import mentions
from asithappened.media.models import Media
from asithappened.media.store import Missing, store

MOST_BYTES: Final = 4 * 1024 * 1024  # of a range: a player asks for as many ranges as a film needs
DIGEST_CHARS: Final = 8  # of a file's digest, in its address, so that another file has another address
_RANGE: Final = re.compile(r"bytes=([0-9]{1,15})-([0-9]{0,15})")


def of_a_post(request: HttpRequest, slug: str, post: str, medium: str, digest: str, name: str) -> HttpResponse:
    """Serve a file of a post: to readers, if delivery says that they may have it; otherwise to members of the blog."""
    return _of_a_blog(request, slug, medium, digest, name, lambda blog: _shown(blog, post, medium))


def of_a_contributor(request: HttpRequest, slug: str, medium: str, digest: str, name: str) -> HttpResponse:
    """Serve a contributor's picture, to the same people."""
    return _of_a_blog(request, slug, medium, digest, name, lambda blog: _portrayed(blog, medium))


def _of_a_blog(
    request: HttpRequest, slug: str, medium: str, digest: str, name: str, shown: Callable[[int], bool]
) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    row = Media.objects.filter(pk=medium, state=Media.State.READY).first()
    if row is None or row.digest[: len(digest)] != digest or len(digest) != DIGEST_CHARS:
        raise Http404
    if not getattr(request, "scope", {}).get("state", {}).get(MAY_READ):
        grant = gate.get_blog_for(request.user, slug, to=Verb.READ_DESK)
        if not shown(grant.id):
            raise Http404
    return given(request, medium, name)


def _shown(blog: int, post: str, medium: str) -> bool:
    there = read.post(blog, post)
    return there is not None and (medium in body.media_of(there.body) or mentions.has(blog, post, medium))


def _portrayed(blog: int, medium: str) -> bool:
    return any(one.picture is not None and one.picture.media == medium for one in read.blog(blog).contributors)


def given(request: HttpRequest, id_: str, name: str) -> HttpResponse:
    """Return a file, or the requested range of it. Raises Http404."""
    if not names.SERVED.fullmatch(name):
        raise Http404
    try:
        path = store().fetch(id_, name)
        answer = _bytes(path, request.headers.get("Range", ""))
    except (Missing, FileNotFoundError):
        raise Http404 from None
    answer["Content-Type"] = names.media_type(name)
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # it is compressed already; compressed again, a range would be wrong
    return answer


def _bytes(path: Path, asked: str) -> HttpResponse:
    size = path.stat().st_size
    found = _RANGE.fullmatch(asked)
    with path.open("rb") as file:
        if not found:
            return HttpResponse(file.read())
        first = int(found[1])
        last = min(int(found[2] or size), size - 1, first + MOST_BYTES - 1)
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        file.seek(first)
        piece = file.read(last + 1 - first)
    return HttpResponse(piece, status=206, headers={"Content-Range": f"bytes {first}-{last}/{size}"})
