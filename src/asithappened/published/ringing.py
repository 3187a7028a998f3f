"""Having everyone told that something changed for readers, on this machine and on the others, once it is committed.

Owns when it is said; doorbell.py and machines.py own how.
"""

from django.conf import settings
from django.db import connection, transaction

from asithappened.published import doorbell, machines


def ring(blog: int, head: int) -> None:
    """Tell everyone that a blog's head has moved, as soon as that is committed; nobody, if it is not.

    `blog` 0: something else changed than one blog.
    """
    folder = settings.DOORBELLS
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [machines.CHANNEL, machines.sentence(folder, blog, head)])
    transaction.on_commit(lambda: doorbell.ring(folder, blog, head))
