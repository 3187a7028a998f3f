"""New epochs: seqs of a new epoch are another log to readers and followers of the old one.

Owns giving them, in the log and in the published tables together. Called after a database was put back.
"""

import secrets

from django.db import transaction

from asithappened.log.models import Blog
from asithappened.published import write


def new_epoch() -> str:
    """Return the name of an epoch that no other has."""
    return secrets.token_hex(4)


def begin_anew() -> list[int]:
    """Give every blog a new epoch, all at once; readers are told to begin again. Returns their ids."""
    with transaction.atomic(durable=True):
        blogs = list(Blog.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
        for blog in blogs:
            epoch = new_epoch()
            Blog.objects.filter(pk=blog).update(epoch=epoch)
            write.begin_anew(blog, epoch=epoch)
    return blogs
