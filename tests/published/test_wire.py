"""The wire is what published/wire.py says: in bytes, in the reader's types, and in the document."""

import pytest
from msgspec import Raw

from asithappened.published import wire

PUT = wire.Put(post="a1", html="<article></article>")
NOTE = wire.Annotate(by="figure:f1", post="a1", html="<div></div>")


@pytest.mark.parametrize(
    ("shape", "line"),
    [
        (wire.Hello(epoch="e", head=97, g=1, r=0), b'{"epoch":"e","head":97,"g":1,"r":0}'),
        (wire.Frame(s=2), b'{"s":2}'),
        (
            wire.Frame(s=2, t="T", k="post.published", ops=(PUT, wire.Drop(post="b"))),
            b'{"s":2,"t":"T","k":"post.published","ops":'
            b'[{"op":"put","post":"a1","html":"<article></article>"},{"op":"drop","post":"b"}]}',
        ),
        (NOTE, b'{"op":"annotate","by":"figure:f1","post":"a1","html":"<div></div>"}'),
        (wire.Annotate(by="figure:f1"), b'{"op":"annotate","by":"figure:f1"}'),
        (wire.Part(n="status", s=3, h="<p>"), b'{"n":"status","s":3,"h":"<p>"}'),
        (wire.Segment(epoch="e", n=0, g=1, frames=(Raw(b'{"s":1}'),)), b'{"epoch":"e","n":0,"g":1,"frames":[{"s":1}]}'),
        (
            wire.Head(
                epoch="e", head=51, g=1, r=0, status="live", poll=5, segment=50, segments=(1,),
                frames=(Raw(b'{"s":51}'),), parts=(),
            ),
            b'{"epoch":"e","head":51,"g":1,"r":0,"status":"live","poll":5,"segment":50,"segments":[1],'
            b'"frames":[{"s":51}],"parts":[]}',
        ),
    ],
)  # fmt: skip
def test_a_shape_is_one_line_of_json_with_its_fields_in_order(shape: wire.Frame, line: bytes) -> None:
    assert wire.encode(shape) == line


def test_a_frame_loses_what_one_says_in_slots_or_what_is_said_in_one_and_is_the_same_otherwise() -> None:
    other = wire.Annotate(by="figure:f2", post="b")
    frame = wire.encode(wire.Frame(s=2, t="T", k="post.revised", ops=(PUT, NOTE, other)))
    assert wire.without_annotations(frame, by={"figure:f3"}, posts={"c"}) is frame
    left = wire.encode(wire.Frame(s=2, t="T", k="post.revised", ops=(PUT, other)))
    assert wire.without_annotations(frame, by={"figure:f1"}, posts=()) == left
    assert wire.without_annotations(frame, by=(), posts={"a1"}) == left
    assert wire.without_annotations(left, by={"figure:f2"}, posts=()) == wire.encode(
        wire.Frame(s=2, t="T", k="post.revised", ops=(PUT,))
    )
