"""Who is given a ticket to a live blog that is not everyone's, and whose are revoked.

Owns both acts and the way to the key. The form of a ticket, and reading one, are `published.tickets`, which delivery
uses without Django. Never asks who may: the caller has been through the gate.
"""

import time

from django.conf import settings

from asithappened.published import write
from asithappened.published.tickets import EVERY_BLOG, GOOD_FOR_S, key_in, sign


def issue(blog_id: int, user_id: int) -> str:
    """Return a ticket with which delivery shows this person the live blog, for two hours."""
    # Of the same second as one that was taken back, it would be taken for that one.
    until = max(int(time.time()) + GOOD_FOR_S, write.revoked_until(blog_id, str(user_id)) + 1)
    return sign(key_in(settings.TICKET_KEY_FILE), blog_id, until, str(user_id))


def revoke(blog_id: int, user_id: int) -> None:
    """Revoke somebody's tickets to a live blog: its pages and streams end for them within a second."""
    write.revoke(blog_id, str(user_id))


def revoke_all(user_id: int) -> None:
    """Revoke all of somebody's tickets."""
    write.revoke(EVERY_BLOG, str(user_id))
