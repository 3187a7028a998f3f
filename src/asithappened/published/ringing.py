"""Ringing the doorbells of all machines once a change is committed.

Owns when they ring; doorbell.py and machines.py own how.
"""

from django.conf import settings
from django.db import connection, transaction

from asithappened.published import doorbell, machines


def ring(blog: int, head: int) -> None:
    """Ring that a blog's head has moved when the transaction commits; not at all if it is rolled back.

    `blog` 0: something other than a blog changed.
    """
    folder = settings.DOORBELLS
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [machines.CHANNEL, machines.sentence(folder, blog, head)])
    transaction.on_commit(lambda: doorbell.ring(folder, blog, head))
