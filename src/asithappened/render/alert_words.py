"""The words of alerts in the live blog's language: suggested texts, and the button that stops alerts; and their path.

A suggestion contains only words of the published post.
"""

from django.utils.translation import gettext as _

from asithappened.core.limits import ALERT_CHARS
from asithappened.core.state import PostState
from asithappened.render.edition import Edition
from asithappened.render.words import called, shorten


def path(slug: str) -> str:
    """Return the path where a device subscribes to a live blog's alerts, and unsubscribes."""
    return f"/alerts/live/{slug}/"


def of_event(post: PostState, edition: Edition) -> str:
    """Return the suggested text of a key event's alert: its headline."""
    with edition.speaking():
        return shorten(called(post, edition), ALERT_CHARS)


def of_correction(post: PostState, edition: Edition) -> str:
    """Return the suggested text of an alert's correction: its post's headline now, or that it was taken back."""
    with edition.speaking():
        if not post.visible:
            return _("We have taken back an earlier alert")
        return _correction(called(post, edition))


def corrected(text: str, edition: Edition) -> str:
    """Return an alert's corrected text, marked as a correction."""
    with edition.speaking():
        return text if text.startswith(_correction("").strip()) else _correction(text)


def _correction(headline: str) -> str:
    return shorten(_("Correction: %(headline)s") % {"headline": headline}, ALERT_CHARS)


def stop(edition: Edition) -> str:
    """Return the label of the button that stops a live blog's alerts."""
    with edition.speaking():
        return _("Stop these alerts")
