"""Merging two people's edits of one post, block by block: the original, theirs, mine.

Owns which blocks correspond (those of one id), the default choice, and the order: that of the person who moved
blocks, with a block that only the other has after the same block as there. Nobody's words are dropped unless somebody
chose so.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from asithappened.core import body
from asithappened.core.events import PostKind
from asithappened.desk.draft import Draft

MINE: Final = "mine"
THEIRS: Final = "theirs"
BOTH: Final = "both"
# Prefix of the names of fields, so that they differ from every block's id.
TITLE: Final = ":title"
KIND: Final = ":kind"
BYLINES: Final = ":bylines"

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Met(Generic[T]):
    """A block or field in three versions. `name`: the block's id, or the field's name. None: a version lacks it."""

    name: str
    began: T | None
    theirs: T | None
    mine: T | None

    @property
    def agreed(self) -> bool:
        """Whether there is nothing to choose."""
        return self.theirs == self.mine

    @property
    def usual(self) -> str:
        """The default choice: the version that was changed; if both were, both."""
        if self.mine == self.began:
            return THEIRS
        return MINE if self.theirs == self.began else BOTH


def fields(*, began: Draft, theirs: Draft, mine: Draft) -> tuple[Met[str], Met[PostKind], Met[tuple[str, ...]]]:
    """Return headline, kind and bylines in their three versions."""
    return (
        Met(name=TITLE, began=began.title, theirs=theirs.title, mine=mine.title),
        Met(name=KIND, began=began.kind, theirs=theirs.kind, mine=mine.kind),
        Met(name=BYLINES, began=began.bylines, theirs=theirs.bylines, mine=mine.bylines),
    )


def blocks(*, began: body.Doc, theirs: body.Doc, mine: body.Doc) -> list[Met[body.Block]]:
    """Return every block that either of the two has, in the merged order."""
    known = {block.attrs.id: block for block in began.content}
    there = {block.attrs.id: block for block in theirs.content}
    here = {block.attrs.id: block for block in mine.content}
    return [
        Met(name=id_, began=known.get(id_), theirs=there.get(id_), mine=here.get(id_))
        for id_ in (_order(list(here), list(there)) if _moved(known, here) else _order(list(there), list(here)))
    ]


def _moved(known: Collection[str], here: Collection[str]) -> bool:
    return [id_ for id_ in here if id_ in known] != [id_ for id_ in known if id_ in here]


def _order(first: list[str], second: list[str]) -> list[str]:
    order = list(first)
    at = 0  # after the block that precedes it in the second
    for id_ in second:
        if id_ in order:
            at = order.index(id_) + 1
        else:
            order.insert(at, id_)
            at += 1
    return order


def merged(*, began: Draft, theirs: Draft, mine: Draft, take: Mapping[str, str]) -> Draft:
    """Return the merged draft. `take`: MINE, THEIRS or BOTH, by the name of the block or field."""
    title, kind, bylines = fields(began=began, theirs=theirs, mine=mine)
    met = blocks(began=began.body, theirs=theirs.body, mine=mine.body)
    return Draft(
        title=" / ".join(words for words in _taken(title, take) if words),
        body=_with_own_ids(body.Doc(content=tuple(block for one in met for block in _taken(one, take)))),
        kind=_taken(kind, take)[-1],
        bylines=tuple(dict.fromkeys(name for names in _taken(bylines, take) for name in names)),
        graphic=theirs.graphic if mine.graphic == began.graphic else mine.graphic,
    )


def _taken(met: Met[T], take: Mapping[str, str]) -> list[T]:
    """Return the chosen versions of a block or field: none, one, or both with theirs first."""
    if met.agreed:
        versions = [met.mine]
    else:
        match take.get(met.name, ""):
            case "mine":
                versions = [met.mine]
            case "theirs":
                versions = [met.theirs]
            case "both":
                versions = [met.theirs, met.mine]
            case _:
                return _taken(met, {met.name: met.usual})
    return [version for version in versions if version is not None]


def _with_own_ids(doc: body.Doc) -> body.Doc:
    """Return a document in which every id is unique: their block keeps its id, and mine is a new block."""
    return body.with_ids(doc, seed="met")
