"""Which posts mention which files, in any revision whose words are still in the log.

Owns those queries, and enqueuing the job that deletes files whose mention was erased. consume.py writes the rows.
"""

from collections.abc import Collection, Iterable
from typing import Final

from asithappened.jobs.put import put
from asithappened.media.models import Mention
from asithappened.published.ringing import ring

LET_GO: Final = "media.let_go"  # the kind of the job


def has(blog: int, post: str, id_: str) -> bool:
    """Return whether a revision of a post shows a file."""
    return Mention.objects.filter(blog=blog, post=post, media=id_).exists()


def mentioned(ids: Collection[str]) -> set[str]:
    """Return those of these files that a post mentions."""
    return set(Mention.objects.filter(media__in=list(ids)).values_list("media", flat=True))


def queue_deletion(ids: Iterable[str], *, blog: int, seq: int) -> None:
    """Enqueue the jobs that delete files if nothing else mentions them. `seq`: the fact that erased the mention.

    Called in the transaction that deletes the mention.
    """
    gone = sorted(set(ids))
    for id_ in gone:
        put(LET_GO, key=f"{id_}-{blog}-{seq}", payload={"media": id_})
    if gone:
        ring(0, 0)  # the worker looks at once
