"""Drawing a card when somebody asks for one that is not on the disk yet.

Owns that it is drawn once, however many ask, and one at a time. Delivery has asked who may have it, sends on here what
is not on the disk (`Behind`: of strangers one at a time, each address in turn), and gives what then is.
"""

from pathlib import Path
from threading import Lock
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from asithappened.core.events import POST, SERIES, STATEMENT, THE_BLOG, Subject
from asithappened.log import read
from asithappened.media.cards import files
from asithappened.media.cards.current import Current, current
from asithappened.media.cards.drawing import draw
from asithappened.media.store import Missing, store

WAIT_S: Final = 5.0  # for others' cards; a person who is signed in has a thread for no longer
_DRAWING: Final = Lock()


@require_safe
def card(request: HttpRequest, slug: str, version: str, name: str = "", about: str = POST) -> HttpResponse:
    """Have a card on the disk, and answer 204: it is there. 404 where readers have no such page at this version."""
    del request
    blog, of = read.blog_id(slug), Subject(about, name) if name else THE_BLOG
    if blog is None or about not in (POST, STATEMENT, SERIES) or _wanted(blog, of, version) is None:
        return _said(404, "There is no such card.")
    if not _DRAWING.acquire(timeout=WAIT_S):
        return _said(503, "Other cards are being drawn. Ask again in a moment.")
    try:
        there = _have(blog, of, version)
    finally:
        _DRAWING.release()
    return HttpResponse(status=204) if there else _said(404, "There is no such card.")


def _have(blog: int, of: Subject, version: str) -> bool:
    at = files.path(blog, of, version)
    if at.is_file():
        return True
    wanted = _wanted(blog, of, version)
    if wanted is None:
        return False
    files.keep(at, draw(wanted.card, wanted.words, _find))
    if _wanted(blog, of, version) is None:
        # Taken back while it was drawn: whoever clears up after that may have come before this file.
        at.unlink(missing_ok=True)
        return False
    return True


def _wanted(blog: int, of: Subject, version: str) -> Current | None:
    now = current(blog, of, settings.SITE_NAME)
    return now if now is not None and now.version == version else None


def _find(media: str, name: str) -> Path | None:
    """Return where a file of a picture lies; None if it is not to be had."""
    try:
        return store().fetch(media, name)
    except Missing:
        return None


def _said(status: int, words: str) -> HttpResponse:
    answer = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    if status == 503:
        answer["Retry-After"] = "2"
    return answer
