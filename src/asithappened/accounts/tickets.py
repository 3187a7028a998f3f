"""Issues and revokes tickets to live blogs that are not everyone's.

`published.tickets`, which delivery uses without Django, owns a ticket's form and reading one. Never checks a
permission: the caller has asked the gate.
"""

import time

from django.conf import settings

from asithappened.published import write
from asithappened.published.tickets import EVERY_BLOG, GOOD_FOR_S, key_in, sign


def issue(blog_id: int, user_id: int) -> str:
    """Return a ticket with which delivery shows this person the live blog, for two hours."""
    # A ticket of the same second as a revoked one would count as revoked too.
    until = max(int(time.time()) + GOOD_FOR_S, write.revoked_until(blog_id, str(user_id)) + 1)
    return sign(key_in(settings.TICKET_KEY_FILE), blog_id, until, str(user_id))


def revoke(blog_id: int, user_id: int) -> None:
    """Revoke somebody's tickets to a live blog: its pages and streams end for them within a second."""
    write.revoke(blog_id, str(user_id))


def revoke_all(user_id: int) -> None:
    write.revoke(EVERY_BLOG, str(user_id))
