"""Looking up an address that somebody pasted: the composer asks, and shows what is there as a card or a post.

Owns how many addresses are looked up at once: each waits for another server, and publishing needs the same threads.
Look next: `media.links`.
"""

from threading import BoundedSemaphore
from typing import Annotated, Any, Final

import msgspec
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from asithappened.accounts.gate import Verb
from asithappened.core import limits
from asithappened.desk.forms.json_only import JsonOnly
from asithappened.desk.views.asking import grant_for
from asithappened.desk.views.flow import post_only
from asithappened.desk.views.screen import Button, Screen, Shown
from asithappened.media.links.lookup import look_up
from asithappened.outbound import Forbidden, Guard

AT_ONCE: Final = 2  # of the eight requests of the desk that delivery.turns lets run at once
_LOOKING: Final = BoundedSemaphore(AT_ONCE)


class Link(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An address."""

    url: Annotated[str, msgspec.Meta(max_length=limits.URL_CHARS)]


@post_only
def links(request: HttpRequest, slug: str) -> Screen:
    """Return what is at an address, as a block of a body."""
    grant_for(request, slug, to=Verb.READ_DESK)

    def answer(link: Link) -> Shown:
        return Shown(context={}, told=_looked_up(link.url))

    return Screen(
        buttons={"look": Button(reads=JsonOnly(shape=Link), verb=answer)}, default="look", back=f"/desk/live/{slug}/"
    )


def _looked_up(url: str) -> dict[str, Any]:
    if not _LOOKING.acquire(blocking=False):
        return {
            "block": None,
            "card": None,
            "unread": _("Other addresses are being looked up at the moment: try again."),
        }
    try:
        found = look_up(url, guard=Guard(settings.OUTBOUND_TO))
    except Forbidden as why:
        return {"block": None, "card": None, "unread": str(why)}
    finally:
        _LOOKING.release()
    block = None if found.block == found.card else msgspec.to_builtins(found.block)
    return {"block": block, "card": msgspec.to_builtins(found.card), "unread": found.unread}
