"""The messages that readers' clients get: those of the stream, head.json and segments.

Owns every name that a client reads. Press makes frames, delivery the rest; docs/delivery.md and frontend/reader/wire.ts
are printed from here (described.py). A name never changes its meaning, and a client skips what it does not know: a
field, an operation, an event. Plain Python.
"""

from collections.abc import Collection
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
from msgspec import Meta, Raw, Struct


def _says(description: str) -> Meta:
    return Meta(description=description)


Epoch = Annotated[str, _says("The log. In another log the same number is another event")]
Render = Annotated[int, _says("The rendering. HTML of two renderings must not be mixed")]
Generation = Annotated[int, _says("Rises when something was taken back. Never show what was stored under a lower one")]
StatusName: TypeAlias = Literal["live", "closed", "gone"]
Status = Annotated[StatusName, _says("`live`: follow it by a stream; `closed`: by polls; `gone`: no more")]
PostId = Annotated[str, _says("The post. Its element is `#p-ID`")]


class Put(Struct, frozen=True, tag_field="op", tag="put"):
    """A post is new or has changed: insert it, or replace the element with its id.

    Posts are ordered by `data-o`, two numbers, newest first. The post's slot is replaced too; its annotations follow in
    the same frame.
    """

    post: PostId
    html: Annotated[str, _says("The post: one element with an empty slot (`.annotations`)")]


class Drop(Struct, frozen=True, tag_field="op", tag="drop"):
    """A post was taken back: remove it. Nothing of it may be shown."""

    post: PostId


class Annotate(Struct, frozen=True, tag_field="op", tag="annotate", omit_defaults=True):
    """An annotation, by which a later event says something of a post: put it into the post's slot, below the body.

    A slot has one annotation of each `by`. Without `html`, remove it from this post; without `post` too, from every
    post. A page without the post skips it.
    """

    by: Annotated[str, _says("The annotation's subject. It replaces the annotation with the same `data-by`")]
    post: PostId = ""
    html: Annotated[str, _says("The annotation, one element. A slot orders them by `data-n`, lowest first")] = ""


Op: TypeAlias = Put | Drop | Annotate
"""An operation of a frame, by its `op`. A client skips one that it does not know."""


class Frame(Struct, frozen=True, omit_defaults=True):
    """One event, and what it changes on the page. Without operations it only counts; if taken back, it has only `s`."""

    s: Annotated[int, _says("The event's number. Numbers have no gaps: the next is one more")]
    t: Annotated[str, _says("When it was appended: UTC, milliseconds")] = ""
    k: Annotated[str, _says("Its kind (docs/log.md)")] = ""
    ops: Annotated[tuple[Op, ...], _says("The changes, to apply in this order")] = ()


FrameJson = Annotated[Raw, Frame]
"""A stored frame, which is sent unchanged."""


class Part(Struct, frozen=True):
    """The present state of a part of the page: it replaces the contents of `[data-part=NAME]`, if it is newer."""

    n: Annotated[str, _says("Its name. A client without this part skips it")]
    s: Annotated[int, _says("The event with which it last changed. Skip it unless that is newer than what is shown")]
    h: Annotated[str, _says("Its HTML; empty if there is nothing to show")]


class Hello(Struct, frozen=True):
    """The state of the log when a stream begins. As `reset`: fetch the page again and start from it."""

    epoch: Epoch
    head: Annotated[int, _says("The newest event. Fetch those up to it; the stream brings those after it")]
    g: Generation
    r: Render


class Head(Struct, frozen=True):
    """The newest events, all parts, and the addresses of the segments with the other events."""

    epoch: Epoch
    head: Annotated[int, _says("The newest event")]
    g: Generation
    r: Render
    status: Status
    poll: Annotated[int, _says("Seconds until a client without a stream asks again")]
    segment: Annotated[int, _says("Events in a segment: segment N has those from N × this + 1 to (N + 1) × this")]
    segments: Annotated[
        tuple[int, ...],
        _says("The generation of each full segment, by its number N, for its address `log/EPOCH/N-GENERATION.json`"),
    ]
    frames: Annotated[tuple[FrameJson, ...], _says("The events after the last full segment, in order")]
    parts: Annotated[tuple[Part, ...], _says("Every part of the page")]


class Segment(Struct, frozen=True):
    """A fixed number of events of the log."""

    epoch: Epoch
    n: Annotated[int, _says("Its number, 0 the oldest")]
    g: Generation
    frames: Annotated[tuple[FrameJson, ...], _says("Its events, in order")]


SHAPES: Final[tuple[type[Struct], ...]] = (Hello, Frame, Put, Drop, Annotate, Part, Head, Segment)
"""All messages and their pieces, in the order of the documentation."""

# The events of a stream. A frame has no name of its own: to an EventSource it is a `message`.
HELLO: Final = b"hello"
RESET: Final = b"reset"
PART: Final = b"part"
BEAT: Final = b"beat"

_ENCODER: Final = msgspec.json.Encoder()
_FRAME: Final = msgspec.json.Decoder(Frame)


def encode(shape: Struct) -> bytes:
    """Return a message as one line of JSON without spaces, its fields in their order."""
    return _ENCODER.encode(shape)


def without_annotations(frame: bytes, *, by: Collection[str], posts: Collection[str]) -> bytes:
    """Return a frame without the annotations of these subjects, and without all annotations of these posts."""
    read = _FRAME.decode(frame)
    left = tuple(op for op in read.ops if not isinstance(op, Annotate) or not (op.by in by or op.post in posts))
    return frame if left == read.ops else encode(msgspec.structs.replace(read, ops=left))
