"""Promises of `media.sandbox.xmp`: a hostile packet says nothing."""

import pytest

from asithappened.media.sandbox import bounds, xmp
from tests.media.sandbox import made

LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>&c;</x:xmpmeta>"
)


@pytest.mark.parametrize(
    "packet",
    [
        LAUGHS,
        b"<x" * 10_000,
        b"<a>" * 50_000,
        made.xmp("x" * bounds.XMP_BYTES),
        b"\xff\xfe\0",
        b'<?xml encoding="no"?><a/>',
    ],
    ids=["entities", "broken", "deep", "huge", "half a character", "no encoding"],
)
def test_a_hostile_packet_says_nothing(packet: bytes) -> None:
    assert xmp.read(packet) == {}
