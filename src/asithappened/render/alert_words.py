"""The words of alerts: what one says before an editor has changed it, the button that stops them; and where to ask.

Owns these words, in the live blog's language. Never says what a reader has not got: a suggestion is of a post as its
readers have it.
"""

from django.utils.translation import gettext as _

from asithappened.core.limits import ALERT_CHARS
from asithappened.core.state import PostState
from asithappened.render.edition import Edition
from asithappened.render.words import called, shorten


def path(slug: str) -> str:
    """Return where a device asks for a live blog's alerts, and stops them."""
    return f"/alerts/live/{slug}/"


def of_event(post: PostState, edition: Edition) -> str:
    """Return what the alert of a key event says: its headline."""
    with edition.speaking():
        return shorten(called(post, edition), ALERT_CHARS)


def of_correction(post: PostState, edition: Edition) -> str:
    """Return what the correction of an alert says: what its post says now, or that it was taken back."""
    with edition.speaking():
        if not post.visible:
            return _("We have taken back an earlier alert")
        return _correction(called(post, edition))


def corrected(text: str, edition: Edition) -> str:
    """Return an alert whose words were put right, said to be a correction."""
    with edition.speaking():
        return text if text.startswith(_correction("").strip()) else _correction(text)


def _correction(headline: str) -> str:
    return shorten(_("Correction: %(headline)s") % {"headline": headline}, ALERT_CHARS)


def stop(edition: Edition) -> str:
    """Return what the button says that stops a live blog's alerts."""
    with edition.speaking():
        return _("Stop these alerts")
