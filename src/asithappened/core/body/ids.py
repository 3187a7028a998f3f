"""The ids of blocks: a block keeps the id that it had in the earlier version, and a new block is given one.

Owns how the blocks of two versions are matched, by type and text. Look next: core/alignment.py for the pairing.
"""

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from asithappened.core.alignment import aligned
from asithappened.core.body.checks import check_size
from asithappened.core.body.nodes import AnyBlock, Doc
from asithappened.core.body.walking import children_of
from asithappened.core.body.words import joined_text


@dataclass(frozen=True, slots=True)
class _Known:
    """A block as it is compared: its type and text. `id`: "" for none yet."""

    type: str
    text: str
    id: str

    @property
    def key(self) -> str:
        """The same for two blocks of the same type and text."""
        return f"{self.type}\0{self.text}"


def with_ids(doc: Doc, *, seed: str, old: Doc | None = None) -> Doc:
    """Give every block an id: its own if it has one, that of the same block in `old`, or one made of seed and content.

    A block that nobody changed keeps its id wherever it was moved, and so does a paragraph with a mended typo.
    Deterministic: the same arguments give the same ids. Raises BodyError for more than a body may hold.
    """
    check_size(doc)
    ids = iter(_ids_of(_known(doc), _known(old) if old else [], seed=seed))
    return Doc(content=tuple(_renamed(block, ids) for block in doc.content))


def _known(doc: Doc) -> list[_Known]:
    """Return the blocks as they are compared, outer before inner; each text is joined only once."""
    out: list[_Known] = []

    def add(block: AnyBlock) -> str:
        at = len(out)
        out.append(_Known("", "", ""))
        words = joined_text(block, [add(child) for child in children_of(block)])
        out[at] = _Known(type(block).__name__, words, block.attrs.id)
        return words

    for block in doc.content:
        add(block)
    return out


def _renamed(block: Any, ids: Iterator[str]) -> Any:
    attrs = replace(block.attrs, id=next(ids))
    inner = children_of(block)
    if not inner:
        return replace(block, attrs=attrs)
    return replace(block, attrs=attrs, content=tuple(_renamed(child, ids) for child in inner))


def _ids_of(new: Sequence[_Known], old: Sequence[_Known], *, seed: str) -> list[str]:
    """Return an id for each block: its own, that of the same block in `old`, or one made of seed and content."""
    ids = list(_own(new))
    taken = set(filter(None, ids))
    for now, was in _inherited(new, ids, old):
        if not ids[now] and old[was].id and old[was].id not in taken:
            ids[now] = old[was].id
            taken.add(ids[now])
    attempts: dict[str, int] = defaultdict(int)  # distinguishes equal blocks; all lower numbers are taken
    for number, block in enumerate(new):
        while not ids[number]:
            key = block.key
            made = hashlib.blake2s(f"{seed}\0{key}\0{attempts[key]}".encode(), digest_size=5).hexdigest()
            attempts[key] += 1
            if made not in taken:
                ids[number] = made
                taken.add(made)
    return ids


def _own(blocks: Sequence[_Known]) -> Iterator[str]:
    """Yield the blocks' own ids; an editor that copies a block copies its id, and the first keeps it."""
    seen: set[str] = set()
    for block in blocks:
        yield "" if block.id in seen else block.id
        seen.add(block.id)


def _inherited(new: Sequence[_Known], ids: Sequence[str], old: Sequence[_Known]) -> Iterator[tuple[int, int]]:
    """Yield (new, old) indexes of the same block; one that has an id of `old` already is paired with that one.

    Equal type and text first, wherever a block was moved; then, between two of these pairs, by order and type, so that
    a paragraph with a mended typo keeps its id.
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
