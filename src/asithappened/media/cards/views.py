"""Draws a card that a request asks for and that is not on the disk yet.

Cards are drawn one at a time, and each once, however many requests come. Delivery checks the permission, passes a
request on if the card is not on the disk (`Behind`: strangers' one at a time, each address in turn), and then serves
the file.
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

WAIT_S: Final = 5.0  # for other cards; so long a request of a signed-in person may occupy a thread
_DRAWING: Final = Lock()


@require_safe
def card(request: HttpRequest, slug: str, version: str, name: str = "", about: str = POST) -> HttpResponse:
    """Ensure that a card is on the disk; answer 204, or 404 if readers have no such page at this version."""
    del request
    blog, of = read.blog_id(slug), Subject(about, name) if name else THE_BLOG
    if blog is None or about not in (POST, STATEMENT, SERIES) or _wanted(blog, of, version) is None:
        return _answer(404, "There is no such card.")
    if not _DRAWING.acquire(timeout=WAIT_S):
        return _answer(503, "Other cards are being drawn. Ask again in a moment.")
    try:
        there = _ensure(blog, of, version)
    finally:
        _DRAWING.release()
    return HttpResponse(status=204) if there else _answer(404, "There is no such card.")


def _ensure(blog: int, of: Subject, version: str) -> bool:
    at = files.path(blog, of, version)
    if at.is_file():
        return True
    wanted = _wanted(blog, of, version)
    if wanted is None:
        return False
    files.keep(at, draw(wanted.card, wanted.words, _find))
    if _wanted(blog, of, version) is None:
        # Withdrawn while it was drawn: its follower may have deleted cards before this file was written.
        at.unlink(missing_ok=True)
        return False
    return True


def _wanted(blog: int, of: Subject, version: str) -> Current | None:
    now = current(blog, of, settings.SITE_NAME)
    return now if now is not None and now.version == version else None


def _find(media: str, name: str) -> Path | None:
    """Return the path of a picture's file; None if it is missing."""
    try:
        return store().fetch(media, name)
    except Missing:
        return None


def _answer(status: int, words: str) -> HttpResponse:
    answer = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    if status == 503:
        answer["Retry-After"] = "2"
    return answer
