"""Promises of `media.sandbox.blocks`: taking a picture apart finds or refuses, whatever its bytes."""

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from asithappened.media.sandbox import blocks, metadata
from asithappened.media.sandbox.refusal import NotTaken
from tests.media.sandbox import made

WHOLE = [made.jpeg(exif=made.exif()), made.png(), made.saved(made.picture(), "WEBP"), made.gif_of(3)]


@given(st.sampled_from(WHOLE), st.data())
def test_no_byte_makes_taking_a_picture_apart_do_anything_but_find_or_refuse(raw: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(3, min(len(raw), 600)))
    changed = raw[:at] + data.draw(st.binary(max_size=8)) + raw[at + data.draw(st.integers(0, 8)) :]
    with contextlib.suppress(NotTaken):
        apart = {0xFF: blocks.jpeg, 0x89: blocks.png, 0x52: blocks.webp, 0x47: blocks.gif}[raw[0]](changed)
        assert len(apart.picture) <= len(changed)
        assert metadata.read(apart)[0] in range(1, 9)
