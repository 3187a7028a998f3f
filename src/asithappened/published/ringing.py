"""Rings the doorbells of all machines when a change is committed. Look next: doorbell.py, machines.py."""

from django.conf import settings
from django.db import connection, transaction

from asithappened.published import doorbell, machines


def ring(blog: int, head: int) -> None:
    """When the transaction commits, ring that a blog's head has moved; if it is rolled back, do nothing.

    `blog` 0: something other than a blog changed.
    """
    folder = settings.DOORBELLS
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [machines.CHANNEL, machines.sentence(folder, blog, head)])
    transaction.on_commit(lambda: doorbell.ring(folder, blog, head))
