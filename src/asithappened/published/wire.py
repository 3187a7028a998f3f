"""What goes over the wire to the followers of a live blog: the shapes of the stream, of head.json and of segments.

Owns the names of all that a client reads. Press makes frames of them, delivery the rest; docs/delivery.md and
frontend/reader/wire.ts are printed from here (described.py). A name is never given another meaning, and a client skips
what it does not know: a field, an operation, an event. Plain Python.
"""

from collections.abc import Collection
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
from msgspec import Meta, Raw, Struct


def _says(description: str) -> Meta:
    return Meta(description=description)


Epoch = Annotated[str, _says("Which log. Numbers of another log mean other events")]
Render = Annotated[int, _says("Which rendering. HTML of another one does not fit to this one's")]
Generation = Annotated[int, _says("Rises when something was taken back: nothing that was kept before is to be shown")]
StatusName: TypeAlias = Literal["live", "closed", "gone"]
Status = Annotated[StatusName, _says("Whether it is followed by a stream, by polls, or no more")]
PostId = Annotated[str, _says("The post. Its element is `#p-ID`")]


class Put(Struct, frozen=True, tag_field="op", tag="put"):
    """A post is there, or is another now: insert it, or replace the element of its id.

    Its place is by `data-o`, two numbers, newest first. It replaces the post's slot too: what is said in it follows.
    """

    post: PostId
    html: Annotated[str, _says("The post, one element whose slot (`.annotations`) is empty")]


class Drop(Struct, frozen=True, tag_field="op", tag="drop"):
    """A post is not there any more, and nothing of it may be shown."""

    post: PostId


class Annotate(Struct, frozen=True, tag_field="op", tag="annotate", omit_defaults=True):
    """What something that happened later says in the slot of a post, below its words: an annotation.

    Each that says something has one there. Without `html` it says nothing there any more; without `post` neither, on
    any post. A page that has not got the post has nothing to do.
    """

    by: Annotated[str, _says("What says it: the annotation that this one replaces has the same `data-by`")]
    post: PostId = ""
    html: Annotated[str, _says("The annotation, one element. Its place is by `data-n`, a number, lowest first")] = ""


Op: TypeAlias = Put | Drop | Annotate
"""What a frame does, by its `op`, in order. One that a client does not know it skips."""


class Frame(Struct, frozen=True, omit_defaults=True):
    """What one event does to posts. One without operations only counts; one that was taken back has only its `s`."""

    s: Annotated[int, _says("The event's number. There is no gap: the next is one more")]
    t: Annotated[str, _says("When it was appended: UTC, milliseconds")] = ""
    k: Annotated[str, _says("Its kind (docs/log.md)")] = ""
    ops: Annotated[tuple[Op, ...], _says("What it does, in this order")] = ()


FrameJson = Annotated[Raw, Frame]
"""A frame as it is stored, which goes out as it is."""


class Part(Struct, frozen=True):
    """A piece of the page as it stands now: it replaces what is inside of `[data-part=NAME]`, if it is newer."""

    n: Annotated[str, _says("Its name. A client that has no place for it skips it")]
    s: Annotated[
        int, _says("The event that it last changed with: one that is not newer than what is shown changes nothing")
    ]
    h: Annotated[str, _says("Its HTML; empty where there is nothing to show")]


class Hello(Struct, frozen=True):
    """Where the log stands as a stream begins; as `reset`, where everything begins again."""

    epoch: Epoch
    head: Annotated[int, _says("The newest event. Those up to it are fetched, those after it come")]
    g: Generation
    r: Render


class Head(Struct, frozen=True):
    """The newest events, all parts, and where the others are."""

    epoch: Epoch
    head: Annotated[int, _says("The newest event")]
    g: Generation
    r: Render
    status: Status
    poll: Annotated[int, _says("Seconds until a client without a stream asks again")]
    segment: Annotated[int, _says("Events of a segment: number N holds those from N × this + 1 to (N + 1) × this")]
    segments: Annotated[
        tuple[int, ...],
        _says("The generation of each segment that is full, N the Nth: it is `log/EPOCH/N-GENERATION.json`"),
    ]
    frames: Annotated[tuple[FrameJson, ...], _says("The events after the last full segment, in order")]
    parts: Annotated[tuple[Part, ...], _says("Every part of the page that lives")]


class Segment(Struct, frozen=True):
    """Events of the log, as many as a segment has."""

    epoch: Epoch
    n: Annotated[int, _says("Its number, 0 the oldest")]
    g: Generation
    frames: Annotated[tuple[FrameJson, ...], _says("Its events, in order")]


SHAPES: Final[tuple[type[Struct], ...]] = (Hello, Frame, Put, Drop, Annotate, Part, Head, Segment)
"""All that a client reads, as it meets them."""

# The events of a stream. A frame has no name of its own: to an EventSource it is a `message`.
HELLO: Final = b"hello"
RESET: Final = b"reset"
PART: Final = b"part"
BEAT: Final = b"beat"

_ENCODER: Final = msgspec.json.Encoder()
_FRAME: Final = msgspec.json.Decoder(Frame)


def encode(shape: Struct) -> bytes:
    """Return a shape as one line of JSON, its fields in their order and nothing between them."""
    return _ENCODER.encode(shape)


def without_annotations(frame: bytes, *, by: Collection[str], posts: Collection[str]) -> bytes:
    """Return a frame without what these say in any post's slot, and without all that is said in these posts' slots."""
    read = _FRAME.decode(frame)
    left = tuple(op for op in read.ops if not isinstance(op, Annotate) or not (op.by in by or op.post in posts))
    return frame if left == read.ops else encode(msgspec.structs.replace(read, ops=left))
