"""Which block of an earlier version a block is, and the id that is made for one that is new.

Owns the inheritance of ids, over blocks as their types and texts. Look next: `body.with_ids`, the door to it, and
alignment.py for the pairing.
"""

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from asithappened.core.alignment import aligned


@dataclass(frozen=True, slots=True)
class Known:
    """What a block is known by: its type, its text, and its id ("" for none yet)."""

    type: str
    text: str
    id: str

    @property
    def key(self) -> str:
        """Type and text: what equal blocks have in common."""
        return f"{self.type}\0{self.text}"


def ids_of(new: Sequence[Known], old: Sequence[Known], *, seed: str) -> list[str]:
    """Return an id for each block: its own, that of the same block in `old`, or one made of seed and content."""
    ids = list(_own(new))
    taken = set(filter(None, ids))
    for now, was in _inherited(new, ids, old):
        if not ids[now] and old[was].id and old[was].id not in taken:
            ids[now] = old[was].id
            taken.add(ids[now])
    attempts: dict[str, int] = defaultdict(int)  # equal blocks differ in this; those below are all taken
    for number, block in enumerate(new):
        while not ids[number]:
            key = block.key
            made = hashlib.blake2s(f"{seed}\0{key}\0{attempts[key]}".encode(), digest_size=5).hexdigest()
            attempts[key] += 1
            if made not in taken:
                ids[number] = made
                taken.add(made)
    return ids


def _own(blocks: Sequence[Known]) -> Iterator[str]:
    """Yield the blocks' own ids; an editor that copies a block copies its id, and the first keeps it."""
    seen: set[str] = set()
    for block in blocks:
        yield "" if block.id in seen else block.id
        seen.add(block.id)


def _inherited(new: Sequence[Known], ids: Sequence[str], old: Sequence[Known]) -> Iterator[tuple[int, int]]:
    """Yield (new, old) places of blocks that are the same; one that has its id already holds its place.

    Equal type and text first, wherever a block was moved; then, between two that are found, by order and type: so a
    paragraph with a mended typo keeps its id.
    """
    both = set(filter(None, ids)) & {block.id for block in old}
    found = aligned(
        [("id", block.id) if block.id in both else ("key", block.key) for block in old],
        [("id", id_) if id_ in both else ("key", block.key) for id_, block in zip(ids, new, strict=True)],
    )
    yield from found.pairs.items()
    for olds, news in found.gaps:
        waiting: dict[str, deque[int]] = defaultdict(deque)
        for was in olds:
            waiting[old[was].type].append(was)
        for now in news:
            if not ids[now] and waiting[new[now].type]:
                yield now, waiting[new[now].type].popleft()
