"""Who is given a ticket to a live blog that is not everyone's.

Owns their lifetime and the way to their key. The form of a ticket, and checking one, are `published.tickets`, which
delivery uses without Django. Never asks who may: the caller has been through the gate.
"""

import time
from typing import Final

from django.conf import settings

from asithappened.accounts.models import User
from asithappened.published.tickets import key_in, sign

# Delivery cannot ask whether somebody is still a member, so this is how long a removed one can go on reading.
TICKET_S: Final = 2 * 60 * 60


def issue(blog_id: int, user: User) -> str:
    """Return a ticket with which delivery shows this person the live blog, for two hours."""
    return sign(key_in(settings.TICKET_KEY_FILE), blog_id, int(time.time()) + TICKET_S, str(user.pk))
