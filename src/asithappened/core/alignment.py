"""Aligning two sequences: the paragraphs of two versions of a post, the posts of two pages.

Owns the pairing of equal keys and the gaps between the pairs. The cost is O(n log n) for every input: people paste
texts of 64 KB, for which a diff that compares every pair takes 15 seconds.
"""

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """`pairs`: new index to old index, of equal keys. `gaps`: the old and new indexes left unpaired at one place."""

    pairs: dict[int, int]
    gaps: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> Alignment:
    """Pair equal keys: first those in the same order, then those that were moved.

    A key is paired as often as both sequences have it. In the same order are the equal beginning and end, and between
    them the longest increasing subsequence of the keys that occur once on each side, extended in both directions.
    """
    pairs: dict[int, int] = {}
    stretches = list(_stretches(old, new, pairs))
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for olds, news in stretches:  # first within its own stretch …
        waiting.clear()
        for was in olds:
            waiting[old[was]].append(was)
        for now in news:
            if waiting.get(new[now]):
                pairs[now] = waiting[new[now]].popleft()
    waiting.clear()
    used = set(pairs.values())
    for was, key in enumerate(old):  # … then anywhere
        if was not in used:
            waiting[key].append(was)
    for now, key in enumerate(new):
        if now not in pairs and waiting.get(key):
            pairs[now] = waiting[key].popleft()
    used = set(pairs.values())
    gaps = (
        (tuple(was for was in olds if was not in used), tuple(now for now in news if now not in pairs))
        for olds, news in stretches
    )
    return Alignment(pairs=pairs, gaps=tuple(gap for gap in gaps if all(gap)))


def _stretches(
    old: Sequence[Hashable], new: Sequence[Hashable], pairs: dict[int, int]
) -> Iterator[tuple[range, range]]:
    """Pair equal keys in the same order, and yield the stretches between them."""
    end_old, end_new = len(old), len(new)
    at_old, at_new = _grown(old, new, 0, 0, end_old, end_new, pairs)
    while end_old > at_old and end_new > at_new and old[end_old - 1] == new[end_new - 1]:
        end_old, end_new = end_old - 1, end_new - 1
        pairs[end_new] = end_old
    for was, now in [*_anchors(old, new, range(at_old, end_old), range(at_new, end_new)), (end_old, end_new)]:
        if was < at_old or now < at_new:  # already reached from the anchor before
            continue
        back_old, back_new = was, now
        while back_old > at_old and back_new > at_new and old[back_old - 1] == new[back_new - 1]:
            back_old, back_new = back_old - 1, back_new - 1
            pairs[back_new] = back_old
        yield range(at_old, back_old), range(at_new, back_new)
        at_old, at_new = _grown(old, new, was, now, end_old, end_new, pairs)


def _grown(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    was: int,
    now: int,
    end_old: int,
    end_new: int,
    pairs: dict[int, int],
) -> tuple[int, int]:
    """Pair equal keys from two indexes on; return the indexes of the first that differ."""
    while was < end_old and now < end_new and old[was] == new[now]:
        pairs[now] = was
        was, now = was + 1, now + 1
    return was, now


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], olds: range, news: range) -> Iterator[tuple[int, int]]:
    """Yield indexes of keys that occur once on each side: the longest increasing subsequence (patience sorting)."""
    times_old, times_new = Counter(old[n] for n in olds), Counter(new[n] for n in news)
    place = {old[was]: was for was in olds if times_old[old[was]] == 1}
    once = [(place[new[now]], now) for now in news if times_new[new[now]] == 1 and new[now] in place]
    yield from rising(once)


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence of pairs whose first numbers increase; the second ones increase already."""
    tops: list[int] = []  # the smallest first number that ends a subsequence of each length
    ends: list[int] = []
    before: list[int] = []
    for number, (first, _) in enumerate(pairs):
        length = bisect_left(tops, first)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [first]
        ends[length : length + 1] = [number]
    series: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        series.append(pairs[at])
        at = before[at]
    return series[::-1]


def in_order(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return (old, new) indexes of equal items that are in the same order in both."""
    pairs = aligned(old, new).pairs
    return rising([(pairs[now], now) for now in sorted(pairs)])
