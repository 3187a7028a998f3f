"""Which posts mention which files, in any of their revisions whose words are still in the log.

Owns asking it, and asking for the job that lets go of files whose mention was erased. The rows are written by following
the log (consume.py).
"""

from collections.abc import Collection, Iterable
from typing import Final

from asithappened.jobs.put import put
from asithappened.media.models import Mention
from asithappened.published.ringing import ring

LET_GO: Final = "media.let_go"  # the kind of the job


def has(blog: int, post: str, id_: str) -> bool:
    """Say whether some revision of a post shows a file."""
    return Mention.objects.filter(blog=blog, post=post, media=id_).exists()


def mentioned(ids: Collection[str]) -> set[str]:
    """Return those of these files that some post mentions."""
    return set(Mention.objects.filter(media__in=list(ids)).values_list("media", flat=True))


def erased(ids: Iterable[str], *, blog: int, seq: int) -> None:
    """Have files let go of, if nothing else mentions them, after the fact that erased a mention. In its transaction."""
    gone = sorted(set(ids))
    for id_ in gone:
        put(LET_GO, key=f"{id_}-{blog}-{seq}", payload={"media": id_})
    if gone:
        ring(0, 0)  # the worker looks at once
