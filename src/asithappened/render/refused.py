"""The pages with which delivery refuses a request, by the name of its reason.

Owns their words. They are bare, without our style sheet and script, because a machine that is overloaded need not be
asked for more. Look next: delivery/refusals.py, which has the reasons.
"""

from django.utils.translation import gettext as _

from asithappened.render.edition import Edition, spoken
from asithappened.render.engine import fill


def pages(language: str) -> dict[str, bytes]:
    """Return all of them in a language."""
    edition = Edition(slug="", language=spoken(language), zone="UTC")
    with edition.speaking():
        return {
            name: fill("page_refused.html", edition, {"title": title, "advice": advice}).encode()
            for name, (title, advice) in _words().items()
        }


def _words() -> dict[str, tuple[str, str]]:
    """Return the title and the advice of each."""
    again = _("Try again in a few seconds.")
    sent = _("If you were sending something, it was not saved: it is still in your browser. Go back and send it again.")
    parts = _("Nothing was saved: what you typed is still in your browser. Go back and send it in parts.")
    return {
        "unreadable": (_("This could not be read as a request"), ""),
        "head_large": (_("The address and headers are too long"), ""),
        "head_slow": (_("The request did not arrive whole"), sent),
        "body_large": (_("This is more than can be sent here at once"), parts),
        "body_slow": (_("The request did not arrive whole"), sent),
        "bodies_full": (_("Too much is arriving here at the moment"), f"{again} {sent}"),
        "crowd": (_("Too many requests come from your network at the moment"), f"{again} {sent}"),
        "full": (_("Too many people are here at the moment"), f"{again} {sent}"),
        "busy": (_("Too many requests at once"), f"{again} {sent}"),
        "failed": (_("Something here failed"), again),
        "unreadable_files": (_("The newsroom’s files cannot be read at the moment"), again),
        "made_anew": (_("This page is being made anew"), again),
    }
