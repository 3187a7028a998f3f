"""Gives posts their positions if not all of their times are known.

A position is microseconds on the scale of Unix time. A known time is its own position, a post that is already here
keeps its position, and one without either is placed between its neighbours, so that a newer post is always higher.
"""

from itertools import groupby
from typing import Final

from asithappened.core.fold import microseconds
from asithappened.core.state import PostState
from asithappened.importers.found import FoundPost

# The distance of neighbours if no time is known: it can be halved thirty times for posts between two others, and four
# hundred thousand posts stay below today's time.
_APART: Final = 1 << 32
_MINUTE: Final = 60_000_000


def of(posts: list[FoundPost], known: dict[str, PostState]) -> list[int]:
    """Return a position for each post; posts oldest first."""
    fixed = [_fixed(post, known.get(post.id)) for post in posts]
    step = _MINUTE if any(post.published_at for post in posts) else _APART
    out: list[int] = []
    for free, run in groupby(range(len(posts)), key=lambda n: fixed[n] is None):
        numbers = list(run)
        if not free:
            out += [at for n in numbers if (at := fixed[n]) is not None]
            continue
        after = fixed[numbers[-1] + 1] if numbers[-1] + 1 < len(posts) else None
        before = out[-1] if out else None
        if before is None and after is None:  # no post of this file is here yet: all go above those that are
            before = max((one.position for one in known.values()), default=0)
        out += _between(before, after, len(numbers), step)
    return out


def _fixed(post: FoundPost, was: PostState | None) -> int | None:
    if was is not None and (was.published_at is not None or post.published_at is None):
        return was.position
    return microseconds(post.published_at) if post.published_at else None


def _between(low: int | None, high: int | None, number: int, step: int) -> list[int]:
    if high is None:
        return [(low or 0) + step * k for k in range(1, number + 1)]
    low = max(0, high - step * (number + 1)) if low is None else low
    # Without a free number between two neighbours posts share a position; the one appended later is then the newer.
    return [low + max(0, high - low) * k // (number + 1) for k in range(1, number + 1)]
