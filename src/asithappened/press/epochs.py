"""New epochs, by which readers and followers know that seqs belong to another log.

Owns assigning them, in the log and in the published tables together. Called after a database was restored.
"""

import secrets

from django.db import transaction

from asithappened.log.models import Blog
from asithappened.published import write


def new_epoch() -> str:
    """Return a new random epoch."""
    return secrets.token_hex(4)


def begin_anew() -> list[int]:
    """Give every blog a new epoch, in one transaction; open pages get a reset. Returns the blogs' ids."""
    with transaction.atomic(durable=True):
        blogs = list(Blog.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
        for blog in blogs:
            epoch = new_epoch()
            Blog.objects.filter(pk=blog).update(epoch=epoch)
            write.begin_anew(blog, epoch=epoch)
    return blogs
