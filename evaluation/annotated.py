"""Annotations: the lines of the annotators' files as values.

Owns the form of `annotations/*.jsonl`: a line for each post, with its text's hash and its half (people who write rules
read `tune` and never `held`); for repetitions a line for each live blog. Offsets are code points in the post's text.
"""

from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

Half = Literal["tune", "held"]
PARTS: tuple[Half, ...] = ("tune", "held")
Span = tuple[int, int]


class Speaker(Struct, frozen=True):
    """Where the person whom "he" means is named."""

    post: int
    start: int
    end: int


class Attribution(Struct, frozen=True):
    """Somebody's words: what was said, by whom as printed and by name, and what makes it an attribution."""

    content: list[Span]
    source: Span | None = None
    speaker: Speaker | None = None
    cue: Span | None = None
    cue_class: str | None = None
    channel: str | None = None
    quote: str | None = None


class Relay(Struct, frozen=True):
    """An outlet on whose word the blog has a statement. `attribution`: the statement's index in the post's list."""

    outlet: Span
    mode: str
    attribution: int | None = None


class Hedge(Struct, frozen=True):
    """Words that say how sure the text is."""

    span: Span
    hedge: str


class Figure(Struct, frozen=True):
    """A number: the words with modifier and unit, the number alone, and what it counts."""

    span: Span
    number: Span
    value: float
    figure: str = "count"
    low: float | None = None
    high: float | None = None
    modifier: str | None = None
    unit: str | None = None
    counted: Span | None = None
    outcome: str | None = None


class Place(Struct, frozen=True):
    """A place and its role."""

    span: Span
    role: str


class Revision(Struct, frozen=True):
    """A figure of which the text itself says that it has moved."""

    new: Span
    old_value: float
    new_value: float
    old: Span | None = None


class There(Struct, frozen=True):
    """A further post that has the words."""

    other_post: int
    other: Span


class Pair(Struct, frozen=True):
    """Words that are in two posts. `also`: further posts, older still, that have them."""

    post: int
    span: Span
    other_post: int
    other: Span
    relation: str = "restates"
    also: list[There] = []


class Said(Struct, frozen=True):
    """A line of attributions.jsonl. None: nobody read the post for that kind."""

    blog: str
    post: int
    sha256: str
    part: Half
    attributions: list[Attribution] | None = None
    relays: list[Relay] | None = None
    hedges: list[Hedge] | None = None


class Counted(Struct, frozen=True):
    """A line of figures.jsonl. None: nobody read the post for that kind."""

    blog: str
    post: int
    sha256: str
    part: Half
    figures: list[Figure] | None = None
    places: list[Place] | None = None
    revisions: list[Revision] | None = None


class Repeated(Struct, frozen=True):
    """A line of repetitions.jsonl. `doubtful`: pairs that count neither way."""

    blog: str
    part: Half
    pairs: list[Pair] = []
    doubtful: list[Pair] = []


class Wrong(Exception):
    """Annotations that cannot be used: the message names file and line."""


_T = TypeVar("_T", Said, Counted, Repeated)


def lines(folder: Path, name: str, line_is: type[_T]) -> list[_T]:
    """Return the lines of a file of annotations, none if there is no such file. Raises Wrong."""
    path, found = folder / f"{name}.jsonl", []
    if not path.is_file():
        return []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=line_is))
            except msgspec.DecodeError as error:
                raise Wrong(f"{path}:{number}: {error}") from error
    return found
